"""Puts messages into channels, changes them and takes them out, and tells page and app of it.

It refuses to judge who may do that: the callers do.
"""

from __future__ import annotations

from playground.emulator import Emulator
from playground.events import message_altered, message_posted
from playground.workspace import SLACKBOT, Channel, Json, Message, Workspace


def by_bot(emulator: Emulator, content: Json) -> Json:
    """Return `content` (text, blocks, …) signed by the app."""
    bot = emulator.workspace.bot
    return {
        "type": "message",
        "user": bot.user_id,
        "bot_id": bot.bot_id,
        "app_id": bot.app_id,
        "team": emulator.workspace.team.id,
        **content,
    }


def post(
    emulator: Emulator, channel: Channel, body: Json, *, only_for: str | None = None, raw: Json | None = None
) -> Message:
    """Post `body` with a fresh ts, tell the page and raise the events; returns the message."""
    body = {**body, "ts": emulator.workspace.next_ts()}
    message = Message(body, channel.id, only_for, raw or {})
    emulator.workspace.keep(message)
    if only_for is None and body.get("thread_ts"):
        _count_reply(emulator, channel, message)
    emulator.feed.tell_of(message, channel)
    message_posted(emulator, message, channel)
    return message


def _count_reply(emulator: Emulator, channel: Channel, reply: Message) -> None:
    parent = channel.messages.get(reply.body["thread_ts"])
    if parent is None or parent is reply:
        return
    stamps = channel.replies.get(parent.ts, [])
    users = list(
        dict.fromkeys(channel.messages[ts].body.get("user", "") for ts in stamps if ts in channel.messages)
    )
    parent.body |= {
        "thread_ts": parent.ts,
        "reply_count": len(stamps),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": stamps[-1] if stamps else parent.ts,
    }
    emulator.feed.tell_of(parent, channel, "message_changed")


def change(emulator: Emulator, message: Message, content: Json, raw: Json | None = None) -> None:
    """Replace text, blocks and attachments of a message; it is then marked as edited."""
    channel = emulator.workspace.channels[message.channel]
    before = dict(message.body)
    for key in ("text", "blocks", "attachments", "metadata"):
        message.body.pop(key, None)
    author = message.body.get("user", SLACKBOT)
    message.body |= {**content, "edited": {"user": author, "ts": emulator.workspace.next_ts()}}
    message.raw = raw or message.raw
    emulator.feed.tell_of(message, channel, "message_changed")
    if message.only_for is None:
        message_altered(emulator, channel, "message_changed", before, dict(message.body))


def remove(emulator: Emulator, message: Message) -> None:
    """Take a message out."""
    channel = emulator.workspace.channels[message.channel]
    emulator.workspace.drop(message)
    emulator.feed.tell_of(message, channel, "message_deleted")
    if message.only_for is None:
        message_altered(emulator, channel, "message_deleted", message.body, None)
        if message.body.get("thread_ts") not in (None, message.ts):
            _count_reply(emulator, channel, message)


def slackbot_says(emulator: Emulator, channel: Channel, person: str, text: str) -> Message:
    """Show `person` alone a message of Slackbot's."""
    body = {"type": "message", "user": SLACKBOT, "username": "Slackbot", "text": text}
    return post(emulator, channel, body, only_for=person)


def announce(emulator: Emulator, channel: Channel) -> None:
    """Show the channel as it is now to every listening page that may see it."""
    workspace = emulator.workspace
    for member in list(workspace.members.values()):
        if member.id in channel.members or not channel.is_private:
            emulator.feed.tell(
                member.id, {"type": "channel", "channel": page_channel(workspace, channel, member.id)}
            )


def page_channel(workspace: Workspace, channel: Channel, viewer: str) -> Json:
    """Return a channel as the page lists it."""
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "purpose": channel.purpose,
        "is_private": channel.is_private and not channel.is_im,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "members": list(channel.members),
        "unread": workspace.unread(channel, viewer),
    }
    if channel.is_im:
        shown["user"] = next((one for one in channel.members if one != viewer), viewer)
        shown["name"] = workspace.members[shown["user"]].name
        shown["prompts"] = channel.prompts
    return shown
