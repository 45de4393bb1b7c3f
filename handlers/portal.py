"""What handlers need of the rest of idp, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from domain.answers import Answer, Asker, HelpTopic
from domain.clock import Clock
from domain.syncs import Done, Intended, Outcome


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


class Acts(Protocol):
    """Has things done for people who may; `workflows.actions.Actions` does."""

    def require(self, asker: Asker) -> str:
        """Return the name under which the asker acts. Raises Refused when they may not."""
        ...

    def carry_out(self, intended: Intended, asker: Asker, heard: Callable[[Outcome], None]) -> Done:
        """Do it, or begin it and tell `heard` in another thread. Raises Refused, BadInput."""
        ...


@dataclass(frozen=True, slots=True)
class Portal:
    """The parts of idp that Slack talks to."""

    questions: Asked
    catalog: Claims
    actions: Acts
    clock: Clock
