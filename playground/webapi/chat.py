"""The methods chat.*: what an app posts, changes and takes back."""

from __future__ import annotations

from playground.content import check_content
from playground.emulator import Emulator
from playground.posting import by_bot, change, post, remove
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import channel_of, channel_to_post_in, member_of, message_of
from playground.workspace import Channel, Json, Message


def _content(emulator: Emulator, call: Call) -> tuple[Json, Json]:
    raw: Json = {
        "text": call.text("text"),
        "blocks": call.json("blocks", "invalid_blocks_format"),
        "attachments": call.json("attachments", "invalid_attachments"),
        "metadata": call.json("metadata", "invalid_metadata_format"),
    }
    markdown = call.given("markdown_text")
    if markdown is not None:
        if raw["text"] or raw["blocks"]:
            raise ApiError("markdown_text_conflict")
        raw["blocks"] = [{"type": "markdown", "text": markdown}]
    return check_content(emulator, raw), {
        key: value for key, value in call.args.items() if key != "token"
    } | {key: value for key, value in raw.items() if value is not None}


def _thread(channel: Channel, call: Call) -> Json:
    thread_ts = call.given("thread_ts")
    if thread_ts is None:
        return {}
    if thread_ts not in channel.messages:
        raise ApiError("cannot_reply_to_message")
    placed: Json = {"thread_ts": channel.messages[thread_ts].body.get("thread_ts", thread_ts)}
    if call.flag("reply_broadcast"):
        placed["subtype"] = "thread_broadcast"
    return placed


def _name(call: Call) -> Json:
    given = {
        "username": call.given("username"),
        "icon_emoji": call.given("icon_emoji"),
        "icon_url": call.given("icon_url"),
    }
    return {key: value for key, value in given.items() if value}


def post_message(emulator: Emulator, call: Call) -> Json:
    """Post a message that everybody in the channel sees."""
    channel = channel_to_post_in(emulator, call)
    content, raw = _content(emulator, call)
    body = by_bot(emulator, {**content, **_thread(channel, call), **_name(call)})
    message = post(emulator, channel, body, raw=raw)
    return {"channel": channel.id, "ts": message.ts, "message": message.body}


def post_ephemeral(emulator: Emulator, call: Call) -> Json:
    """Post a message that one person sees."""
    channel = channel_to_post_in(emulator, call)
    person = member_of(emulator, call.text("user"))
    if person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    content, raw = _content(emulator, call)
    body = by_bot(emulator, {**content, **_thread(channel, call), **_name(call)})
    return {"message_ts": post(emulator, channel, body, only_for=person.id, raw=raw).ts}


def _own(emulator: Emulator, call: Call, refusal: str) -> tuple[Channel, Message]:
    channel = channel_of(emulator, call)
    message = message_of(channel, call.text("ts"))
    if message.body.get("bot_id") != emulator.workspace.bot.bot_id:
        raise ApiError(refusal)
    return channel, message


def update(emulator: Emulator, call: Call) -> Json:
    """Replace what one of the bot's messages says; what is not given stays."""
    channel, message = _own(emulator, call, "cant_update_message")
    if channel.is_archived:
        raise ApiError("is_archived")
    content, raw = _content(emulator, call)
    if call.args.get("blocks") is None and call.args.get("attachments") is None:
        kept = ("blocks", "attachments") if not call.given("text") else ("attachments",)
        content = {**{key: message.body[key] for key in kept if key in message.body}, **content}
    change(emulator, message, content, raw)
    return {"channel": channel.id, "ts": message.ts, "text": content["text"], "message": message.body}


def delete(emulator: Emulator, call: Call) -> Json:
    """Take one of the bot's messages out."""
    channel, message = _own(emulator, call, "cant_delete_message")
    remove(emulator, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(emulator: Emulator, call: Call) -> Json:
    """Return the address of a message."""
    channel = channel_of(emulator, call)
    message = message_of(channel, call.text("message_ts"))
    team = emulator.workspace.team
    link = f"https://{team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    parent = message.body.get("thread_ts")
    if parent and parent != message.ts:
        link += f"?thread_ts={parent}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def unfurl(emulator: Emulator, call: Call) -> Json:
    """Attach previews to links of a message, by URL."""
    channel = channel_of(emulator, call)
    message = channel.messages.get(call.text("ts"))
    if message is None:
        raise ApiError("cannot_find_message")
    unfurls = call.json("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise ApiError("invalid_unfurls_format")
    text = message.body.get("text", "").replace("&amp;", "&")
    if any(url not in text for url in unfurls):
        raise ApiError("cannot_unfurl_url")
    previews = [{"from_url": url, "is_app_unfurl": True, **preview} for url, preview in unfurls.items()]
    content = check_content(emulator, {"attachments": previews})
    message.body["attachments"] = [*message.body.get("attachments", []), *content["attachments"]]
    emulator.feed.tell_of(message, channel, "message_changed")
    return {}


_WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, _WRITE, 5, ("channel",)),
    "chat.postEphemeral": Method(post_ephemeral, _WRITE, 4, ("channel", "user")),
    "chat.update": Method(update, _WRITE, 3, ("channel", "ts")),
    "chat.delete": Method(delete, _WRITE, 3, ("channel", "ts")),
    "chat.getPermalink": Method(get_permalink, (), 4, ("channel", "message_ts")),
    "chat.unfurl": Method(unfurl, ("links:write",), 3, ("channel", "ts", "unfurls")),
}
