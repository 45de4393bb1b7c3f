"""The composition root: settings in, the wired portal out. Nothing else constructs a store or an index."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType

from bot.settings import Settings
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
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


def database_url(settings: Settings) -> str:
    """Return where the catalog is kept: `IDP_DATABASE_URL`, else a SQLite file in the data folder."""
    given = settings.environment.idp_database_url
    return given.get_secret_value() if given else sqlite_url(settings.data)


def open_portal(settings: Settings, *, clock: Clock = system_clock) -> Portal:
    """Wire a portal on a database that is there already.

    Raises StoreError when there is none, it does not answer, or its schema is another version's.
    """
    catalog = Catalog.open(database_url(settings), clock=clock)
    index = LiveIndex(catalog)
    return Portal(settings, catalog, index, Questions(catalog, index, clock=clock), clock)
