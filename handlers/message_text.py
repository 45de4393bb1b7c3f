"""Reads all that a message shows as plain text: its words, blocks, attachments and the titles of its files.

Bots put everything into attachments and blocks: alerts have no `text` at all. Understands none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from blocks.escaping import unescaped

LONGEST = 40_000
"""Characters that are read; Slack keeps no longer text."""
_DEEPEST = 12
_LINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>|]+)(?:\|([^<>]*))?>", re.IGNORECASE)
_MENTION = re.compile(r"<[@#!][^<>]*>")
_ATTACHMENT = (
    "pretext", "author_name", "title", "title_link", "text", "footer", "from_url", "original_url",
)  # fmt: skip
_CONTENTS = ("text", "elements", "fields", "blocks", "accessory", "title", "rows", "label", "message")
_SHOWN = ("url", "alt_text", "title_url", "image_url", "author_name")


def text_of(message: Mapping[str, Any]) -> str:
    """Return the message's text, a line for each part, each line once; mentions are left out."""
    lines: dict[str, None] = {}
    length = 0
    for part in _parts(message):
        for line in part.splitlines():
            if line.strip() and line not in lines:
                lines[line] = None
                length += len(line) + 1
        if length > LONGEST:
            break
    return "\n".join(lines)[:LONGEST]


def _parts(message: Mapping[str, Any]) -> Iterator[str]:
    yield _plain(message.get("text"))
    yield from _inside(message.get("blocks"))
    for attachment in _dicts(message.get("attachments")):
        yield from _attached(attachment)
    for file in _dicts(message.get("files")):
        yield from (_plain(file.get(key)) for key in ("title", "name", "preview", "plain_text"))


def _attached(attachment: Mapping[str, Any]) -> Iterator[str]:
    told = [_plain(attachment.get(key)) for key in _ATTACHMENT]
    yield from told
    for field in _dicts(attachment.get("fields")):
        # Such as `Service` and `payments-api`, which together are a label.
        yield f"{_plain(field.get('title'))}: {_plain(field.get('value'))}"
    for action in _dicts(attachment.get("actions")):
        yield _plain(action.get("url"))
    inside = list(_inside(attachment.get("blocks")))
    yield from inside
    if not any(told) and not any(inside):
        yield _plain(attachment.get("fallback"))


def _inside(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the texts of blocks, those of one line of rich text together."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _inside(each, depth + 1)
    elif isinstance(value, Mapping):
        if str(value.get("type", "")).startswith("rich_text_") and value.get("type") != "rich_text_list":
            yield _rich(value)
            return
        yield from (_plain(value.get(key)) for key in _SHOWN if isinstance(value.get(key), str))
        for key in _CONTENTS:
            held = value.get(key)
            if isinstance(held, str):
                yield _plain(held)
            else:
                yield from _inside(held, depth + 1)


def _rich(section: Mapping[str, Any]) -> str:
    """Return a paragraph of rich text; code in backquotes, which say that it is a name."""
    written = []
    for element in _dicts(section.get("elements")):
        text = str(element.get("text") or "")
        if element.get("type") == "link":
            text = f" {element.get('url', '')} {text} "
        elif text and isinstance(style := element.get("style"), Mapping) and style.get("code"):
            text = f"`{text}`"
        written.append(text)
    return "".join(written)


def _plain(text: object) -> str:
    """Return mrkdwn as a person reads it, a link as its address and its label."""
    if not isinstance(text, str):
        return ""
    text = text[:LONGEST]
    if "<" in text:
        text = _MENTION.sub(" ", _LINK.sub(_link, text))
    return unescaped(text)


def _link(match: re.Match[str]) -> str:
    address, label = match[1], match[2] or ""
    if address.startswith("mailto:"):
        return label
    return f" {address} " if not label or label in address else f" {address} {label} "


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    return (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else iter(())
