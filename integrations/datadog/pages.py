"""Reads Datadog's lists to their ends, each in its own way of paging.

A page that is no list is a failure, never the end; a page that comes twice is one, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.entities import Json
from domain.errors import OutsideFailure
from integrations.calling.client import Caller
from integrations.datadog.answers import Item, inner, items
from workflows.ports import Task

MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Way:
    """By which parameters a list goes on."""

    at: str
    size: str
    in_items: bool = False
    """Whether `at` counts items, and not pages; both begin with 0."""


NUMBERED = Way("page[number]", "page[size]")
OFFSET = Way("page[offset]", "page[limit]", in_items=True)
PLAIN = Way("page", "page_size")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list."""

    path: str
    what: str
    """What it lists, in words: `teams`."""
    way: Way
    size: int
    """How many to ask for at once: no more than Datadog documents."""
    promised: bool = True
    """Whether Datadog documents that so many come where there are as many: then a shorter page is the last.
    Where it does not, the last one is empty."""
    params: Mapping[str, str] = field(default_factory=dict)
    found: Callable[[Json], Json] = lambda value: inner(value).get("data", value)
    """Where an answer has its list."""


@dataclass(frozen=True, slots=True)
class Read:
    """A list, read to its end."""

    items: tuple[Item, ...]
    included: tuple[Item, ...] = ()
    """What the answers had under `included`."""
    broken: int = 0
    """How many of its items are nothing that has fields."""


class Reader:
    """Asks in one look, and tells how far it is."""

    def __init__(self, source: str, caller: Caller, task: Task) -> None:
        self._source = source
        self._caller = caller
        self._task = task

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> Json:
        """Return an answer's JSON. Raises as `Caller.get` does."""
        answer: Json = self._caller.get(path, params, stopped=self._task.stopped).value
        return answer

    def read(self, listing: Listing) -> Read:
        """Return a list whole. Raises OutsideFailure when it is none, or does not end."""
        found: list[Json] = []
        included: list[Item] = []
        before: list[Json] = []
        for number in range(MOST_PAGES):
            at = len(found) if listing.way.in_items else number
            asked: dict[str, str | int] = {listing.way.size: listing.size, listing.way.at: at}
            value = self.get(listing.path, {**listing.params, **asked})
            page = self._page(listing, value)
            if page and page == before:
                raise self._failure(listing, f"page {number} is the same as the one before")
            found += page
            included += items(inner(value).get("included"))
            self._task.progress(len(found), None, listing.what)
            if not page or (listing.promised and len(page) < listing.size):
                whole = items(found)
                return Read(whole, tuple(included), len(found) - len(whole))
            before = page
        raise self._failure(listing, f"there are more than {MOST_PAGES:,} pages")

    def _page(self, listing: Listing, value: Json) -> list[Json]:
        page = listing.found(value)
        if isinstance(page, list):
            return page
        raise self._failure(listing, "the answer holds no list")

    def _failure(self, listing: Listing, problem: str) -> OutsideFailure:
        return OutsideFailure(
            f"source {self._source}: Datadog's {listing.what} cannot be read: {problem}",
            "Check `url` and `site`; look again later.",
        )
