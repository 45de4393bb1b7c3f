"""Questions in a mention, answered in the thread they stand in, and in direct messages.

Slack delivers an event again when it believes that it was lost; each is answered once. What bots say, and
what is edited, is no question. A channel that is shared with another organization (Slack Connect) holds
outsiders: there the asker alone sees the answer, and may share it; an outsider gets none.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import App, BoltContext

from blocks.message import message_for
from domain.errors import OutsideFailure
from handlers import delivery
from handlers.acting import Deliver, answered
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, is_outsider, without_mention

_SAID_BY_A_PERSON = (None, "file_share", "thread_broadcast")


def register(app: App, portal: Portal) -> None:
    """Listen to mentions and direct messages."""

    def answer_event(context: BoltContext, body: Body) -> None:
        event = body["event"]
        if not is_question(event, context.bot_user_id) or not portal.catalog.claim_once(_key(body)):
            return
        words = without_mention(event.get("text") or "", context.bot_user_id)
        seen_by_others = bool(body.get("is_ext_shared_channel"))
        if seen_by_others and is_outsider(body):
            raise OutsideFailure("I answer only people of the workspace that I belong to.")
        place: dict[str, Any] = {"channel": event["channel"], "thread_ts": event.get("thread_ts")}
        deliver: Deliver
        if seen_by_others:
            deliver = partial(delivery.whisper, context.client, user=event["user"], **place)
        else:
            deliver = partial(delivery.post, context.client, **{**place, "thread_ts": thread_of(event)})
        answer = answered(portal, context, words, deliver)
        share = (words or None) if seen_by_others else None
        deliver(message_for(answer, now=portal.clock(), share=share))

    app.event("app_mention")(ack=acknowledge, lazy=[guarded(answer_event)])
    app.event("message")(ack=acknowledge, lazy=[guarded(answer_event)])


def is_question(event: Body, bot_user_id: str | None) -> bool:
    """Return whether a person said this to the bot just now."""
    to_the_bot = event.get("type") == "app_mention" or event.get("channel_type") == "im"
    by_a_person = not event.get("bot_id") and event.get("user") not in (None, bot_user_id)
    new = event.get("subtype") in _SAID_BY_A_PERSON and not event.get("edited")
    return to_the_bot and by_a_person and new


def thread_of(event: Body) -> str | None:
    """Return the thread to answer in: the one it stands in, else in a channel a new one under it."""
    thread_ts: str | None = event.get("thread_ts")
    if thread_ts or event.get("channel_type") == "im":
        return thread_ts
    return str(event["ts"])


def _key(body: Body) -> str:
    """Name the message and not the event: a mention may come as two events, each with its own id."""
    event = body["event"]
    return f"message:{event['channel']}:{event['ts']}"
