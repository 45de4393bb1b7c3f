"""Opens a portal's catalog for use: its database there and upgraded, its own catalog files read once.

So that the first question on a fresh folder is answered, and no step stands between cloning and asking.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Literal

from bot.precedence import EVERY_FIELD
from bot.settings import Settings
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.trust import Precedence
from domain.clock import Clock, system_clock
from domain.errors import SchemaOutdated
from integrations.files.source import FilesSource
from workflows.importing import ImportReport, import_files

Fill = Literal["never", "when empty", "always"]
"""When the portal's own catalog files are read on opening."""


def database_url(settings: Settings) -> str:
    """Return where the catalog is kept: `IDP_DATABASE_URL`, else a SQLite file in the data folder."""
    given = settings.environment.idp_database_url
    return given.get_secret_value() if given else sqlite_url(settings.data)


def ready_catalog(
    settings: Settings,
    *,
    fill: Fill = "when empty",
    told: Callable[[ImportReport], None] = lambda _report: None,
    clock: Clock = system_clock,
    restitch: bool = False,
) -> Catalog:
    """Return the open catalog, filled from the portal's own files as `fill` says; `told` hears what came.

    `restitch` says to stitch everything anew where `precedence` in idp.yaml is another than the last time.

    A SQLite file in the data folder is created and upgraded on the way. A database that the company runs
    (`IDP_DATABASE_URL`) never is: that is `idp db upgrade`, and until then SchemaOutdated says so. Raises
    StoreUnavailable when the database does not answer.
    """
    try:
        catalog = _open(settings, clock)
    except SchemaOutdated:
        if settings.environment.idp_database_url:
            raise
        # Alembic takes 0.3 s to import, and only the first use of a folder needs it.
        importlib.import_module("catalog_store.schema").upgrade(database_url(settings))
        catalog = _open(settings, clock)
    if restitch:
        catalog.restitch()
    wanted = fill == "always" or (fill == "when empty" and catalog.version() == 0)
    if wanted and settings.catalog_paths:
        source = FilesSource(settings.catalog_paths, clock=clock)
        told(import_files(catalog, source, actor="portal files", fields=settings.file.fields))
    return catalog


def _open(settings: Settings, clock: Clock) -> Catalog:
    """Open the database as it is, with the precedence that the company gives before the usual one."""
    trust = settings.file.precedence
    fields = {name: first for name, first in trust.items() if name != EVERY_FIELD}
    precedence = Precedence.preferring(trust.get(EVERY_FIELD, ()), fields)
    return Catalog.open(database_url(settings), clock=clock, precedence=precedence)
