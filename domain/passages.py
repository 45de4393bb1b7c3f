"""What questions on documentation come to: passages that answer, and the pages that there are.

Values only. All times are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.refs import Ref
from domain.things import Owner, Thing

Having = Literal["some", "all", "headings"]
"""What a passage must have of the words that are looked for: all of them if there is such a passage, else
some; all of them; or all of them in its headings."""
FENCE = "```"
"""Begins and ends a block of code in a passage, on a line of its own."""
OLD = timedelta(hours=26)
"""From when on an answer says first how long ago a page was read: a day, and the time until the next look."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of documentation of one thing."""

    ref: Ref
    """The thing."""
    source: str
    """The claimant that saw it."""
    path: str
    """From the repository's top."""
    title: str
    url: str
    """Where a person can read it; empty where nobody knows."""
    seen_at: datetime
    """When its text was last seen to be so."""
    readme: bool = False
    runbook: bool = False
    """Whether it tells what to do when something is wrong."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one section of a page says, or a part of that."""

    page: Page
    headings: tuple[str, ...]
    """The headings above it, the outermost first; the page's title is not among them."""
    anchor: str
    """Of its section; empty: the page's beginning."""
    text: str
    """Without markup; code between lines of three backquotes, names in code between single ones."""

    @property
    def heading(self) -> str:
        """What it is called: its innermost heading, else the page's title."""
        return self.headings[-1] if self.headings else self.page.title

    @property
    def url(self) -> str:
        """Where a person can read it; empty where nobody knows."""
        return f"{self.page.url}#{self.anchor}" if self.page.url and self.anchor else self.page.url


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """What the store found for some words."""

    passages: tuple[Passage, ...]
    """The best first, each section's text once."""
    loosely: bool = False
    """Whether no passage has all of the words, so that these have some."""


NOTHING = FoundPassages(())


@dataclass(frozen=True, slots=True)
class PassageHit:
    """One passage that answers, and whose it is."""

    passage: Passage
    thing: Thing


@dataclass(frozen=True, slots=True)
class Passages:
    """`docs payments rotate keys`: what the documentation says. Kind `passages`."""

    words: str
    """What was looked for, without the thing's name."""
    terms: tuple[str, ...]
    """The words that were looked for, as they are compared: to show the part of a passage that has them."""
    hits: tuple[PassageHit, ...]
    """The best first."""
    subject: Thing | None = None
    """The thing that was named; None: all documentation was searched."""
    loosely: bool = False
    """As in `FoundPassages`."""
    elsewhere: bool = False
    """Whether nothing was found in the subject's own documentation, so that these are of other things."""
    pages: tuple[Page, ...] = ()
    """Where nothing was found: the pages that the subject has."""
    owner: Owner | None = None
    """Whom to ask: who answers for the subject, else for what was found first."""

    @property
    def answered(self) -> bool:
        """Whether anything was found where it was looked for."""
        return bool(self.hits) and not self.elsewhere


@dataclass(frozen=True, slots=True)
class Shelf:
    """`docs for payments`: the pages that a thing has. Kind `shelf`."""

    words: str
    subject: Thing
    pages: tuple[Page, ...]
    """In the order of the site's navigation, the README first; of one kind alone where that was asked for."""
    wanted: str = ""
    """`runbook` or `readme` where just these were asked for."""
    others: tuple[Page, ...] = ()
    """Where there is none of that kind: the pages that there are."""
    owner: Owner | None = None
    """Whom to ask; None: nobody answers for it."""
    matched: str = ""
    """As in `Found`."""

    @property
    def answered(self) -> bool:
        """Whether there is any such page."""
        return bool(self.pages)
