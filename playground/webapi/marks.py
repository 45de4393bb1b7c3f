"""The methods that mark what is there: bookmarks, pins, reactions, and the state of an assistant's thread."""

from __future__ import annotations

from playground.emulator import Emulator
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import channel_of, joined_channel, message_of
from playground.workspace import Json

BOOKMARK_LIMIT = 100


def add_bookmark(emulator: Emulator, call: Call) -> Json:
    """Add a link to a channel's bookmarks bar."""
    channel = joined_channel(emulator, call, "channel_id")
    if call.text("type") != "link":
        raise ApiError("invalid_bookmark_type")
    if not call.text("link").startswith(("http://", "https://")):
        raise ApiError("invalid_link")
    if len(channel.bookmarks) >= BOOKMARK_LIMIT:
        raise ApiError("too_many_bookmarks")
    bookmark: Json = {
        "id": emulator.workspace.fresh_id("Bk"),
        "channel_id": channel.id,
        "title": call.text("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "type": "link",
        "date_created": emulator.workspace.seconds(),
    }
    channel.bookmarks[bookmark["id"]] = bookmark
    return {"bookmark": bookmark}


def list_bookmarks(emulator: Emulator, call: Call) -> Json:
    """List a channel's bookmarks."""
    return {"bookmarks": list(channel_of(emulator, call, "channel_id").bookmarks.values())}


def remove_bookmark(emulator: Emulator, call: Call) -> Json:
    """Take a bookmark out."""
    channel = channel_of(emulator, call, "channel_id")
    if channel.bookmarks.pop(call.text("bookmark_id"), None) is None:
        raise ApiError("not_found")
    return {}


def add_pin(emulator: Emulator, call: Call) -> Json:
    """Pin a message to its channel."""
    channel = joined_channel(emulator, call)
    message = message_of(channel, call.text("timestamp"))
    if message.ts in channel.pins:
        raise ApiError("already_pinned")
    channel.pins.append(message.ts)
    message.body["pinned_to"] = [channel.id]
    emulator.feed.tell_of(message, channel, "message_changed")
    return {}


def add_reaction(emulator: Emulator, call: Call) -> Json:
    """Put the bot's emoji on a message."""
    channel = joined_channel(emulator, call)
    message = message_of(channel, call.text("timestamp"))
    bot, name = emulator.workspace.bot.user_id, call.text("name").strip(":")
    reactions = message.body.setdefault("reactions", [])
    known = next((one for one in reactions if one["name"] == name), None)
    if known is None:
        reactions.append({"name": name, "users": [bot], "count": 1})
    elif bot in known["users"]:
        raise ApiError("already_reacted")
    else:
        known["users"].append(bot)
        known["count"] += 1
    emulator.feed.tell_of(message, channel, "message_changed")
    return {}


def set_status(emulator: Emulator, call: Call) -> Json:
    """Show that the bot is at work in a thread; an empty status takes the sign away."""
    channel = channel_of(emulator, call, "channel_id")
    note = {
        "type": "typing",
        "channel": channel.id,
        "thread_ts": call.text("thread_ts"),
        "status": call.text("status"),
    }
    emulator.feed.tell_all(note, channel.members)
    return {}


def set_title(emulator: Emulator, call: Call) -> Json:
    """Name an assistant's thread."""
    message = message_of(channel_of(emulator, call, "channel_id"), call.text("thread_ts"))
    message.body["assistant_title"] = call.text("title")
    return {}


def set_suggested_prompts(emulator: Emulator, call: Call) -> Json:
    """Offer prompts in a direct conversation."""
    channel = channel_of(emulator, call, "channel_id")
    prompts = call.json("prompts")
    fits = isinstance(prompts, list) and 1 <= len(prompts) <= 4
    if not fits or not all(
        isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts
    ):
        raise ApiError("invalid_arguments", ["1 to 4 prompts with title and message [json-pointer:/prompts]"])
    if emulator.app.is_agent and call.given("thread_ts") is not None:
        return {}  # Slack shows nothing where an app with an agent view names a thread, and does not say so
    channel.prompts = prompts
    note = {"type": "prompts", "channel": channel.id, "prompts": prompts}
    emulator.feed.tell_all(note, channel.members)
    return {}


_ASSISTANT = ("assistant:write", "chat:write")
METHODS = {
    "bookmarks.add": Method(add_bookmark, ("bookmarks:write",), 2, ("channel_id", "title", "type")),
    "bookmarks.list": Method(list_bookmarks, ("bookmarks:read",), 3, ("channel_id",)),
    "bookmarks.remove": Method(remove_bookmark, ("bookmarks:write",), 2, ("channel_id", "bookmark_id")),
    "pins.add": Method(add_pin, ("pins:write",), 2, ("channel", "timestamp")),
    "reactions.add": Method(add_reaction, ("reactions:write",), 3, ("channel", "name", "timestamp")),
    "assistant.threads.setStatus": Method(set_status, _ASSISTANT, 3, ("channel_id", "thread_ts", "status")),
    "assistant.threads.setTitle": Method(set_title, _ASSISTANT, 3, ("channel_id", "thread_ts", "title")),
    "assistant.threads.setSuggestedPrompts": Method(
        set_suggested_prompts, _ASSISTANT, 3, ("channel_id", "prompts")
    ),
}
