"""The index that questions read now, exchanged for a newer one when the catalog's version moves.

A small change set is laid over what was built; many build it anew.

Watches nothing by itself: whoever applies changes, or a clock, calls `refresh`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

from catalog_store.search.index import CatalogIndex
from domain.changes import Since
from domain.entities import Entity
from domain.refs import Ref

MOST_PATCHED = 2_000
"""How many changed entities are laid over what was built whole, and at most a fifth of all. Past that an
index answers slower, and to build it anew is not much more work."""


class Readable(Protocol):
    """What an index is built from; `Catalog` is one."""

    def version(self) -> int:
        """Return the number of the latest change set."""
        ...

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        """Return all entities, streamed."""
        ...

    def entities_of(self, refs: Sequence[Ref]) -> Iterable[Entity]:
        """Return those of the entities that there are."""
        ...

    def changed_since(self, version: int, most: int) -> Since | None:
        """Return what became of the entities since a version; None: more than `most`, or nobody knows."""
        ...


class LiveIndex:
    """Safe for any number of threads; a reader waits for the very first build and never again."""

    def __init__(self, catalog: Readable, *, most: int = MOST_PATCHED) -> None:
        """`most` is how many changed entities are laid over what was built whole before it is built anew."""
        self._catalog = catalog
        self._most = most
        self._building = Lock()
        self._current: CatalogIndex | None = None

    @property
    def current(self) -> CatalogIndex:
        """The newest snapshot; built at first use. Raises StoreError when that first build cannot read."""
        current = self._current
        if current is None:
            with self._building:
                current = self._current or self._build()
                self._current = current
        return current

    def refresh(self) -> bool:
        """Follow the catalog when it has moved on; True when the snapshot was exchanged.

        Returns False at once while another thread does so. Raises StoreError, and keeps the old snapshot.
        """
        current = self._current
        if current is not None and current.version == self._catalog.version():
            return False
        if not self._building.acquire(blocking=False):
            return False
        try:
            current = self._current
            if current is not None and current.version == self._catalog.version():
                return False
            self._current = (None if current is None else self._patched(current)) or self._build()
            return True
        finally:
            self._building.release()

    def _patched(self, current: CatalogIndex) -> CatalogIndex | None:
        most = min(self._most, current.size // 5)
        changed = self._catalog.changed_since(current.version, most)
        return None if changed is None else current.patched(changed, self._catalog.entities_of, most)

    def _build(self) -> CatalogIndex:
        # The version is read first: what is applied meanwhile makes the snapshot newer than it says, and
        # the next refresh reads it once more than needed.
        version = self._catalog.version()
        with _collector_paused():
            return CatalogIndex.build(self._catalog.entities(), version)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the collector from walking a hundred thousand new objects again and again: none is in a cycle."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
