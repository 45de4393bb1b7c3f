"""Creates and upgrades the schema, by Alembic alone.

Two that upgrade at once wait for each other, and an upgrade that dies midway has changed nothing.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from catalog_store.database import Database, sqlite_url
from catalog_store.revision import REVISION, check, current
from domain.errors import SchemaOutdated, StoreUnavailable

__all__ = ["alembic_config", "sqlite_url", "upgrade"]

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> tuple[str, str]:
    """Bring the database to the newest schema, creating an SQLite file and its folder where there is none.

    Returns the revision before (empty for a new database) and after. Raises StoreUnavailable when the
    database cannot be reached or written, SchemaOutdated when a newer idp upgraded it,
    BadConfiguration when the URL is none of ours.
    """
    # A batch migration on SQLite replaces tables, which with foreign keys on would empty those that refer.
    database = Database(url, foreign_keys=False)
    try:
        if database.path is not None:
            _make_folder(database.path.parent)
        before = current(database) or ""
        if before > REVISION:
            check(database)
        with database.writing() as connection:
            command.upgrade(alembic_config(connection), "head")
            if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise SchemaOutdated(f"upgrading {database.place} would break its references", "Report this.")
        return before, current(database) or ""
    finally:
        database.close()


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for one connection, the same from a checkout and a wheel."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"the folder {folder} cannot be made: {error.strerror}",
            "Choose a folder that this user may write to.",
        ) from error
