"""Opens a portal for use: its database there and upgraded, its own catalog files read once.

So that the first question on a fresh folder is answered, and no step stands between cloning and asking.
"""

from __future__ import annotations

import importlib

from bot.portal import Portal, database_url, open_portal
from bot.settings import Settings
from domain.errors import SchemaOutdated
from integrations.files.source import FilesSource
from workflows.importing import import_files


def ready_portal(settings: Settings, *, fill: bool = True) -> Portal:
    """Return the wired portal; with `fill`, an empty catalog is filled from the portal's own files.

    A SQLite file in the data folder is created and upgraded on the way. A database that the company runs
    (`IDP_DATABASE_URL`) never is: that is `idp db upgrade`, and until then SchemaOutdated says so.
    """
    try:
        portal = open_portal(settings)
    except SchemaOutdated:
        if settings.environment.idp_database_url:
            raise
        settings.data.mkdir(parents=True, exist_ok=True)
        # Alembic takes 0.4 s to import, and only the first use of a folder needs it.
        importlib.import_module("catalog_store.schema").upgrade(database_url(settings))
        portal = open_portal(settings)
    if fill and settings.catalog_paths and portal.catalog.version() == 0:
        import_files(
            portal.catalog, FilesSource(settings.catalog_paths, clock=portal.clock), actor="first use"
        )
    return portal
