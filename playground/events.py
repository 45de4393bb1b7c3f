"""The Events API: wraps what happened as an event_callback and brings it to the app, again if need be.

It refuses to deliver what the app's manifest does not subscribe to.
"""

from __future__ import annotations

from playground.clock import pause
from playground.emulator import Emulator
from playground.link import Unanswered
from playground.payloads import VERIFICATION_TOKEN
from playground.payloads import channel as channel_shape
from playground.workspace import Channel, Json, Message


def raise_event(emulator: Emulator, name: str, event: Json, *, channel: Channel | None = None) -> None:
    """Deliver `event`, subscribed to as `name` (message.channels, app_mention …), beside everything else."""
    if not emulator.app.hears(name):
        return
    workspace = emulator.workspace
    event_id = workspace.fresh_id("Ev")
    stamped = {**event, "event_ts": event.get("event_ts") or workspace.next_ts()}
    payload: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "context_team_id": workspace.team.id,
        "context_enterprise_id": None,
        "api_app_id": workspace.bot.app_id,
        "event": stamped,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": workspace.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team.id,
                "user_id": workspace.bot.user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel.is_ext_shared if channel else False,
        "event_context": f"4-{event_id}",
    }
    emulator.link.spawn(_deliver(emulator, payload))


async def _deliver(emulator: Emulator, payload: Json) -> None:
    copies = 2 if emulator.faults.redeliver else 1
    for _ in range(copies):
        try:
            await emulator.link.ask("events_api", payload)
        except Unanswered:
            await _deliver_again(emulator, payload)


async def _deliver_again(emulator: Emulator, payload: Json) -> None:
    for number, wait in enumerate(emulator.app.event_retry_seconds, start=1):
        await pause(emulator.clock, wait)
        try:
            await emulator.link.ask("events_api", payload, retry=(number, "timeout"))
        except Unanswered:
            continue
        return


def message_posted(emulator: Emulator, message: Message, channel: Channel) -> None:
    """Raise message.*, and app_mention where a person names the bot."""
    bot = emulator.workspace.bot
    if bot.user_id not in channel.members or message.only_for is not None:
        return
    name, channel_type = _kind(channel)
    event = {**message.body, "channel": channel.id, "channel_type": channel_type, "event_ts": message.ts}
    raise_event(emulator, f"message.{name}", event, channel=channel)
    mentioned = f"<@{bot.user_id}" in message.body.get("text", "")
    if mentioned and not channel.is_im and message.body.get("user") != bot.user_id:
        kept = ("user", "ts", "text", "blocks", "thread_ts", "client_msg_id", "team")
        mention = {key: message.body[key] for key in kept if key in message.body}
        raise_event(
            emulator,
            "app_mention",
            {"type": "app_mention", **mention, "channel": channel.id},
            channel=channel,
        )


def message_altered(
    emulator: Emulator, channel: Channel, subtype: str, before: Json, after: Json | None
) -> None:
    """Raise message_changed or message_deleted."""
    if emulator.workspace.bot.user_id not in channel.members:
        return
    name, channel_type = _kind(channel)
    event: Json = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel_type,
        "ts": emulator.workspace.next_ts(),
        "previous_message": before,
    }
    event |= {"deleted_ts": before["ts"]} if after is None else {"message": after}
    raise_event(emulator, f"message.{name}", event, channel=channel)


def _kind(channel: Channel) -> tuple[str, str]:
    if channel.is_im:
        return "im", "im"
    return ("groups", "group") if channel.is_private else ("channels", "channel")


def joined(emulator: Emulator, channel: Channel, member: str, inviter: str | None = None) -> None:
    """Raise member_joined_channel."""
    event: Json = {
        "type": "member_joined_channel",
        "user": member,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": emulator.workspace.team.id,
    }
    if inviter:
        event["inviter"] = inviter
    raise_event(emulator, "member_joined_channel", event, channel=channel)


def channel_changed(emulator: Emulator, channel: Channel, what: str, by: str) -> None:
    """Raise channel_created, channel_rename or channel_archive (group_… of a private channel)."""
    name = what.replace("channel_", "group_") if channel.is_private else what
    shown = channel_shape(emulator.workspace, channel, emulator.workspace.bot.user_id)
    event: Json = {
        "type": name,
        "channel": shown if what in ("channel_created", "channel_rename") else channel.id,
    }
    if what == "channel_archive":
        event["user"] = by
    raise_event(emulator, name, event, channel=channel)


def home_opened(emulator: Emulator, member: str, channel: str, tab: str, view: Json | None) -> None:
    """Raise app_home_opened; `tab` is home or messages."""
    event: Json = {"type": "app_home_opened", "user": member, "channel": channel, "tab": tab}
    if tab == "home" and view is not None:
        event["view"] = view
    raise_event(emulator, "app_home_opened", event)
