"""The questions that a direct conversation offers to press."""

from __future__ import annotations

from collections.abc import Sequence

from blocks import limits
from blocks.escaping import LONE_SURROGATE, cleaned

TITLE = "For example"
MOST = 4
"""Slack takes no more: https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts"""
_WORDS = 200
"""Ours: a longer question is not offered, since cut it would be another one."""


def prompts(questions: Sequence[str]) -> list[dict[str, str]]:
    """Return each question with the title of its button; those that no button can hold are left out."""
    kept = [each for each in questions if 0 < len(each) <= _WORDS and cleaned(each).strip()]
    return [
        {
            "title": limits.cut(cleaned(each)[:1].upper() + cleaned(each)[1:], limits.BUTTON_TEXT),
            "message": each,
        }
        for each in kept
        if not LONE_SURROGATE.search(each)
    ][:MOST]
