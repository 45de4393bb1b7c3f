"""The methods conversations.* that look: which channels there are, who is in them, what was said."""

from __future__ import annotations

from playground import payloads
from playground.emulator import Emulator
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import channel_of, page_of, paged
from playground.workspace import Channel, Json


def kind_of(channel: Channel) -> str:
    """Return the channel's type as the argument `types` names it."""
    if channel.is_im:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def visible_channels(emulator: Emulator, call: Call) -> list[Channel]:
    """Return the channels that the bot sees, of the types and with the filters of the call."""
    types = call.names("types") or ["public_channel"]
    if not {"public_channel", "private_channel", "im", "mpim"}.issuperset(types):
        raise ApiError("invalid_types")
    _admit(emulator, types)
    bot = emulator.workspace.bot.user_id
    hide_archived = call.flag("exclude_archived")
    return [
        one
        for one in emulator.workspace.channels.values()
        if kind_of(one) in types
        and not (hide_archived and one.is_archived)
        and (bot in one.members or not (one.is_private or one.is_im))
    ]


def _admit(emulator: Emulator, types: list[str]) -> None:
    """Refuse a call that asks for a type whose scope the app lacks."""
    granted = emulator.app.scopes
    lacking = [] if granted is None else [_SCOPES[one] for one in types if _SCOPES[one] not in granted]
    if lacking:
        provided = ",".join(sorted(granted or ()))
        raise ApiError("missing_scope", needed=",".join(lacking), provided=provided)


def list_channels(emulator: Emulator, call: Call) -> Json:
    """List channels."""
    bot = emulator.workspace.bot.user_id
    channels = visible_channels(emulator, call)
    return paged(
        call, "channels", channels, lambda one: payloads.channel(emulator.workspace, one, bot), most=999
    )


def info(emulator: Emulator, call: Call) -> Json:
    """Describe one channel."""
    one = channel_of(emulator, call)
    shown = payloads.channel(emulator.workspace, one, emulator.workspace.bot.user_id)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(emulator: Emulator, call: Call) -> Json:
    """List the ids of a channel's members."""
    return paged(call, "members", list(channel_of(emulator, call).members), lambda one: one)


def _readable(emulator: Emulator, call: Call) -> Channel:
    channel = channel_of(emulator, call)
    if emulator.workspace.bot.user_id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def history(emulator: Emulator, call: Call) -> Json:
    """Return a channel's messages outside threads, newest first."""
    channel = _readable(emulator, call)
    found = [
        one.body
        for one in reversed(channel.messages.values())
        if one.only_for is None
        and (one.body.get("thread_ts") in (None, one.ts) or one.body.get("subtype") == "thread_broadcast")
        and _between(call, one.ts)
    ]
    page, cursor = page_of(call, found, most=999)
    answer: Json = {"messages": page, "has_more": bool(cursor), "pin_count": len(channel.pins)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _between(call: Call, ts: str) -> bool:
    oldest, latest = call.text("oldest"), call.text("latest")
    try:
        after, before = float(oldest or 0), float(latest or "inf")
    except ValueError:
        raise ApiError("invalid_ts_oldest" if oldest else "invalid_ts_latest") from None
    inclusive = call.flag("inclusive")
    return after < float(ts) < before or (inclusive and ts in (oldest, latest))


def replies(emulator: Emulator, call: Call) -> Json:
    """Return a thread: its parent and the replies, oldest first."""
    channel = _readable(emulator, call)
    asked = channel.messages.get(call.text("ts"))
    if asked is None or asked.only_for is not None:
        raise ApiError("thread_not_found")
    parent = asked.body.get("thread_ts", asked.ts)
    stamps = [parent, *channel.replies.get(parent, [])]
    found = [channel.messages[ts].body for ts in stamps if ts in channel.messages]
    page, cursor = page_of(call, [one for one in found if one["ts"] == parent or _between(call, one["ts"])])
    answer: Json = {"messages": page, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
METHODS = {
    "conversations.list": Method(list_channels, _READ, 2),
    "conversations.info": Method(info, _READ, 3, ("channel",)),
    "conversations.members": Method(members, _READ, 4, ("channel",)),
    "conversations.history": Method(history, _HISTORY, 3, ("channel",)),
    "conversations.replies": Method(replies, _HISTORY, 3, ("channel", "ts")),
}
