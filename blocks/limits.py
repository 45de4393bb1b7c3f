"""Slack's limits on what is shown, and the two ways of keeping them: cutting a text, leaving out rows.

The figures are Slack's documentation (https://docs.slack.dev/reference/block-kit) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 12_000
"""All text of a message together; Slack answers `msg_blocks_too_long` from about 13,200 (observed)."""
FALLBACK_TEXT = 3_000
"""The `text` of a message; Slack advises at most 4,000 and cuts at 40,000."""
SECTION_TEXT = 3_000
FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
ACTIONS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
VIEW_TITLE = 24
INPUT_LABEL, PLACEHOLDER = 2_000, 150
OPTIONS, OPTION_TEXT, OPTION_VALUE = 100, 75, 150
QUESTION = 1_000
"""Ours: the longest question that a field takes; no more of one is read."""
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30

NAME = 80
"""Ours: how much of one name is shown."""
LINE = 600
"""Ours: the longest sentence or labelled line."""
OBSERVED = 360
"""Ours: the longest line of what a tool observed; eight of them fit into one section."""
ROW = 280
"""Ours: the longest line of a list; ten of them fit into one section."""


def cut(text: str, limit: int) -> str:
    """Return plain text of at most `limit` characters, an ellipsis last where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut_mrkdwn(text: str, limit: int) -> str:
    """Return mrkdwn of at most `limit` characters, never cut inside an entity (`&amp;`) or a `<…>`."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    ampersand = head.rfind("&")
    if ampersand > head.rfind(";"):
        head = head[:ampersand]
    opening = head.rfind("<")
    if opening > head.rfind(">"):
        head = head[:opening]
    return head.rstrip(" …") + "…"


def fit(lines: Sequence[str], limit: int) -> int:
    """Return how many of the lines, from the first on, fit into one text of `limit` characters."""
    used = 0
    for count, line in enumerate(lines):
        used += len(line) + (1 if count else 0)
        if used > limit:
            return count
    return len(lines)
