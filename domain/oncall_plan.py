"""The plan of who is on call, as sources write it into the field `oncall` (see `domain.vocabulary`).

Reads it and says who has which turn at a time; what cannot be read of it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.entities import Json
from domain.refs import Ref

FIELD = "oncall"
HORIZON = timedelta(days=7)
"""How far a plan reaches from the look that read it."""
_SAME_END = timedelta(minutes=10)
"""A turn that ends this near the end of the plan may well go on: it ends there because the plan does."""
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shift:
    """One turn of one person at one level."""

    level: int
    """1 is asked first."""
    person: str
    """The alias of the account, lower case: `pagerduty-user:p1`; may be empty."""
    name: str
    email: str
    """Lower case; empty when it is not known."""
    schedule: str
    since: datetime | None
    """UTC; None: since ever."""
    until: datetime | None
    """UTC; None: without an end."""

    @property
    def who(self) -> str:
        """What tells this person from others."""
        return self.person or self.email or self.name

    @property
    def starts(self) -> datetime:
        """When it starts, for comparison."""
        return self.since or _EVER

    @property
    def ends(self) -> datetime:
        """When it ends, for comparison."""
        return self.until or _ALWAYS

    def covers(self, now: datetime) -> bool:
        """Whether it is this person's turn."""
        return self.starts <= now < self.ends

    def is_cut(self, seen_at: datetime) -> bool:
        """Whether it ends where a plan ends that was read at `seen_at`, and so may go on."""
        return self.until is not None and abs(self.until - seen_at - HORIZON) <= _SAME_END


@dataclass(frozen=True, slots=True)
class Policy:
    """One escalation policy."""

    key: str
    """`pagerduty:p1abc`."""
    name: str
    url: str
    targets: Mapping[int, tuple[str, ...]]
    """What each level asks, in the vendor's words: schedules and people."""
    shifts: tuple[Shift, ...]
    """By level and time; what one person does without a gap is one shift."""

    @property
    def vendor(self) -> str:
        """The tool that keeps it: `pagerduty`."""
        return self.key.partition(":")[0]

    @property
    def levels(self) -> tuple[int, ...]:
        """Its levels, the first one first."""
        return tuple(sorted({*self.targets, *(each.level for each in self.shifts)}))

    def has(self, level: int) -> bool:
        """Return whether the plan has any turn at a level, past ones too."""
        return any(each.level == level for each in self.shifts)

    def on(self, level: int, now: datetime) -> tuple[Shift, ...]:
        """Return whose turn it is at a level."""
        return tuple(each for each in self.shifts if each.level == level and each.covers(now))

    def after(self, level: int, now: datetime) -> tuple[Shift, ...]:
        """Return whose turn is the next one at a level; several where they start together."""
        coming = [each for each in self.shifts if each.level == level and each.starts > now]
        first = min((each.starts for each in coming), default=None)
        return tuple(each for each in coming if each.starts == first)


@dataclass(frozen=True, slots=True)
class Covered:
    """The things whose policy it is."""

    refs: tuple[Ref, ...]
    """Some of them, in the order of refs; all where they are few."""
    total: int


def policies(value: Json) -> tuple[Policy, ...]:
    """Return the policies in the field's value, by name."""
    found = value.items() if isinstance(value, Mapping) else ()
    read = (_policy(str(key), each) for key, each in found if isinstance(each, Mapping))
    return tuple(sorted(read, key=lambda each: (each.name.casefold(), each.key)))


def _policy(key: str, value: Mapping[str, Json]) -> Policy:
    targets = {
        level: tuple(each for each in _list(item.get("targets")) if isinstance(each, str))
        for item in _list(value.get("levels"))
        if isinstance(item, Mapping) and (level := _level(item)) is not None
    }
    shifts = [shift for item in _list(value.get("shifts")) if (shift := _shift(item)) is not None]
    return Policy(key, _text(value, "name") or key, _text(value, "url"), targets, tuple(_joined(shifts)))


def _shift(item: Json) -> Shift | None:
    if not isinstance(item, Mapping) or (level := _level(item)) is None:
        return None
    try:
        since, until = _time(item.get("from")), _time(item.get("until"))
    except ValueError:
        return None
    person, email = _text(item, "person").lower(), _text(item, "email").lower()
    shift = Shift(level, person, _text(item, "name"), email, _text(item, "schedule"), since, until)
    return shift if shift.who and shift.starts < shift.ends else None


def _joined(shifts: list[Shift]) -> Iterator[Shift]:
    """Yield the shifts in order, those of one person and level that touch as one."""
    last: dict[tuple[int, str], Shift] = {}
    for shift in sorted(shifts, key=lambda each: (each.starts, each.ends)):
        key = (shift.level, shift.who)
        before = last.get(key)
        if before is not None and shift.starts <= before.ends:
            later = shift if shift.ends > before.ends else before
            last[key] = replace(before, until=later.until)
            continue
        if before is not None:
            yield before
        last[key] = shift
    yield from last.values()


def _level(item: Mapping[str, Json]) -> int | None:
    level = item.get("level", 1)
    return level if isinstance(level, int) and not isinstance(level, bool) else None


def _time(value: Json) -> datetime | None:
    if value is None or value == "":
        return None
    at = datetime.fromisoformat(str(value))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _text(item: Mapping[str, Json], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
