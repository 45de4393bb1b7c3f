"""The shortcut on a message, "Who owns this?": whose is what it speaks of, an alert or a stack trace.

The one who called it alone sees the answer, where the message stands, the bot in the channel or not.
"""

from __future__ import annotations

from slack_bolt import App, BoltContext

from blocks import names
from blocks.message import message_for
from domain.errors import OutsideFailure
from handlers import delivery
from handlers.failures import guarded
from handlers.message_text import text_of
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker, is_outsider


def register(app: App, portal: Portal) -> None:
    """Listen to the shortcut on messages."""

    def answer_this(context: BoltContext, body: Body) -> None:
        if is_outsider(body):
            raise OutsideFailure("I answer only people of the workspace that I belong to.")
        message = body.get("message") or {}
        answer = portal.questions.spot(text_of(message), asker(context, body))
        shown = message_for(answer, now=portal.clock(), share="who owns this")
        delivery.respond(context, shown, thread_ts=message.get("thread_ts"))

    app.message_shortcut(names.WHO_OWNS_THIS)(ack=acknowledge, lazy=[guarded(answer_this)])
