"""The methods conversations.* that change something: make, join, invite, rename, archive, describe, open."""

from __future__ import annotations

import re

from playground import payloads
from playground.emulator import Emulator
from playground.events import channel_changed, joined
from playground.posting import announce
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import channel_of, joined_channel, member_of, open_im
from playground.workspace import Channel, Json

NAME_LIMIT = 80
TOPIC_LIMIT = 250
_NAME = re.compile(r"[^A-Z\s.,'\"!@#$%^&*()+=\[\]{}|\\;:<>?/~`]+")


def _shown(emulator: Emulator, channel: Channel) -> Json:
    return {"channel": payloads.channel(emulator.workspace, channel, emulator.workspace.bot.user_id)}


def _name(emulator: Emulator, call: Call) -> str:
    name = call.text("name").removeprefix("#")
    if not name:
        raise ApiError("invalid_name_required")
    if len(name) > NAME_LIMIT:
        raise ApiError("invalid_name_maxlength")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name_specials")
    taken = emulator.workspace.channel_named(name)
    if taken is not None and taken.name == name:
        raise ApiError("name_taken")
    return name


def create(emulator: Emulator, call: Call) -> Json:
    """Make a channel; the bot is its first member."""
    workspace = emulator.workspace
    bot = workspace.bot.user_id
    name = _name(emulator, call)
    channel = Channel(workspace.fresh_id("C"), name, workspace.seconds(), bot, members={bot: None})
    channel.is_private = call.flag("is_private")
    workspace.add_channel(channel)
    announce(emulator, channel)
    channel_changed(emulator, channel, "channel_created", bot)
    return _shown(emulator, channel)


def join(emulator: Emulator, call: Call) -> Json:
    """Make the bot a member of a public channel."""
    channel = channel_of(emulator, call)
    bot = emulator.workspace.bot.user_id
    if channel.is_private or channel.is_im:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if bot in channel.members:
        return {**_shown(emulator, channel), "warning": "already_in_channel"}
    channel.members[bot] = None
    announce(emulator, channel)
    joined(emulator, channel, bot)
    return _shown(emulator, channel)


def invite(emulator: Emulator, call: Call) -> Json:
    """Make people members of a channel of the bot's."""
    channel = joined_channel(emulator, call)
    users = call.names("users")
    if not users:
        raise ApiError("no_user")
    members = [member_of(emulator, user) for user in users]
    bot = emulator.workspace.bot.user_id
    for member in members:
        refusal = (
            "cant_invite_self"
            if member.id == bot
            else "cant_invite"
            if member.deleted
            else "already_in_channel"
            if member.id in channel.members and len(members) == 1
            else None
        )
        if refusal:
            raise ApiError(refusal)
    for member in members:
        if member.id not in channel.members:
            channel.members[member.id] = None
            joined(emulator, channel, member.id, inviter=bot)
    announce(emulator, channel)
    return _shown(emulator, channel)


def archive(emulator: Emulator, call: Call) -> Json:
    """Archive a channel."""
    channel = channel_of(emulator, call)
    if channel.is_im:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("already_archived")
    if channel.name == "general":
        raise ApiError("cant_archive_general")
    if emulator.workspace.bot.user_id not in channel.members:
        raise ApiError("not_in_channel")
    channel.is_archived = True
    announce(emulator, channel)
    channel_changed(emulator, channel, "channel_archive", emulator.workspace.bot.user_id)
    return {}


def rename(emulator: Emulator, call: Call) -> Json:
    """Give a channel of the bot's another name."""
    channel = joined_channel(emulator, call)
    if channel.creator != emulator.workspace.bot.user_id:
        raise ApiError("not_authorized")
    emulator.workspace.rename_channel(channel, _name(emulator, call))
    announce(emulator, channel)
    channel_changed(emulator, channel, "channel_rename", emulator.workspace.bot.user_id)
    return _shown(emulator, channel)


def set_topic(emulator: Emulator, call: Call) -> Json:
    """Set a channel's topic."""
    channel = joined_channel(emulator, call)
    if len(call.text("topic")) > TOPIC_LIMIT:
        raise ApiError("too_long")
    channel.topic = call.text("topic")
    announce(emulator, channel)
    return _shown(emulator, channel)


def set_purpose(emulator: Emulator, call: Call) -> Json:
    """Set a channel's purpose."""
    channel = joined_channel(emulator, call)
    if len(call.text("purpose")) > TOPIC_LIMIT:
        raise ApiError("too_long")
    channel.purpose = call.text("purpose")
    announce(emulator, channel)
    return {"purpose": channel.purpose}


def open_conversation(emulator: Emulator, call: Call) -> Json:
    """Open the bot's direct conversation with one person, or return an open one by its id."""
    if call.given("channel"):
        return {"channel": {"id": channel_of(emulator, call).id}}
    users = call.names("users")
    if not users:
        raise ApiError("users_list_not_supplied")
    if len(users) > 1:
        raise ApiError("too_many_users" if len(users) > 8 else "method_not_supported_for_channel_type")
    member = member_of(emulator, users[0])
    known = emulator.workspace.find_im(member.id, emulator.workspace.bot.user_id)
    channel = open_im(emulator, member)
    answer: Json = {"already_open": True, "no_op": True} if known else {}
    shown: Json = {"id": channel.id}
    if call.flag("return_im"):
        shown = payloads.channel(emulator.workspace, channel, emulator.workspace.bot.user_id)
    return {**answer, "channel": shown}


_MANAGE = ("channels:manage", "groups:write")
_TOPIC = (*_MANAGE, "channels:write.topic", "groups:write.topic")
METHODS = {
    "conversations.create": Method(create, _MANAGE, 2, ("name",)),
    "conversations.join": Method(join, ("channels:join",), 3, ("channel",)),
    "conversations.invite": Method(
        invite, (*_MANAGE, "channels:write.invites", "groups:write.invites"), 3, ("channel", "users")
    ),
    "conversations.archive": Method(archive, _MANAGE, 2, ("channel",)),
    "conversations.rename": Method(rename, _MANAGE, 2, ("channel", "name")),
    "conversations.setTopic": Method(set_topic, _TOPIC, 2, ("channel", "topic")),
    "conversations.setPurpose": Method(set_purpose, _TOPIC, 2, ("channel", "purpose")),
    "conversations.open": Method(open_conversation, ("im:write", "mpim:write"), 3),
}
