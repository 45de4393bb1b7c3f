"""A question and its answer: the command, the buttons under the answer, and sharing it.

The command is answered inside its acknowledgement. A button carries the words of a question and nothing else,
so every answer comes by the same path.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from blocks import names
from blocks.message import Message, message_for, shared
from domain.answers import Asker
from domain.errors import OutsideFailure
from handlers import delivery
from handlers.acting import Deliver, answered
from handlers.audience import NOT_FOR_ALL, Audience
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker, readable


def register(app: App, portal: Portal) -> None:
    """Listen to the command, and to buttons in messages."""
    audience = Audience(portal)

    def answer_command(ack: Ack, context: BoltContext, command: dict[str, Any]) -> None:
        words = str(command.get("text") or "").strip()
        who = asker(context, command)
        message = _ask(portal, context, words, who, partial(delivery.respond, context), private=True)
        ack(text=message.text, blocks=message.blocks, response_type="ephemeral")

    def answer_button(context: BoltContext, body: Body) -> None:
        place = body["container"]
        own = bool(place.get("is_ephemeral"))
        private = own or not str(context.channel_id).startswith("D")
        seen_by: delivery.Readers = "ephemeral" if private else "in_channel"
        beside = partial(delivery.respond, context, seen_by=seen_by, thread_ts=place.get("thread_ts"))
        words, who = str(body["actions"][0]["value"]), asker(context, body)
        message = _ask(portal, context, words, who, beside, private=private)
        beside(message, replace=own)

    def share(context: BoltContext, body: Body) -> None:
        place = body["container"]
        words, thread_ts = str(body["actions"][0]["value"]), place.get("thread_ts")
        who = asker(context, body)
        own = portal.questions.answer(words, who)
        answer = audience.answer(words, who, own, context)
        if type(answer) is not type(own):
            raise OutsideFailure(*NOT_FOR_ALL)
        if not portal.catalog.claim_once(f"share:{context.channel_id}:{place.get('message_ts')}"):
            return  # pressed twice: the message is on its way out
        said = message_for(answer, now=portal.clock())
        message = shared(said, readable(words), str(body["user"].get("name") or "somebody"))
        delivery.respond(context, message, seen_by="in_channel", thread_ts=thread_ts)
        delivery.remove_original(context)

    app.command(names.COMMAND)(answer_command)
    app.action(names.ASK_PATTERN, matchers=[in_a_message])(ack=acknowledge, lazy=[guarded(answer_button)])
    app.action(names.SHARE)(ack=acknowledge, lazy=[guarded(share)])


def in_a_message(body: Body) -> bool:
    """Tell a button in a message from one in a view, which has no channel to answer in."""
    return "view" not in body


def _ask(
    portal: Portal, context: BoltContext, words: str, who: Asker, deliver: Deliver, *, private: bool
) -> Message:
    answer = answered(portal, context, words, who, deliver)
    return message_for(answer, now=portal.clock(), share=words if private and words else None)
