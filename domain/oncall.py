"""What questions on call duty come to: who is on call for a thing, and what a person is on call for.

Values only. All times are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.refs import Ref
from domain.things import Owner, Person, Thing

OWN, PART, PROVIDER, OWNER, PARENT, OWNED, PARTS = (
    "own", "part", "provider", "owner", "parent", "owned", "parts",
)  # fmt: skip
"""Whose policy it is: the thing's own, that of what it is a part of, of who provides the API, of the owning
team, of a team above that, of the things that the team owns, of the system's parts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn, now or to come."""

    name: str
    """As the catalog calls them, else as the vendor does."""
    email: str
    person: Person | None
    """None: the catalog does not know them."""
    since: datetime | None
    """None: since ever."""
    until: datetime | None
    """None: without an end."""
    cut: bool = False
    """Whether `until` is where the plan ends, so that it may go on."""
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a policy, as of now."""

    number: int
    now: tuple[Turn, ...]
    """Several where several are asked at once; empty: nobody."""
    next: tuple[Turn, ...]
    """Who comes next; several where they start together; empty: the plan tells of nobody."""
    targets: tuple[str, ...] = ()
    """What the policy asks at this level, in the vendor's words."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far what is said of a plan can be relied on."""

    source: str
    """The source's name in `idp.yaml`."""
    vendor: str
    """The tool, lower case: `pagerduty`."""
    as_of: datetime
    """When the plan was read."""
    problem: str = ""
    """Why the source cannot be read now; empty: it can, as far as is known."""
    paused: bool = False
    """Whether it is not read on schedule."""
    overdue: bool = False
    """Whether it was read longer ago than twice its interval."""
    ended: bool = False
    """Whether the plan has run out, so that at some level or at all it tells of nobody."""

    @property
    def stale(self) -> bool:
        """Whether an answer must say how old it is."""
        return bool(self.problem) or self.paused or self.overdue or self.ended


@dataclass(frozen=True, slots=True)
class Rota:
    """One policy, as of now."""

    key: str
    """`pagerduty:p1abc`."""
    name: str
    url: str
    levels: tuple[Level, ...]
    """The first one first."""
    freshness: Freshness

    @property
    def first(self) -> Level | None:
        """The first level at which somebody is on call now; None: nobody is."""
        return next((each for each in self.levels if each.now), None)

    @property
    def coming(self) -> tuple[Turn, ...]:
        """Who is the next at the first level that tells of anybody."""
        return next((each.next for each in self.levels if each.next), ())


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a team is reached when nobody on call is."""

    team: Owner
    """With the channel to write to; both its name and its id are empty where there is none."""
    passed_over: tuple[str, ...] = ()
    """The names of channels that are archived."""
    inherited: bool = False
    """Whether it is a team above the owner's."""

    @property
    def has_channel(self) -> bool:
        """Whether there is a channel at all."""
        return bool(self.team.channel or self.team.slack_channel_id)


@dataclass(frozen=True, slots=True)
class OnCall:
    """`who is on call for …`: whose turn it is now and next. Kind `oncall`."""

    words: str
    """The thing as it was asked for."""
    subject: Thing
    rotas: tuple[Rota, ...]
    """By name; none: no source tells of a policy."""
    via: str = ""
    """Whose policies they are: one of OWN, …; empty where there are none."""
    through: Thing | None = None
    """The thing that has them, where it is not the subject and just one."""
    reach: Reach | None = None
    """The owning team's channel; None: nobody owns it, or it is for a card, which has the owner's own."""
    matched: str = ""
    """As in `Found`."""
    place: Thing | None = None
    """The team in whose channel it was asked, where that alone says who is meant."""

    @property
    def covered(self) -> bool:
        """Whether anybody is on call now."""
        return any(each.first for each in self.rotas)


@dataclass(frozen=True, slots=True)
class Duty:
    """One person's turns by one policy."""

    rota: Rota
    """The policy, with this person's turns alone."""
    covers: tuple[Ref, ...]
    """The first of the things whose policy it is, in the order of their refs."""
    titles: tuple[str, ...]
    """What people call them, in the same order."""
    more: int = 0
    """How many further ones there are."""

    @property
    def now(self) -> bool:
        """Whether it is their turn at any level."""
        return self.rota.first is not None


@dataclass(frozen=True, slots=True)
class Duties:
    """`what is … on call for`: a person's turns, now and next. Kind `duties`."""

    words: str
    subject: Thing
    person: Person
    duties: tuple[Duty, ...]
    """Those of now first, then by when they begin; none: no plan names this person."""
    over: tuple[Freshness, ...] = ()
    """The sources of plans that named this person and have run out since."""
    matched: str = ""

    @property
    def now(self) -> tuple[Duty, ...]:
        """What they are on call for now."""
        return tuple(each for each in self.duties if each.now)
