"""The schema: made by Alembic alone, the same as the tables declare, and checked on opening."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from catalog_store.catalog import Catalog
from catalog_store.database import Database, sqlite_url
from catalog_store.passage_tables import KEPT_BY_DATABASE
from catalog_store.revision import REVISION
from catalog_store.schema import MIGRATIONS, alembic_config, upgrade
from catalog_store.tables import Row
from domain.errors import SchemaOutdated
from tests.databases import Backend


def run(url: str, statement: str) -> None:
    database = Database(url)
    with database.reading() as connection:
        connection.execute(text(statement))
    database.close()


def test_code_expects_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [REVISION]


def test_upgrade_says_from_where_to_where(backend: Backend) -> None:
    url = backend.empty()
    assert upgrade(url) == ("", REVISION)
    assert upgrade(url) == (REVISION, REVISION)


def test_upgraded_schema_is_what_the_tables_declare(backend: Backend) -> None:
    database = Database(backend.migrated())
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_object": is_declared},
        )
        assert compare_metadata(context, Row.metadata) == []
    database.close()


def is_declared(_item: object, name: str | None, _kind: str, reflected: bool, _compare_to: object) -> bool:
    """Leave out what one of the databases alone has, and keeps by itself: see `passage_tables`."""
    made = (name or "").removeprefix("ix_")
    return not (reflected and made.startswith(KEPT_BY_DATABASE))


def test_what_is_searched_is_there_though_no_table_declares_it(backend: Backend) -> None:
    database = Database(backend.migrated())
    with database.reading() as connection:
        found = inspect(connection)
        if database.is_sqlite:
            kept = {each for each in found.get_table_names() if each.startswith(KEPT_BY_DATABASE)}
            beside = ("", "_data", "_idx", "_docsize", "_config")
            assert kept == {f"{name}{each}" for name in KEPT_BY_DATABASE for each in beside}
            made = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            triggers = {f"{name}_{each}" for name in KEPT_BY_DATABASE for each in ("added", "removed")}
            assert set(connection.execute(text(made)).scalars()) == triggers
        else:
            columns = {each["name"] for each in found.get_columns("passage")}
            indexes = {each["name"] for each in found.get_indexes("passage")}
            assert set(KEPT_BY_DATABASE) <= columns
            assert {f"ix_{each}" for each in KEPT_BY_DATABASE} <= indexes
    database.close()


def test_downgrade_leaves_nothing_and_upgrade_brings_it_back(backend: Backend) -> None:
    url = backend.empty()
    upgrade(url)
    database = Database(url)
    with database.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
    database.close()
    with pytest.raises(SchemaOutdated):
        Catalog.open(url)

    assert upgrade(url) == ("", REVISION)
    with Catalog.open(url) as catalog:
        assert catalog.version() == 0


def test_two_that_upgrade_at_once_wait_for_each_other(backend: Backend) -> None:
    url = backend.empty()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(upgrade, [url, url]))
    assert {after for _, after in results} == {REVISION}
    with Catalog.open(url) as catalog:
        assert catalog.version() == 0


def test_database_without_schema_is_told_how_to_get_one(backend: Backend) -> None:
    url = backend.empty()
    with pytest.raises(SchemaOutdated, match="holds no catalog yet") as caught:
        Catalog.open(url)
    assert "idp db upgrade" in caught.value.hint


def test_opening_creates_no_file(tmp_path: Path) -> None:
    with pytest.raises(SchemaOutdated):
        Catalog.open(sqlite_url(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("found", "problem", "hint"),
    [("0000", f"needs {REVISION}", "idp db upgrade"), ("9999", "newer", "newer idp")],
)
def test_other_schema_is_refused(backend: Backend, found: str, problem: str, hint: str) -> None:
    url = backend.empty()
    upgrade(url)
    run(url, f"UPDATE alembic_version SET version_num = '{found}'")  # noqa: S608 -- a number of ours
    with pytest.raises(SchemaOutdated, match=problem) as caught:
        Catalog.open(url)
    assert hint in caught.value.hint
    assert found in str(caught.value)


def test_a_newer_schema_is_not_upgraded(backend: Backend) -> None:
    url = backend.empty()
    upgrade(url)
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutdated, match="newer"):
        upgrade(url)


def test_folder_with_odd_characters(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "a b?c#d%20é" / "data")
    upgrade(url)
    with Catalog.open(url) as catalog:
        assert catalog.claim_once("a")
    assert (tmp_path / "a b?c#d%20é" / "data" / "catalog.db").exists()


def test_sqlite_is_set_up_for_many_readers_and_one_writer(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    upgrade(url)
    database = Database(url, patience=3.0)
    pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}
    database.close()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 3000}


def test_opening_a_catalog_does_not_import_alembic() -> None:
    program = "import catalog_store.catalog, sys; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 -- this Python
