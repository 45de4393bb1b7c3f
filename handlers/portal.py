"""What handlers need of the rest of idp, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from domain.answers import Answer, Asker, Found, HelpTopic, Spotted, Thing
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

    def spot(self, text: str, asker: Asker = ...) -> Spotted:
        """Answer who owns what a text speaks of: a message's links, names and stack traces."""
        ...

    def linked(self, url: str, asker: Asker = ...) -> Found | None:
        """Return the one thing that an address is known to lead to, with its owner; else None."""
        ...

    def offers(self, typed: str, asker: Asker = ...) -> tuple[tuple[str, Thing], ...]:
        """Return what may be meant by what is typed so far, the likeliest first, each with its handle."""
        ...

    def picked(self, handle: str, asker: Asker = ...) -> Answer:
        """Answer who owns what was picked from the offers."""
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
    unfurl: tuple[str, ...] = field(default=())
    """The domains whose links get a card, those below them included; none unless they are configured."""
