"""Finds what a call names (channel, member, message) and refuses in Slack's words what may not be touched."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from playground.emulator import Emulator
from playground.posting import announce
from playground.webapi.calls import ApiError, Call
from playground.workspace import Channel, Json, Member, Message

Item = TypeVar("Item")


def channel_of(emulator: Emulator, call: Call, name: str = "channel") -> Channel:
    """Return the channel that the call names, as far as the bot can see it; raises channel_not_found."""
    workspace = emulator.workspace
    found = workspace.channels.get(call.text(name))
    if found is None or ((found.is_private or found.is_im) and workspace.bot.user_id not in found.members):
        raise ApiError("channel_not_found")
    return found


def channel_to_post_in(emulator: Emulator, call: Call) -> Channel:
    """Return where the bot may post: by channel id, #name, or a person's id for the direct conversation."""
    workspace = emulator.workspace
    given = call.text("channel")
    member = workspace.members.get(given)
    if member is not None:
        return open_im(emulator, member)
    named = workspace.channel_named(given)
    if named is None or ((named.is_private or named.is_im) and workspace.bot.user_id not in named.members):
        raise ApiError("channel_not_found")
    if named.is_archived:
        raise ApiError("is_archived")
    scopes = emulator.app.scopes
    anywhere = scopes is not None and "chat:write.public" in scopes
    if workspace.bot.user_id not in named.members and not anywhere:
        raise ApiError("not_in_channel")
    return named


def open_im(emulator: Emulator, member: Member) -> Channel:
    """Return the bot's direct conversation with `member`, made when there is none."""
    workspace = emulator.workspace
    if member.deleted:
        raise ApiError("user_disabled")
    if member.is_bot or member.id not in workspace.members:
        raise ApiError("user_not_found")
    known = workspace.find_im(member.id, workspace.bot.user_id)
    found = known or workspace.open_im(member.id, workspace.bot.user_id)
    if known is None:
        announce(emulator, found)
    return found


def joined_channel(emulator: Emulator, call: Call, name: str = "channel") -> Channel:
    """Return a channel that the bot is a member of and that is alive."""
    found = channel_of(emulator, call, name)
    if emulator.workspace.bot.user_id not in found.members:
        raise ApiError("not_in_channel")
    if found.is_archived:
        raise ApiError("is_archived")
    return found


def member_of(emulator: Emulator, user_id: str, wrong: str = "user_not_found") -> Member:
    """Return the member of that id; raises `wrong`."""
    found = emulator.workspace.members.get(user_id)
    if found is None:
        raise ApiError(wrong)
    return found


def message_of(channel: Channel, ts: str) -> Message:
    """Return the message that everybody sees; raises message_not_found."""
    found = channel.messages.get(ts)
    if found is None or found.only_for is not None:
        raise ApiError("message_not_found")
    return found


def page_of(
    call: Call, items: Sequence[Item], *, default: int = 100, most: int = 1000
) -> tuple[list[Item], str]:
    """Return one page of `items` and the next one's cursor, empty on the last; raises invalid_cursor."""
    limit = call.number("limit", default) or default
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    start = 0
    if call.given("cursor"):
        try:
            start = int(base64.b64decode(call.text("cursor"), validate=True).decode().removeprefix("from:"))
        except (binascii.Error, ValueError):
            raise ApiError("invalid_cursor") from None
    more = start + limit < len(items)
    cursor = base64.b64encode(f"from:{start + limit}".encode()).decode() if more else ""
    return list(items[start : start + limit]), cursor


def paged(
    call: Call,
    key: str,
    items: Sequence[Item],
    show: Callable[[Item], Any],
    *,
    default: int = 100,
    most: int = 1000,
) -> Json:
    """Return one page of `items` as an answer."""
    page, cursor = page_of(call, items, default=default, most=most)
    return {key: [show(one) for one in page], "response_metadata": {"next_cursor": cursor}}
