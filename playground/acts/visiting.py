"""Where a person goes: the App Home, a direct conversation; and the shortcuts they call."""

from __future__ import annotations

from playground import payloads
from playground.acts.speaking import Refused
from playground.emulator import Emulator
from playground.events import home_opened
from playground.link import Unanswered
from playground.posting import announce
from playground.workspace import Channel, Json, Member


def open_home(emulator: Emulator, member: Member) -> Json | None:
    """Open the App Home; returns what the app last published there."""
    channel = open_dm(emulator, member, emulator.workspace.bot.user_id, tab="home")
    home = emulator.modals.home(member.id)
    view = payloads.view(emulator.workspace, home) if home else None
    home_opened(emulator, member.id, channel.id, "home", view)
    return view


def open_dm(emulator: Emulator, member: Member, other: str, tab: str = "messages") -> Channel:
    """Open the direct conversation with `other`, by id or name; the bot hears of its own."""
    workspace = emulator.workspace
    partner = workspace.member_named(other)
    if partner is None or partner is member:
        raise Refused("user_not_found")
    known = workspace.find_im(member.id, partner.id)
    channel = known or workspace.open_im(member.id, partner.id)
    if known is None:
        announce(emulator, channel)
    if partner.is_bot and tab == "messages":
        home_opened(emulator, member.id, channel.id, tab, None)
    return channel


async def call_shortcut(
    emulator: Emulator, member: Member, callback_id: str, message_ts: str | None, channel_id: str | None
) -> None:
    """Call a global shortcut, or with a message one of its message shortcuts; raises Refused."""
    kind = "message" if message_ts else "global"
    declared = [
        one
        for one in emulator.app.shortcuts
        if one.get("callback_id") == callback_id and one.get("type") == kind
    ]
    if emulator.app.manifest is not None and not declared:
        raise Refused(f"no {kind} shortcut {callback_id}")
    stamp = {"callback_id": callback_id, "action_ts": emulator.workspace.next_ts()}
    if message_ts is None:
        payload = {**payloads.interaction(emulator, "shortcut", member), **stamp}
    else:
        payload = {**payloads.interaction(emulator, "message_action", member), **stamp}
        payload |= _message_part(emulator, member, message_ts, channel_id)
    try:
        await emulator.link.ask("interactive", payload)
    except Unanswered as why:
        emulator.feed.tell(member.id, {"type": "toast", "text": f"The app did not respond ({why})."})
        raise Refused(str(why)) from why


def _message_part(emulator: Emulator, member: Member, ts: str, channel_id: str | None) -> Json:
    channel = emulator.workspace.channels.get(channel_id or "")
    message = channel.messages.get(ts) if channel else None
    if channel is None or message is None or message.only_for is not None:
        raise Refused("message_not_found")
    key = emulator.hooks.issue(channel.id, member.id, None, message.body.get("thread_ts"))
    return {
        "message_ts": ts,
        "channel": payloads.place(channel),
        "message": message.body,
        "response_url": f"{emulator.url}/response/{key}",
    }
