"""The App Home: what is yours, and how to ask. Its buttons open the answer in a modal.

Under Messages, questions to press are suggested.

A Home is published anew whenever it is opened, so it keeps no state.
"""

from __future__ import annotations

from functools import partial

from slack_bolt import App, BoltContext

from blocks import names
from blocks.message import Message, message_for
from blocks.views import home_view
from domain.answers import Asker
from handlers import delivery
from handlers.acting import answered
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker


def register(app: App, portal: Portal) -> None:
    """Listen to the Home being opened, and to buttons in views."""

    def publish(context: BoltContext, body: Body) -> None:
        event, who = body["event"], asker(context, body)
        if event.get("tab") == "messages":
            delivery.suggest(context.client, portal.questions.starters(who), channel=str(event["channel"]))
        if event.get("tab") != "home":
            return
        ask = partial(portal.questions.answer, asker=who)
        owned, missing = ask("what do I own"), ask("my gaps")
        view = home_view(str(event["user"]), owned, missing, portal.questions.starters(who))
        delivery.publish_home(context.client, view, user=str(event["user"]))

    def answer_in_modal(context: BoltContext, body: Body) -> None:
        message = _ask(portal, context, str(body["actions"][0]["value"]), asker(context, body))
        if body["view"]["type"] == "modal":
            delivery.update_answer(context.client, message, view_id=body["view"]["id"])
        else:
            delivery.open_answer(context.client, message, trigger_id=body["trigger_id"])

    app.event("app_home_opened")(ack=acknowledge, lazy=[guarded(publish)])
    app.action(names.ASK_PATTERN, matchers=[in_a_view])(ack=acknowledge, lazy=[guarded(answer_in_modal)])


def in_a_view(body: Body) -> bool:
    """Tell a button in the Home or in a modal from one in a message."""
    return "view" in body


def _ask(portal: Portal, context: BoltContext, words: str, who: Asker) -> Message:
    directly = partial(delivery.post, context.client, channel=str(context.user_id))
    return message_for(answered(portal, context, words, who, directly), now=portal.clock())
