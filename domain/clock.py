"""The time, as a port: code takes a `Clock` and never asks the machine itself.

All times are timezone-aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the machine's time, in UTC."""
    return datetime.now(UTC)


def age_in_words(age: timedelta) -> str:
    """Say how long ago something was, rounded down to one unit: `just now`, `5 min ago`, `3 days ago`.

    An age below zero (two machines' clocks disagree) counts as `just now`.
    """
    seconds = int(age.total_seconds())
    if seconds < 60:
        return "just now"
    for length, one, many in ((86_400, "day", "days"), (3_600, "hour", "hours"), (60, "min", "min")):
        if seconds >= length:
            count = seconds // length
            return f"{count} {one if count == 1 else many} ago"
    raise AssertionError("unreachable: every age past a minute has a unit")


def time_left_in_words(left: timedelta) -> str:
    """Say how long it is until something, rounded down to one unit: `in 5 min`, `in 3 days`; else `now`."""
    ago = age_in_words(left)
    return "now" if ago == "just now" else f"in {ago.removesuffix(' ago')}"
