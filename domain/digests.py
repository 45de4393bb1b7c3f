"""What a team is told once a period: what moved, the cheapest fixes, and what will come. Values only.

All times are in UTC. `workflows.digests` composes them, `blocks` draws them, `handlers.delivery` sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.refs import Ref
from domain.scores import Move, Point
from domain.standards import Check
from domain.things import Thing


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do for one service, and what it brings."""

    thing: Thing
    scorecard: str
    """Its id."""
    scorecard_title: str
    check: Check
    reason: str
    """Why the check fails, as in its outcome."""
    link: str
    """Where to do it, filled in; empty: nowhere."""
    reaches: str
    """The level that the service has once this alone is done; empty: it takes more than this."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A check that will count from a day on."""

    check: Check
    scorecard_title: str
    takes_effect: date
    would_drop: tuple[Thing, ...]
    """What of the team's would lose a level if it counted now, the first ones."""
    total: int
    """How many would."""


@dataclass(frozen=True, slots=True)
class Worry:
    """Something about ownership or on-call that does not hold."""

    kind: str
    """`owner`: nobody is sure who owns it, or the owner cannot be reached; `oncall`: nobody is on call."""
    what: str
    """In a few words."""
    things: tuple[Thing, ...]
    """The first ones."""
    total: int


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """How a team stands in a campaign."""

    id: str
    title: str
    deadline: date
    done: int
    total: int
    remaining: tuple[Thing, ...]
    """The first of what is left."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that one team, or one leader, is told for one period."""

    audience: Ref
    """The team; or the system, domain or person that a leaders' digest is for."""
    title: str
    """What people call it."""
    since: datetime
    """Where the period begins: the end of the last one, or a period ago."""
    until: datetime
    services: int
    """How many things are scored."""
    points: tuple[Point, ...]
    """The trend, oldest first, at most 26."""
    moves: tuple[Move, ...]
    """Levels that moved in the period, the furthest first; those of checks are left out."""
    up: int
    down: int
    """How many things rose or fell."""
    fixes: tuple[Fix, ...]
    """At most three, the cheapest first."""
    more_fixes: tuple[Fix, ...]
    """The others, for the thread; at most a hundred."""
    announcements: tuple[Announcement, ...] = ()
    worries: tuple[Worry, ...] = ()
    campaigns: tuple[CampaignLine, ...] = ()
    short: bool = False
    """Whether nobody pressed anything for three periods: it is cut to one line and one fix, and says so."""

    @property
    def silent(self) -> bool:
        """Whether nothing moved and nothing is to come, so that nothing need be said."""
        return not (self.moves or self.announcements or self.campaigns)
