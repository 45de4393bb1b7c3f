"""When the account's structure (teams, people, business services) was last read, between looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

PREFIX = "structure@"


def cursor_of(structure_at: datetime) -> str:
    """Return the cursor to keep."""
    return f"{PREFIX}{structure_at.astimezone(UTC).isoformat(timespec='seconds')}"


def structure_of(cursor: str) -> datetime | None:
    """Return when the structure was read; None: never, or by a version with another notation."""
    try:
        at = datetime.fromisoformat(cursor.removeprefix(PREFIX))
    except ValueError:
        return None
    return at if cursor.startswith(PREFIX) and at.tzinfo else None


def is_due(cursor: str, every: timedelta, now: datetime) -> bool:
    """Tell whether the structure is to be read again; a time in the future is no reason to wait for it."""
    at = structure_of(cursor)
    return at is None or not timedelta(0) <= now - at < every
