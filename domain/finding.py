"""What `find …` comes to: whatever the words lead to, each row with what led there."""

from __future__ import annotations

from dataclasses import dataclass

from domain.things import Thing


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that the words lead to."""

    thing: Thing
    by: str
    """By what: `name`, `title`, `alias`, `prefix`, `words`, `operation`, `facets`, `docs` or `typo`."""
    said: str = ""
    """What it was found by, for a person, where `by` does not say it all: `tag pci, owner Payments`."""


@dataclass(frozen=True, slots=True)
class Search:
    """`find …`: one page of what was found, the likeliest first. Kind `search`."""

    words: str
    """What was looked for."""
    hits: tuple[Hit, ...]
    total: int
    page: int = 1
    pages: int = 1
    ask: str = ""
    """The words that ask this again, without a page."""
    more: bool = False
    """Whether there may be more than `total`: of very many operations not all are looked at."""
