"""Translates what Slack sends into a question: the words, who asks, and where.

Knows no grammar. Slack's notation for people, channels and links stays in the words: `questions` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, BoltContext

from blocks.escaping import unescaped
from domain.answers import Asker

Body = Mapping[str, Any]
"""A payload as Slack sent it; its shape is Slack's."""

_NOTATION = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def readable(words: str) -> str:
    """Return what a person typed as they saw it: `<#C1|team-pay>` is `#team-pay`, `&lt;` is `<`.

    For showing only: the question itself is asked in Slack's notation, whose ids are surer than names. An
    angle bracket that somebody typed comes as an entity and so is never taken for notation.
    """
    return " ".join(unescaped(_NOTATION.sub(_seen, words)).split())


def _seen(match: re.Match[str]) -> str:
    sign, target, label = match.group(1), match.group(2), match.group(3) or ""
    if sign in ("@", "#"):
        return f"{sign}{label or target}"
    return label or target.removeprefix("mailto:")


def without_mention(text: str, user_id: str | None) -> str:
    """Return the text without the mentions of that user, which is the bot itself."""
    return re.sub(rf"<@{re.escape(user_id)}(\|[^<>]*)?>[:,]?", " ", text).strip() if user_id else text


def is_outsider(body: Body) -> bool:
    """Tell whether somebody of another organization speaks or clicks, as Slack Connect allows them to."""
    event, team = body.get("event", {}), body.get("team") or {}
    ours = body.get("team_id") or team.get("id")
    theirs = event.get("user_team") or event.get("team") or body.get("user", {}).get("team_id")
    return bool(ours and theirs and theirs != ours and not team.get("enterprise_id"))


def acknowledge(ack: Ack) -> None:
    """Say that something arrived; whatever comes of it follows."""
    ack()


def asker(context: BoltContext, body: Body) -> Asker:
    """Return who asks, and where."""
    return Asker(context.user_id or "", context.channel_id or "", outsider=is_outsider(body))
