"""When a source is due: every so often, or as a crontab says. Pure: the time comes in, a time comes out.

Due times are the same in every process, whenever each was started.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from domain.durations import duration

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WIDEST_JITTER = timedelta(minutes=10)
"""However rare the looks are, none begins later than this after it is due."""

_LOOKED_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=8 * 366))
"""How far back the last time is looked for, nearest first; 29 February may be 8 years apart."""
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


class Timetable(Protocol):
    """Says when something is due."""

    def latest(self, now: datetime) -> datetime | None:
        """Return the last due time that is not after `now`, in UTC; None: there was none in 8 years."""
        ...

    def period(self, due: datetime) -> timedelta:
        """Return how long it is from a due time to the next."""
        ...


class Every:
    """Due each time that a period has passed, counted from 1970."""

    def __init__(self, period: timedelta) -> None:
        self._period = period

    def latest(self, now: datetime) -> datetime | None:
        """Return the start of the period that `now` is in."""
        return EPOCH + (now - EPOCH) // self._period * self._period

    def period(self, due: datetime) -> timedelta:  # noqa: ARG002 - always the same
        """Return the period."""
        return self._period


class Cron:
    """Due as five fields of a crontab say, in a time zone. Raises ValueError when they cannot be read."""

    def __init__(self, fields: str, zone: str = "UTC") -> None:
        parts = fields.split()
        if len(parts) != 5:
            raise ValueError(
                f"it has {len(parts)} fields, not the five of a crontab: minute hour day month weekday"
            )
        if parts[2] != "*" and parts[4] != "*":
            raise ValueError("it names days of the month and of the week; leave one of them at *")
        parts[4] = _weekdays(parts[4])
        self._trigger = CronTrigger.from_crontab(" ".join(parts), timezone=_zone(zone))
        self._known: tuple[datetime, datetime] | None = None
        """A due time and the next one."""

    def latest(self, now: datetime) -> datetime | None:
        """Return the last due time that is not after `now`."""
        if self._known and self._known[0] <= now < self._known[1]:
            return self._known[0]
        for back in _LOOKED_BACK:
            found = self._next(now - back)
            if found is not None and found <= now:
                return self._forward(found, now)
        return None

    def period(self, due: datetime) -> timedelta:
        """Return how long it is to the next due time; a year where there is none."""
        following = self._next(due + timedelta(seconds=1))
        return following - due if following else timedelta(days=365)

    def _forward(self, found: datetime, now: datetime) -> datetime:
        while True:
            following = self._next(found + timedelta(seconds=1))
            if following is None:
                return found
            if following > now:
                self._known = (found, following)
                return found
            found = following

    def _next(self, after: datetime) -> datetime | None:
        found: datetime | None = self._trigger.get_next_fire_time(None, after)
        return found.astimezone(UTC) if found else None


def timetable(text: str, zone: str = "UTC") -> Timetable:
    """Return what a duration or the five fields of a crontab mean. Raises ValueError for anything else."""
    return Cron(text, zone) if len(text.split()) > 1 else Every(duration(text))


def jitter(name: str, due: datetime, period: timedelta, share: float) -> timedelta:
    """Return how long after its due time a source is looked at, the same in every process.

    At most the share of the period, and at most WIDEST_JITTER: what is due at the same time is spread.
    """
    drawn = hashlib.sha256(f"{name} {due.isoformat()}".encode()).digest()
    widest = min(period * share, WIDEST_JITTER)
    return widest * (int.from_bytes(drawn[:4], "big") / 2**32)


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC  # also where the system has no list of time zones
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}: write one such as Europe/Madrid") from error


def _weekdays(field: str) -> str:
    """Return the weekdays by name: APScheduler counts from Monday, a crontab from Sunday (0 and 7)."""
    if field == "*":
        return field
    days = {day for part in field.lower().split(",") for day in _expanded(part)}
    return ",".join(_DAYS[day] for day in sorted(days))


def _expanded(part: str) -> set[int]:
    span, _, step = part.partition("/")
    if span == "*":
        first, last = 0, 6
    else:
        begin, dash, end = span.partition("-")
        first = _day(begin)
        last = _day(end) if dash else (6 if step else first)
    if last < first:
        last += 7
    if step and not (step.isascii() and step.isdigit() and int(step)):
        raise ValueError(f"weekday {part!r}: a step is a number above 0")
    return {day % 7 for day in range(first, last + 1, int(step or 1))}


def _day(text: str) -> int:
    if text in _DAYS:
        return _DAYS.index(text)
    if text.isascii() and text.isdigit() and int(text) <= 7:
        return int(text)
    raise ValueError(f"there is no weekday {text!r}: write 0 to 7 (Sunday is both), or sun to sat")
