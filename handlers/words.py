"""Translates what Slack sends into the words that a person said, and back out who said them.

Knows no grammar: it only undoes Slack's own notation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from blocks.escaping import unescaped
from domain.answers import Asker

Body = Mapping[str, Any]
"""A payload as Slack sent it; its shape is Slack's."""

_NOTATION = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def spoken(text: str) -> str:
    """Return the words of a message or command: `<#C1|team-pay>` is `#team-pay`, `<@U1>` is `slack:U1`.

    `slack:U1` is the alias under which the catalog knows the person. An angle bracket that somebody typed
    comes as an entity and so is never taken for notation.
    """
    return " ".join(unescaped(_NOTATION.sub(_said, text)).split())


def _said(match: re.Match[str]) -> str:
    sign, target, label = match.group(1), match.group(2), match.group(3) or ""
    if sign == "@":
        return f"slack:{target}"
    if sign == "#":
        return f"#{label}" if label else f"slack:{target}"
    if sign == "!":
        group = target.removeprefix("subteam^")
        return f"slack:{group}" if group != target else f"@{target}"
    return target.removeprefix("mailto:")


def without_mention(text: str, user_id: str | None) -> str:
    """Return the text without the mentions of that user, which is the bot itself."""
    return re.sub(rf"<@{re.escape(user_id)}(\|[^<>]*)?>[:,]?", " ", text) if user_id else text


def asker(context: BoltContext) -> Asker:
    """Return who asks, and where."""
    return Asker(slack_user_id=context.user_id or "", slack_channel_id=context.channel_id or "")
