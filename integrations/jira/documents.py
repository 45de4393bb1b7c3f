"""Plain paragraphs as Jira takes them: a document (ADF) in the cloud, wiki text in a data center."""

from __future__ import annotations

import re
from typing import Any

_BETWEEN = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_MARKUP = re.compile(r"[{\[]")
"""What begins macros, links and mentions: a text from outside calls nobody and hides nothing."""


def paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; what is empty is left out."""
    blocks = _BETWEEN.split(text.replace("\r\n", "\n").strip())
    lined = ([line for each in block.split("\n") if (line := each.rstrip())] for block in blocks)
    return [lines for lines in lined if lines]


def document(text: str) -> dict[str, Any]:
    """Return a text in the Atlassian Document Format: paragraphs alone, lines parted by hard breaks."""
    return {"type": "doc", "version": 1, "content": [_paragraph(lines) for lines in paragraphs(text)]}


def wiki(text: str) -> str:
    """Return a text as wiki text that shows as it is."""
    escaped = [[_MARKUP.sub(r"\\\g<0>", line) for line in lines] for lines in paragraphs(text)]
    return "\n\n".join("\n".join(lines) for lines in escaped)


def _paragraph(lines: list[str]) -> dict[str, Any]:
    content: list[dict[str, str]] = []
    for line in lines:
        if content:
            content.append({"type": "hardBreak"})
        content.append({"type": "text", "text": line})
    return {"type": "paragraph", "content": content}
