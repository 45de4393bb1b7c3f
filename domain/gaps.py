"""What `gaps` comes to: what the catalog lacks, and what it was asked and could not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.apis import Broken
from domain.things import Thing


@dataclass(frozen=True, slots=True)
class Gap:
    """Things that lack the same."""

    what: str
    """In words for people: `Nobody owns them`."""
    total: int
    first: tuple[Thing, ...]
    """The most critical of them."""
    ask: str = ""
    """The words that list them all; empty where no question does."""
    broken: tuple[Broken, ...] = ()
    """Of broken descriptions: where and why those of the first are."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Words that found no answer."""

    words: str
    """Lower case, without courtesies and without whoever was mentioned."""
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Gaps:
    """`gaps`: what is missing in the whole catalog, or in what a team or person owns. Kind `gaps`."""

    words: str
    subject: Thing | None
    """Whose gaps; None: everybody's."""
    gaps: tuple[Gap, ...]
    unanswered: tuple[Unanswered, ...] = ()
    """The most asked first; none for a team or a person."""
    place: Thing | None = None
    """The team in whose channel it was asked, where that alone says whose gaps are meant."""

    @property
    def total(self) -> int:
        """How many gaps there are; a thing that lacks two things counts twice."""
        return sum(each.total for each in self.gaps)
