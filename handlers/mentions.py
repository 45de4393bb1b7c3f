"""Questions in a mention, answered in the thread they stand in, and in direct messages.

Slack delivers an event again when it believes that it was lost; each is answered once. What bots say, and
what is edited, is no question. A channel that is shared with another organization (Slack Connect) holds
outsiders: there the asker alone sees the answer, and may share what all may see; an outsider is shown what is
public. In any other channel an answer that is not for everybody in there is for the asker alone, and says so.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import App, BoltContext

from blocks.message import message_for, only_you
from domain.syncs import Done
from handlers import delivery
from handlers.acting import Deliver, answered
from handlers.audience import Audience
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker, without_mention

_SAID_BY_A_PERSON = (None, "file_share", "thread_broadcast")


def register(app: App, portal: Portal) -> None:
    """Listen to mentions and direct messages."""
    audience = Audience(portal)

    def answer_event(context: BoltContext, body: Body) -> None:
        event = body["event"]
        if not is_question(event, context.bot_user_id) or not portal.catalog.claim_once(_key(body)):
            return
        words = without_mention(event.get("text") or "", context.bot_user_id)
        who = asker(context, body)
        place: dict[str, Any] = {"channel": event["channel"], "thread_ts": event.get("thread_ts")}
        whisper: Deliver = partial(delivery.whisper, context.client, user=event["user"], **place)
        post: Deliver = partial(delivery.post, context.client, **{**place, "thread_ts": thread_of(event)})
        with_others = bool(body.get("is_ext_shared_channel"))
        answer = answered(portal, context, words, who, whisper if with_others else post)
        if with_others:
            whisper(message_for(answer, now=portal.clock(), share=words or None))
            return
        if (
            event.get("channel_type") == "im"
            or isinstance(answer, Done)
            or audience.answer(words, who, answer, context) == answer
        ):
            post(message_for(answer, now=portal.clock()))
        else:
            whisper(only_you(message_for(answer, now=portal.clock(), share=words)))

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
