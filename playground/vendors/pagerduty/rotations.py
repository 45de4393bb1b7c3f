"""Computes who is on by a schedule: turns at the wall clock's time, layers, restrictions, overrides.

Pure. Handoffs keep their local time when clocks change, as PagerDuty's do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from playground.vendors.pagerduty.seed import Layer, Schedule

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """One person, from a time until another, in UTC; `end` None: for ever."""

    user: str
    start: datetime
    end: datetime | None


def shifts(schedule: Schedule, since: datetime, until: datetime) -> list[Shift]:
    """Return the shifts that overlap a time, each with its true start and end."""
    turn = max((each.turn_days for each in schedule.layers), default=1)
    reach = timedelta(days=2 * turn + 1)
    early, late = since - reach, until + reach
    stacked = [list(_turns(each, schedule.zone, early, late)) for each in schedule.layers]
    stacked.append([
        Shift(each.user, each.start, each.end)
        for each in schedule.overrides
        if each.start is not None and each.end is not None
    ])  # fmt: skip
    merged = _merged(stacked, early, late)
    began = min((_utc(each.start, schedule.zone) for each in schedule.layers), default=early)
    return [
        # Who is on without an end in sight does not go off-call.
        Shift(each.user, began if each.start == early else each.start, None if end == late else end)
        for each in merged
        if each.start <= until and (end := each.end) is not None and end > since
    ]


def _turns(layer: Layer, zone: ZoneInfo, early: datetime, late: datetime) -> Iterator[Shift]:
    """Yield the turns of one layer that reach into a time, cut to its hours of the day."""
    length = timedelta(days=layer.turn_days)
    began = early.astimezone(zone).replace(tzinfo=None) - layer.start
    number = max(0, began // length - 1)
    while True:
        start = layer.start + number * length
        if _utc(start, zone) > late:
            return
        user = layer.users[number % len(layer.users)]
        if layer.hours == 24:
            yield Shift(user, _utc(start, zone), _utc(start + length, zone))
        else:
            yield from _by_day(layer, user, start, zone)
        number += 1


def _by_day(layer: Layer, user: str, start: datetime, zone: ZoneInfo) -> Iterator[Shift]:
    ends = start + timedelta(days=layer.turn_days)
    day = datetime.combine(start.date(), time(layer.from_hour)) - _DAY
    while day < ends:
        first, last = max(day, start), min(day + timedelta(hours=layer.hours), ends)
        if first < last:
            yield Shift(user, _utc(first, zone), _utc(last, zone))
        day += _DAY


def _merged(stacked: list[list[Shift]], early: datetime, late: datetime) -> list[Shift]:
    """Return one line of shifts: at each time the last of the stack that has somebody."""
    bounds = {early, late}
    for line in stacked:
        for each in line:
            bounds |= {each.start, each.end or late}
    found: list[Shift] = []
    for start, end in pairwise(sorted(each for each in bounds if early <= each <= late)):
        user = _on(stacked, start)
        if user and found and found[-1].user == user and found[-1].end == start:
            found[-1] = Shift(user, found[-1].start, end)
        elif user:
            found.append(Shift(user, start, end))
    return found


def _on(stacked: list[list[Shift]], at: datetime) -> str:
    for line in reversed(stacked):
        for each in line:
            if each.start <= at and (each.end is None or at < each.end):
                return each.user
    return ""


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
