"""Opens a portal's catalog for use: its database there and upgraded, its own catalog files read once.

So that the first question on a fresh folder is answered, and no step stands between cloning and asking.
"""

from __future__ import annotations

import importlib

from bot.settings import Settings
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from domain.clock import Clock, system_clock
from domain.errors import SchemaOutdated
from integrations.files.source import FilesSource
from workflows.importing import import_files


def database_url(settings: Settings) -> str:
    """Return where the catalog is kept: `IDP_DATABASE_URL`, else a SQLite file in the data folder."""
    given = settings.environment.idp_database_url
    return given.get_secret_value() if given else sqlite_url(settings.data)


def ready_catalog(settings: Settings, *, fill: bool = True, clock: Clock = system_clock) -> Catalog:
    """Return the open catalog; with `fill`, an empty one is filled from the portal's own files.

    A SQLite file in the data folder is created and upgraded on the way. A database that the company runs
    (`IDP_DATABASE_URL`) never is: that is `idp db upgrade`, and until then SchemaOutdated says so. Raises
    StoreUnavailable when the database does not answer.
    """
    try:
        catalog = Catalog.open(database_url(settings), clock=clock)
    except SchemaOutdated:
        if settings.environment.idp_database_url:
            raise
        # Alembic takes 0.3 s to import, and only the first use of a folder needs it.
        importlib.import_module("catalog_store.schema").upgrade(database_url(settings))
        catalog = Catalog.open(database_url(settings), clock=clock)
    if fill and settings.catalog_paths and catalog.version() == 0:
        import_files(catalog, FilesSource(settings.catalog_paths, clock=clock), actor="first use")
    return catalog
