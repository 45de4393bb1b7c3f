"""Takes texts out of mappings of which nobody vouches for the shape; the bounds on what is kept."""

from __future__ import annotations

from workflows.describing.documents import Map, Seq

MOST_OPERATIONS = 5_000
"""Operations of one description that are kept."""
MOST_FLAWS = 20


def text_at(holder: object, key: str, limit: int = 300) -> str:
    """Return the text under a key, cut; empty where there is none, or it is no text."""
    value = holder.get(key) if isinstance(holder, Map) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()[:limit]


def texts_at(holder: object, key: str) -> tuple[str, ...]:
    """Return the texts of a list under a key."""
    value = holder.get(key) if isinstance(holder, Map) else None
    return tuple(each[:120] for each in value if isinstance(each, str)) if isinstance(value, Seq) else ()


def line_of_text(text: str, limit: int = 200) -> str:
    """Return the first line that says anything, cut."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= limit else first[: limit - 1].rstrip() + "…"
