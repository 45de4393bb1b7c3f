"""What handlers need of the rest of idp, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.answers import Answer, Asker, HelpTopic
from domain.clock import Clock


class Asked(Protocol):
    """Answers questions; `questions.asking.Questions` does."""

    def answer(self, words: str, asker: Asker = ...) -> Answer:
        """Answer any words at all, from memory: it is called before Slack has its acknowledgement."""
        ...

    def topics(self) -> tuple[HelpTopic, ...]:
        """Return what can be asked."""
        ...


class Claims(Protocol):
    """Remembers what was begun already; `catalog_store.catalog.Catalog` does."""

    def claim_once(self, key: str) -> bool:
        """Return True to the first who claims this key, in any process, and False from then on."""
        ...


@dataclass(frozen=True, slots=True)
class Portal:
    """The parts of idp that Slack talks to."""

    questions: Asked
    catalog: Claims
    clock: Clock
