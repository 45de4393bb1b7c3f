"""The App Home: a field to ask in, what is yours and your teams'. Its answers open in a modal.

It is published whenever it is opened, inside Slack's rate for all people together, and keeps no state.
"""

from __future__ import annotations

from functools import partial

from slack_bolt import App, BoltContext

from blocks import names
from blocks.home import home_view
from blocks.message import Message, message_for
from domain.answers import Asker
from domain.errors import IdpError
from handlers import delivery
from handlers.acting import answered
from handlers.failures import guarded
from handlers.pacing import Lately, Pace
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker

PER_MINUTE, BURST = 90, 20
"""Homes that are published: Slack takes at least 100 calls of views.* a minute and workspace (Tier 4), and
modals need some."""
SAME_SECONDS = 5.0
"""How long a Home that has not changed is not published again."""


def register(app: App, portal: Portal) -> None:
    """Listen to the Home being opened, to its field, and to buttons in views."""
    pace, lately = Pace(PER_MINUTE, BURST), Lately(SAME_SECONDS)

    def show(context: BoltContext, body: Body) -> None:
        user = str(body["event"]["user"])
        view = home_view(user, portal.questions.home(asker(context, body)), portal.clock())
        if not lately.is_new(user, view):
            return
        try:
            delivery.publish_home(context.client, view, user=user, hash=_hash(body))
        except IdpError:
            lately.forget(user)
            raise

    def publish(context: BoltContext, body: Body) -> None:
        pace.submit(str(body["event"]["user"]), partial(guarded(show), context, body))

    def answer_words(context: BoltContext, body: Body) -> None:
        words = str(body["actions"][0].get("value") or "").strip()
        if words:
            message = _ask(portal, context, words, asker(context, body))
            delivery.open_answer(context.client, message, trigger_id=body["trigger_id"])

    def answer_in_modal(context: BoltContext, body: Body) -> None:
        message = _ask(portal, context, str(body["actions"][0]["value"]), asker(context, body))
        if body["view"]["type"] == "modal":
            delivery.update_answer(context.client, message, view_id=body["view"]["id"])
        else:
            delivery.open_answer(context.client, message, trigger_id=body["trigger_id"])

    app.event("app_home_opened", matchers=[on_the_home_tab])(ack=acknowledge, lazy=[guarded(publish)])
    app.action(names.HOME_ASK)(ack=acknowledge, lazy=[guarded(answer_words)])
    app.action(names.ASK_PATTERN, matchers=[in_a_view])(ack=acknowledge, lazy=[guarded(answer_in_modal)])


def on_the_home_tab(body: Body) -> bool:
    """Tell the Home from the messages, whose opening is the same event."""
    return bool(body["event"].get("tab") == "home")


def in_a_view(body: Body) -> bool:
    """Tell a button in the Home or in a modal from one in a message."""
    return "view" in body


def _hash(body: Body) -> str | None:
    """Return the hash of the Home that was opened; None where there was none yet."""
    return (body["event"].get("view") or {}).get("hash")


def _ask(portal: Portal, context: BoltContext, words: str, who: Asker) -> Message:
    directly = partial(delivery.post, context.client, channel=str(context.user_id))
    return message_for(answered(portal, context, words, who, directly), now=portal.clock())
