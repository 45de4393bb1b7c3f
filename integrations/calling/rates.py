"""What a vendor's headers say of its limits: how long to wait, and how much is left."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from domain.clock import Clock
from domain.sources import Quota

Headers = Mapping[str, str]
"""By name, whose case does not matter."""


def in_seconds(text: str, clock: Clock) -> datetime | None:
    """Read a number of seconds from now."""
    seconds = _number(text)
    try:
        return None if seconds is None else clock() + timedelta(seconds=seconds)
    except OverflowError:
        return None


def at_epoch(text: str, _clock: Clock) -> datetime | None:
    """Read seconds since 1970."""
    seconds = _number(text)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def at_time(text: str, _clock: Clock) -> datetime | None:
    """Read ISO 8601."""
    try:
        at = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def from_now_or_epoch(text: str, clock: Clock) -> datetime | None:
    """Read seconds from now, or since 1970 where there are too many of them."""
    seconds = _number(text)
    return at_epoch(text, clock) if seconds is not None and seconds > 1e8 else in_seconds(text, clock)


@dataclass(frozen=True, slots=True)
class RateHeaders:
    """By which headers a vendor tells its limit, what is left of it, and when it is full again."""

    limit: str = "x-ratelimit-limit"
    left: str = "x-ratelimit-remaining"
    reset: str = "x-ratelimit-reset"
    reading: Callable[[str, Clock], datetime | None] = in_seconds

    def quota(self, headers: Headers, clock: Clock) -> Quota | None:
        """Return what is left; None where the headers do not say."""
        limit, left = _number(headers.get(self.limit, "")), _number(headers.get(self.left, ""))
        if limit is None or left is None:
            return None
        return Quota(int(limit), int(left), self.reading(headers.get(self.reset, ""), clock))

    def asked_for(self, headers: Headers, clock: Clock) -> float | None:
        """Return for how many seconds a refusal asks to wait; None: it does not say."""
        after = retry_after(headers.get("retry-after", ""), clock)
        if after is not None:
            return after
        resets_at = self.reading(headers.get(self.reset, ""), clock)
        if resets_at is None or _number(headers.get(self.left, "0")) != 0:
            return None
        return max(0.0, (resets_at - clock()).total_seconds())


def retry_after(header: str, clock: Clock) -> float | None:
    """Return the seconds that `Retry-After` asks for, a number or a date (RFC 9110); None: it does not."""
    seconds = _number(header)
    if seconds is not None:
        return seconds
    try:
        at = parsedate_to_datetime(header.strip())
        return max(0.0, (at - clock()).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a time zone
        return None


def skew(headers: Headers, clock: Clock) -> timedelta | None:
    """Return by how much a vendor's clock is ahead of ours, by its header Date; None where it has none."""
    try:
        at = parsedate_to_datetime(headers.get("date", ""))
        return at - clock()
    except (ValueError, TypeError):
        return None


def _number(text: str) -> float | None:
    text = text.strip()
    try:
        found = float(text[:12]) if text[:1].isdigit() and text.isascii() else None
    except ValueError:
        return None
    return found if found is not None and math.isfinite(found) else None
