"""Hands a message to Slack; where Slack refuses its blocks, the plain text goes instead, once.

Knows the ways that an answer can take, and translates Slack's refusals; what it says is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from blocks.kit import Block
from blocks.message import Message
from blocks.views import answer_view
from domain.errors import OutsideFailure

Readers = Literal["ephemeral", "in_channel"]
"""Who sees an answer: the asker alone, or everybody in the channel."""
_BLOCKS_REFUSED = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_arguments")
_REFUSALS = (SlackApiError, OSError)
"""What the SDK raises: Slack's own errors, and those of the network as they come."""
_LATER = "Ask again in a minute."
_HINTS = {
    "not_in_channel": "Invite idp to the channel first: /invite @idp",
    "channel_not_found": "Invite idp to the channel first: /invite @idp",
    "is_archived": "The channel is archived: ask somewhere else.",
    "restricted_action": "A workspace setting forbids apps to post there: ask somewhere else.",
    "expired_url": "The message is too old to act on: ask again.",
    "used_url": "The message was acted on too often: ask again.",
    "expired_trigger_id": "That took too long: press the button again.",
}


class BlocksRefused(OutsideFailure):
    """Slack will not take these blocks; the text alone it may."""


def post(client: WebClient, message: Message, *, channel: str, thread_ts: str | None = None) -> None:
    """Post to a channel, a thread or a person. Raises OutsideFailure when Slack will not."""
    place = {"channel": channel, "thread_ts": thread_ts}
    _call(client.chat_postMessage, message, **place, unfurl_links=False, unfurl_media=False)


def whisper(
    client: WebClient, message: Message, *, channel: str, user: str, thread_ts: str | None = None
) -> None:
    """Show something in a channel to one person alone. Raises OutsideFailure when Slack will not."""
    _call(client.chat_postEphemeral, message, channel=channel, user=user, thread_ts=thread_ts)


def _call(method: Callable[..., object], message: Message, **place: Any) -> None:
    try:
        try:
            method(text=message.text, blocks=message.blocks, **place)
        except SlackApiError as refusal:
            if _code(refusal) not in _BLOCKS_REFUSED:
                raise
            method(text=message.text, **place)
    except _REFUSALS as refusal:
        raise translated(refusal) from refusal


def respond(
    context: BoltContext,
    message: Message,
    *,
    seen_by: Readers = "ephemeral",
    replace: bool = False,
    thread_ts: str | None = None,
) -> None:
    """Answer by the interaction's own response URL, which works in every channel, the bot in it or not.

    Raises OutsideFailure when Slack will not.
    """
    plain = {
        "text": message.text,
        "response_type": seen_by,
        "replace_original": replace,
        "thread_ts": thread_ts,
    }
    try:
        _send(context, {**plain, "blocks": message.blocks})
    except BlocksRefused:
        _send(context, plain)


def remove_original(context: BoltContext) -> None:
    """Take away the ephemeral message whose button was pressed. Raises OutsideFailure when Slack will not."""
    _send(context, {"delete_original": True})


def _send(context: BoltContext, body: dict[str, object]) -> None:
    if context.respond is None:
        raise OutsideFailure("Slack gave no address to answer to")
    try:
        answer = context.respond(body)
    except OSError as refusal:
        raise translated(refusal) from refusal
    if any(code in answer.body for code in _BLOCKS_REFUSED):
        raise BlocksRefused(answer.body)
    if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):
        raise refused(next((code for code in _HINTS if code in answer.body), f"status {answer.status_code}"))


def open_answer(client: WebClient, message: Message, *, trigger_id: str) -> None:
    """Show a message in a modal, where there is no channel to answer in. Raises OutsideFailure."""
    _show(client.views_open, message, trigger_id=trigger_id)


def update_answer(client: WebClient, message: Message, *, view_id: str) -> None:
    """Show another message in a modal that is open. Raises OutsideFailure."""
    _show(client.views_update, message, view_id=view_id)


def open_view(client: WebClient, view: Block, *, trigger_id: str) -> None:
    """Open a modal, on top of the one that is open. Raises OutsideFailure when Slack will not."""
    try:
        client.views_open(view=view, trigger_id=trigger_id)
    except _REFUSALS as refusal:
        raise translated(refusal) from refusal


def update_view(client: WebClient, view: Block, *, view_id: str, hash: str | None) -> None:
    """Replace a modal, unless it is not the one of that hash any more: then it stays, and nothing is wrong.

    Raises OutsideFailure when Slack will not.
    """
    try:
        client.views_update(view=view, view_id=view_id, hash=hash)
    except _REFUSALS as refusal:
        if not (isinstance(refusal, SlackApiError) and _code(refusal) == "hash_conflict"):
            raise translated(refusal) from refusal


def unfurl(client: WebClient, cards: Mapping[str, Block], *, channel: str, ts: str) -> None:
    """Show a card under each of a message's links. Raises OutsideFailure when Slack will not."""
    try:
        client.chat_unfurl(channel=channel, ts=ts, unfurls=dict(cards))
    except _REFUSALS as refusal:
        raise translated(refusal) from refusal


def publish_home(client: WebClient, view: Block, *, user: str, hash: str | None = None) -> None:
    """Publish somebody's Home, unless a newer one took the place of that hash: then that one stays.

    Raises OutsideFailure when Slack will not.
    """
    try:
        client.views_publish(user_id=user, view=view, hash=hash)
    except _REFUSALS as refusal:
        if not (isinstance(refusal, SlackApiError) and _code(refusal) == "hash_conflict"):
            raise translated(refusal) from refusal


def suggest(client: WebClient, prompts: list[dict[str, str]], *, title: str, channel: str) -> None:
    """Offer questions to press in a direct conversation. Raises OutsideFailure when Slack will not.

    No thread is named: in an app with an agent view Slack would show nothing then.
    """
    try:
        client.assistant_threads_setSuggestedPrompts(channel_id=channel, title=title, prompts=prompts)
    except _REFUSALS as refusal:
        raise translated(refusal) from refusal


def _show(method: Callable[..., object], message: Message, **place: str) -> None:
    try:
        method(view=answer_view(message), **place)
    except _REFUSALS as refusal:
        raise translated(refusal) from refusal


def translated(refusal: SlackApiError | OSError) -> OutsideFailure:
    """Say why Slack did not take something: its error code, or that it could not be reached."""
    if isinstance(refusal, SlackApiError):
        return refused(_code(refusal))
    return OutsideFailure("Slack could not be reached", _LATER)


def refused(code: str) -> OutsideFailure:
    """Say which refusal of Slack's it was, and what helps."""
    return OutsideFailure(f"Slack did not take the answer: {code}", _HINTS.get(code, _LATER))


def _code(refusal: SlackApiError) -> str:
    return str(refusal.response.get("error", "unknown_error"))
