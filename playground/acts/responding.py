"""Carries out what an app answers to an act: in a command's acknowledgement or to a response URL."""

from __future__ import annotations

from playground.blockkit import BlockError
from playground.content import check_content
from playground.emulator import Emulator
from playground.passes import Hook
from playground.posting import by_bot, change, post, remove
from playground.workspace import Json, Message


def carry_out(emulator: Emulator, hook: Hook, answer: Json) -> Message | None:
    """Post, replace or delete as `answer` says; returns the message that is there then; raises BlockError."""
    channel = emulator.workspace.channels[hook.channel]
    original = channel.messages.get(hook.message) if hook.message else None
    if _yes(answer, "delete_original"):
        if original is not None:
            remove(emulator, original)
        return None
    content = check_content(emulator, answer)
    kind = answer.get("response_type") or "ephemeral"
    if kind not in ("ephemeral", "in_channel"):
        raise BlockError("invalid_arguments", ["must be a valid enum value [json-pointer:/response_type]"])
    if _yes(answer, "replace_original") and original is not None:
        change(emulator, original, content, answer)
        return original
    thread_ts = answer.get("thread_ts") or hook.thread_ts
    body = by_bot(emulator, {**content, **({"thread_ts": thread_ts} if thread_ts else {})})
    return post(emulator, channel, body, only_for=hook.person if kind == "ephemeral" else None, raw=answer)


def _yes(answer: Json, name: str) -> bool:
    # Slack's own examples send the word as well as the truth value.
    return str(answer.get(name)).lower() == "true"
