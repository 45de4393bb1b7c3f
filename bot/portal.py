"""The composition root: a catalog in, the wired portal out. Nothing else constructs an index."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType

from bot.settings import Settings
from bot.store import ready_catalog
from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain.clock import Clock, system_clock
from questions.asking import Questions


@dataclass(frozen=True, slots=True)
class Portal:
    """The parts that every surface works with; a context manager that closes the store."""

    settings: Settings
    catalog: Catalog
    index: LiveIndex
    questions: Questions
    clock: Clock

    def __enter__(self) -> Portal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.catalog.close()


def open_portal(settings: Settings, *, clock: Clock = system_clock) -> Portal:
    """Wire a portal on its catalog. Raises what `ready_catalog` raises."""
    catalog = ready_catalog(settings, clock=clock)
    index = LiveIndex(catalog)
    return Portal(settings, catalog, index, Questions(catalog, index, clock=clock), clock)
