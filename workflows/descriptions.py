"""After a look or an import: the descriptions of APIs that are new or other than before are read.

Safe to repeat, and to run in several processes: what is read already is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from catalog_store.describing import Waiting
from domain.apis import Description
from workflows.describing.reading import describe
from workflows.sync_report import SyncReport

AT_ONCE = 20
"""Texts that are read between two writes."""


class Shelf(Protocol):
    """Where texts wait and what they say is kept: `catalog_store.catalog.Catalog`."""

    def undescribed(self, limit: int) -> list[Waiting]:
        """Return texts that were not read since they changed."""
        ...

    def describe(self, read: Sequence[tuple[Waiting, Description | None]]) -> None:
        """Keep what texts were found to say."""
        ...


def read_descriptions(shelf: Shelf) -> int:
    """Read all that waits; return how many texts that was. Raises StoreError."""
    done: set[tuple[int, str]] = set()
    while fresh := [each for each in shelf.undescribed(AT_ONCE) if (each.id, each.digest) not in done]:
        shelf.describe([(each, describe(each.text, each.path, each.type)) for each in fresh])
        done.update((each.id, each.digest) for each in fresh)
    return len(done)


class Describing:
    """Called with what each look came to: reads what waits, then does what else follows a look."""

    def __init__(self, shelf: Shelf, then: Callable[[SyncReport], object]) -> None:
        self._shelf, self._then = shelf, then

    def __call__(self, report: SyncReport) -> None:
        """Read what waits, whatever this look came to. Raises StoreError."""
        read_descriptions(self._shelf)
        self._then(report)
