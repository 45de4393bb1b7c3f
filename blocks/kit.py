"""The few Block Kit elements that idp uses, as plain dicts built by typed functions.

Not slack_sdk's models: they are slow and drop blocks that they do not know. Every text is cut to its own
limit here; what a message may hold as a whole is up to whoever puts the blocks together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blocks import limits, names
from blocks.escaping import LONE_SURROGATE, cleaned

Block = dict[str, object]


def mrkdwn(text: str, limit: int = limits.SECTION_TEXT) -> Block:
    """Text in Slack's markup; `verbatim`, so that Slack makes no mention of bare words such as @here."""
    return {
        "type": "mrkdwn",
        "text": limits.cut_mrkdwn(text, limit) if text.strip() else "…",
        "verbatim": True,
    }


def plain(text: str, limit: int) -> Block:
    """Text without markup; nothing in it needs escaping."""
    return {"type": "plain_text", "text": limits.cut(cleaned(text) or "…", limit)}


def section(*lines: str) -> Block:
    """A paragraph of lines of mrkdwn."""
    return {"type": "section", "text": mrkdwn("\n".join(lines))}


def fields(texts: Sequence[str]) -> Block:
    """Short texts of mrkdwn in two columns; those past the tenth are left out."""
    shown = [mrkdwn(text, limits.FIELD_TEXT) for text in texts[: limits.FIELDS]]
    return {"type": "section", "fields": shown}


def context(*lines: str) -> Block:
    """Small print: lines of mrkdwn, one below the other."""
    return {"type": "context", "elements": [mrkdwn("\n".join(lines))]}


def header(text: str) -> Block:
    """A large heading, in plain text."""
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def button(label: str, value: str, action: str = names.ASK) -> Block:
    """A button; `value` is the question that it asks, in the grammar's words."""
    return {"type": "button", "text": plain(label, limits.BUTTON_TEXT), "action_id": action, "value": value}


def confirmed(button: Block, *, title: str, text: str, yes: str) -> Block:
    """Return the button with a question before it acts; nothing in the texts needs escaping."""
    button["confirm"] = {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain("Cancel", limits.CONFIRM_BUTTON),
    }
    return button


def actions(block_id: str, buttons: Iterable[Block]) -> list[Block]:
    """Return a row of buttons, or nothing when there are none.

    A button whose value no button can hold is left out: a question that is cut would be another question.
    """
    kept = [each for each in buttons if _holds(str(each["value"]))][: limits.ACTIONS]
    seen: dict[object, int] = {}
    for each in kept:
        name = each["action_id"]
        seen[name] = seen.get(name, 0) + 1
        each["action_id"] = names.numbered(str(name), seen[name])
    return [{"type": "actions", "block_id": block_id, "elements": kept}] if kept else []


def _holds(value: str) -> bool:
    return 0 < len(value) <= limits.BUTTON_VALUE and bool(cleaned(value)) and not LONE_SURROGATE.search(value)
