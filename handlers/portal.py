"""What handlers need of the rest of idp, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from domain.answers import Answer, Asker, Found, HelpTopic, Spotted, Thing
from domain.clock import Clock
from domain.entities import Channel
from domain.home import Home
from domain.syncs import Done, Intended, Outcome
from domain.visibility import Reader


class Told(Protocol):
    """Tells readers apart; `questions.readers.Readers` does."""

    @property
    def guests(self) -> bool:
        """Whether the workspace is known to have guests."""
        ...

    @property
    def hiding(self) -> bool:
        """Whether anything is hidden from anybody who may be in a channel."""
        ...

    def of(self, asker: Asker) -> Reader:
        """Return how far an asker may see."""
        ...

    def least(self, slack_user_ids: Iterable[str]) -> Reader:
        """Return what all of these people may see."""
        ...

    def alike(self, one: Reader, other: Reader) -> bool:
        """Tell whether two readers see the same of everything."""
        ...


class Asked(Protocol):
    """Answers questions; `questions.asking.Questions` does."""

    @property
    def readers(self) -> Told:
        """Who may see what."""
        ...

    def answer(self, words: str, asker: Asker = ...) -> Answer:
        """Answer any words at all, from memory: it is called before Slack has its acknowledgement."""
        ...

    def topics(self) -> tuple[HelpTopic, ...]:
        """Return what can be asked."""
        ...

    def home(self, asker: Asker = ...) -> Home:
        """Return what the asker's Home shows."""
        ...

    def starters(self, asker: Asker = ...) -> tuple[str, ...]:
        """Return at most four questions to begin with."""
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
    """Remembers what was begun already, and channels; `catalog_store.catalog.Catalog` does."""

    def channel(self, text: str) -> Channel | None:
        """Return the channel of an id or a name; None when none is known."""
        ...

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
