"""The index that questions read now, exchanged for a newer one when the catalog's version moves.

Watches nothing by itself: whoever applies changes, or a clock, calls `refresh`.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Protocol

from catalog_store.search.index import CatalogIndex
from domain.entities import Entity


class Readable(Protocol):
    """What an index is built from; `Catalog` is one."""

    def version(self) -> int:
        """Return the number of the latest change set."""
        ...

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        """Return all entities, streamed."""
        ...


class LiveIndex:
    """Safe for any number of threads; a reader waits for the very first build and never again."""

    def __init__(self, catalog: Readable) -> None:
        self._catalog = catalog
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
        """Build anew when the catalog has moved on; True when the snapshot was exchanged.

        Returns False at once while another thread builds. Raises StoreError, and keeps the old snapshot.
        """
        current = self._current
        if current is not None and current.version == self._catalog.version():
            return False
        if not self._building.acquire(blocking=False):
            return False
        try:
            if self._current is not None and self._current.version == self._catalog.version():
                return False
            self._current = self._build()
            return True
        finally:
            self._building.release()

    def _build(self) -> CatalogIndex:
        # The version is read first: what is applied meanwhile makes the snapshot newer than it says, and
        # the next refresh builds once too often instead of never.
        version = self._catalog.version()
        return CatalogIndex.build(self._catalog.entities(), version)
