"""How things stand against standards: the outcome of each check, the level reached, and how that moves.

Values only. All times are in UTC. How a score is come to is for `scorecards` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.entities import Json
from domain.refs import Ref


class Status(StrEnum):
    """What came out of one check of one thing."""

    PASS = "pass"  # noqa: S105 - no password, the opposite of fail
    FAIL = "fail"
    UNKNOWN = "unknown"
    """Nothing says: the source that would is not connected, or stale; or the check itself broke. It is
    neither pass nor fail: a level that asks for the check is not reached, and not said to be missed."""
    EXEMPT = "exempt"
    """Somebody was let off it for a time; for levels it counts as met."""
    NOT_APPLICABLE = "not applicable"
    """The check is for other things; for levels it counts as met."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """That a thing need not meet a check for a time."""

    ref: Ref
    scorecard: str
    check: str
    until: datetime
    why: str
    requested_by: str
    """Who asked, as in the audit."""
    approved_by: str = ""
    """Who granted it; empty: nobody has yet."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of one check of one thing, and on what grounds."""

    check: str
    """Its id."""
    status: Status
    reason: str
    """In a few words for people: `no README.md`, `GitHub is not connected`, `protected, 2 reviews`."""
    facts: Mapping[str, Json] = field(default_factory=dict)
    """What it was judged on, by the names of fields."""
    exemption: Exemption | None = None
    """With status EXEMPT."""


@dataclass(frozen=True, slots=True)
class Score:
    """One thing by one scorecard. A thing that the scorecard is not for has none."""

    ref: Ref
    scorecard: str
    level: str
    """The highest level of which all checks are met, lower ones included; empty: below the lowest."""
    outcomes: tuple[Outcome, ...]
    """Of all checks, in the scorecard's order."""
    judged_at: datetime
    percent: int = 0
    """The weight of what is met in what applies and is known, from 0 to 100; 100 where nothing applies."""

    def outcome(self, check: str) -> Outcome | None:
        """Return what came out of a check."""
        return next((each for each in self.outcomes if each.check == check), None)


@dataclass(frozen=True, slots=True)
class Move:
    """That a check's outcome or a level is another than it was."""

    ref: Ref
    scorecard: str
    check: str
    """Empty: the level moved."""
    before: str
    """A level, or a status; empty level: below the lowest."""
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """How one thing, or many together, stood at the end of a day."""

    day: date
    """In UTC."""
    levels: Mapping[str, int]
    """How many things were at each level; the empty one is below the lowest."""
    percent: float
    """The mean of their percentages."""
