"""Lets tests read as conversations."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain.answers import Ambiguous, Answer, Asker, Found, Listing, Missing
from domain.entities import Claim
from domain.syncs import SourceStanding
from questions.asking import Questions
from tests.catalog_builder import knows

Expected = TypeVar("Expected", bound=Answer)
NOBODY = Asker()


class Conversation:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.index = LiveIndex(catalog)
        self.questions = Questions(catalog, self.index)

    def knows(self, *claims: Claim, source: str = "backstage") -> None:
        knows(self.catalog, *claims, source=source)
        self.index.refresh()

    def at(self, now: datetime, *standings: SourceStanding) -> Questions:
        """Return questions that are asked at a time, with sources that stand so."""
        return Questions(self.catalog, self.index, clock=lambda: now, sources=lambda **_: standings)

    def ask(self, words: str, asker: Asker = NOBODY) -> Answer:
        return self.questions.answer(words, asker)

    def expect(self, kind: type[Expected], words: str, asker: Asker = NOBODY) -> Expected:
        """Ask, and hold the answer to its kind."""
        answer = self.ask(words, asker)
        assert isinstance(answer, kind), f"{words!r} came to {answer}"
        return answer

    def found(self, words: str) -> tuple[str, str | None]:
        """Return what was found, and its owner, as short refs."""
        answer = self.expect(Found, words)
        return answer.entity.ref.short, answer.owner.ref.short if answer.owner else None


def rows(listing: Listing) -> list[str]:
    """Return the names of a page's things, in order."""
    return [thing.name for section in listing.sections for thing in section.rows]


def asks(answer: Ambiguous | Missing) -> list[str]:
    """Return what the buttons of a pick list or of suggestions ask."""
    return [each.ask for each in (answer.candidates if isinstance(answer, Ambiguous) else answer.suggestions)]
