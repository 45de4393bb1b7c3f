"""Tells whether a database's schema is the one that this code works with.

Reads Alembic's own table and needs no Alembic, whose import would cost every `idp ask` 0.1 s. Changes
nothing: `catalog_store.schema` upgrades.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from catalog_store.database import Database
from domain.errors import SchemaOutdated

REVISION = "0008"
"""The newest migration. Revisions are numbers of four digits, so that text tells the newer one."""

_UPGRADE = "Run `idp db upgrade`."


def check(database: Database) -> None:
    """Raise SchemaOutdated unless the schema is at REVISION."""
    found = current(database)
    if found == REVISION:
        return
    if found is None:
        raise SchemaOutdated(f"{database.place} holds no catalog yet", _UPGRADE)
    if found < REVISION:
        raise SchemaOutdated(f"{database.place} has schema {found}, and this idp needs {REVISION}", _UPGRADE)
    raise SchemaOutdated(
        f"{database.place} has schema {found}, which is newer than this idp's {REVISION}",
        "Run the newer idp that upgraded it, or restore a backup from before.",
    )


def current(database: Database) -> str | None:
    """Return the schema's revision; None where there is no schema, or no file (which stays so)."""
    if database.path is not None and not database.path.exists():
        return None
    with database.reading() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except (OperationalError, ProgrammingError) as error:
            if _is_missing_table(error):
                return None
            raise


def _is_missing_table(error: OperationalError | ProgrammingError) -> bool:
    undefined_table = "42P01"  # PostgreSQL's SQLSTATE
    return getattr(error.orig, "sqlstate", None) == undefined_table or "no such table" in str(error.orig)
