"""Slash commands: from the composer to the app, and its acknowledgement back into the channel."""

from __future__ import annotations

from playground.acts.responding import carry_out
from playground.blockkit import BlockError
from playground.emulator import Emulator
from playground.link import Unanswered
from playground.passes import Hook
from playground.payloads import VERIFICATION_TOKEN, link_names
from playground.posting import slackbot_says
from playground.workspace import Channel, Json, Member, Message


def refusal(emulator: Emulator, name: str, *, in_thread: bool) -> str | None:
    """Return what Slack's composer says instead of sending the command `name`, or None."""
    if in_thread:
        return f"{name} is not supported in threads. Sorry!"
    if emulator.app.command(name) is None:
        return (
            f"{name} is not a valid command. In Slack, all messages that start with the / character are "
            "interpreted as commands."
        )
    return None


async def run(emulator: Emulator, member: Member, channel: Channel, typed: str) -> Message | None:
    """Send the command to the app and show what comes back; returns that message, or None for none."""
    name, _, text = typed.partition(" ")
    hook_key = emulator.hooks.issue(channel.id, member.id)
    payload = _payload(emulator, member, channel, name, text.strip(), hook_key)
    try:
        answer = await emulator.link.ask("slash_commands", payload)
    except Unanswered as why:
        return _failed(emulator, member, channel, name, str(why))
    if not answer:
        emulator.journal.counts["command", "acknowledged alone"] += 1
        return None
    try:
        return carry_out(emulator, Hook(channel.id, member.id, emulator.clock.now()), answer)
    except BlockError as error:
        emulator.journal.note("refused", name, str(error), {"messages": error.messages, "answer": answer})
        return _failed(emulator, member, channel, name, str(error))


def _failed(emulator: Emulator, member: Member, channel: Channel, name: str, why: str) -> Message:
    return slackbot_says(emulator, channel, member.id, f'{name} failed with the error "{why}"')


def _payload(
    emulator: Emulator, member: Member, channel: Channel, name: str, text: str, hook_key: str
) -> Json:
    workspace = emulator.workspace
    declared = emulator.app.command(name) or {}
    if declared.get("should_escape"):
        text = link_names(workspace, text, with_labels=True)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage"
        if channel.is_im
        else "privategroup"
        if channel.is_private
        else channel.name,
        "user_id": member.id,
        "user_name": member.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{emulator.url}/response/{hook_key}",
        "trigger_id": emulator.triggers.issue(member.id),
    }
