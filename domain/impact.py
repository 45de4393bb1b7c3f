"""Answers on what leans on what: who would feel it if a thing failed, and whether one thing needs another."""

from __future__ import annotations

from dataclasses import dataclass

from domain.entities import Fact
from domain.things import Owner, Thing


@dataclass(frozen=True, slots=True)
class Felt:
    """One thing that would feel it."""

    thing: Thing
    distance: int
    """Steps from what was asked about; 1: it depends on it directly, or on a part or an API of it."""
    through: Thing | None
    """What it depends on, one step nearer; None: the very thing that was asked about."""


@dataclass(frozen=True, slots=True)
class Warned:
    """The things of one owner, or of nobody: all that a page shows of them."""

    owner: Owner | None
    """None: nobody answers for these."""
    rows: tuple[Felt, ...]
    total: int
    """How many of the owner's things would feel it in all; `rows` may be fewer."""


@dataclass(frozen=True, slots=True)
class Impact:
    """`impact of …`: everything that depends on a thing, by owner, worst tier first. Kind `impact`."""

    words: str
    subject: Thing
    groups: tuple[Warned, ...]
    """One page of the things."""
    warn: tuple[Warned, ...]
    """The first owners to warn, each without rows; on the first page alone."""
    total: int
    owners: int
    """How many teams and people answer for them."""
    orphans: int = 0
    """How many of them nobody answers for."""
    worst: str = ""
    """The most critical tier among them; empty where none has a tier."""
    worst_total: int = 0
    """How many are of that tier."""
    direct: int = 0
    """How many depend on it directly."""
    parts: int = 0
    """How many parts of it were counted as failing with it."""
    matched: str = ""
    """As in `Found`."""
    whole: bool = True
    """False: there is more, further away than anybody looked."""
    page: int = 1
    pages: int = 1
    ask: str = ""
    """The words that ask this again, without a page."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from a thing to one that it depends on."""

    here: Thing
    there: Thing
    relation: str
    """`dependsOn`, `consumesApi`, `apiProvidedBy`, `hasPart` (it is a part of `here` that depends), or
    `partOf` (it is a part of the thing that is needed)."""
    facts: tuple[Fact, ...] = ()
    """Who says so; none when the store cannot be reached."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """`does … depend on …`: yes with the shortest way, or no. Kind `dependence`."""

    words: str
    one: Thing
    other: Thing
    steps: tuple[Step, ...]
    """The shortest way from one to the other; none: it does not depend on it, as far as is known."""
    backwards: int = 0
    """Where it does not: in how many steps the other depends on the one; 0: it does not either."""

    @property
    def holds(self) -> bool:
        """Whether the one depends on the other."""
        return bool(self.steps)
