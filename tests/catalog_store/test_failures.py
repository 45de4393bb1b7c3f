"""What a person reads when the database cannot be had, and that no password is in it."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from catalog_store.database import Database, sqlite_url
from catalog_store.schema import upgrade
from catalog_store.trust import Precedence
from domain.entities import Claim, Snapshot
from domain.errors import BadConfiguration, BadInput, IdpError, StoreUnavailable
from domain.refs import Ref
from tests.catalog_store.test_apply import MONDAY
from tests.databases import Backend, Postgres
from tests.postgres_server import PostgresServer

SECRET = "s3cret-pass"


def refused(url: str, error_type: type[IdpError] = StoreUnavailable) -> IdpError:
    """Return the error that both opening and upgrading end in."""
    with pytest.raises(error_type) as upgrading:
        upgrade(url)
    with pytest.raises(error_type) as opening:
        Catalog.open(url)
    assert str(upgrading.value) == str(opening.value)
    error = opening.value
    assert error.hint
    assert "\n" not in f"{error}{error.hint}"
    assert SECRET not in f"{error}{error.hint}"
    return error


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"not a url {SECRET}", "cannot be read"),
        (f"postgresql://ana:{SECRET}@host:port/db", "cannot be read"),
        (f"mysql://ana:{SECRET}@host/db", "not in 'mysql'"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("", "cannot be read"),
    ],
)
def test_url_that_is_none_of_ours(url: str, problem: str) -> None:
    assert problem in str(refused(url, BadConfiguration))


@pytest.mark.postgres
@pytest.mark.parametrize("query", ["", f"?password={SECRET}&application_name=idp"])
def test_unreachable_server_is_named_without_its_password(query: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        # Bound and not listening: the connection is refused at once, and nobody else gets the port.
        error = refused(f"postgresql://ana:{SECRET}@127.0.0.1:{port}/portal{query}")
    assert f"portal on 127.0.0.1:{port} does not answer" in str(error)


@pytest.mark.postgres
def test_unknown_database_is_said(postgres_server: PostgresServer) -> None:
    assert 'database "nowhere" does not exist' in str(refused(postgres_server.url("nowhere")))


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_text("name,owner\n" * 100)
    assert "is not an SQLite database" in str(refused(sqlite_url(tmp_path)))
    assert (tmp_path / "catalog.db").read_text() == "name,owner\n" * 100


def test_folder_where_there_can_be_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot be made") as caught:
        upgrade(sqlite_url(tmp_path / "file" / "data"))
    assert caught.value.hint


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").mkdir()
    assert "cannot be opened" in str(refused(sqlite_url(tmp_path)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreUnavailable, match="cannot be opened"):
            upgrade(sqlite_url(tmp_path))
    finally:
        tmp_path.chmod(0o700)


def test_read_only_database_can_be_read_and_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    upgrade(url)
    # Immutable is what a read-only medium is to SQLite; it works for root too.
    with Catalog(
        Database(f"sqlite:///file:{tmp_path}/catalog.db?mode=ro&uri=true"), lambda: MONDAY, Precedence()
    ) as catalog:
        assert catalog.version() == 0
        with pytest.raises(StoreUnavailable, match="cannot be written to"):
            catalog.claim_once("a")


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the writer's lock as another process would."""
    database = Database(url)
    try:
        with database.writing():
            yield
    finally:
        database.close()


def test_writer_that_does_not_finish_is_waited_for_only_so_long(backend: Backend) -> None:
    url = backend.migrated()
    snapshot = Snapshot("csv", MONDAY, (Claim(Ref("api", "default", "x"), "x", "API", {}),))
    with Catalog.open(url, patience=0.2) as catalog:
        with locked(url):
            with pytest.raises(StoreUnavailable, match="locked by another") as caught:
                catalog.apply(snapshot, actor="ana")
            assert "try again" in caught.value.hint
            # Readers do not wait for a writer.
            assert catalog.version() == 0
            assert catalog.apply(snapshot, actor="ana", dry_run=True).counts["created"] == 1
        assert catalog.apply(snapshot, actor="ana").number == 1


@pytest.mark.postgres
def test_server_that_came_back_is_used_again(postgres: Postgres) -> None:
    """Connections that died in the pool are replaced without anybody noticing."""
    url = postgres.migrated()
    database = Database(url)
    with Catalog.open(url) as catalog, database.reading() as connection:
        assert catalog.version() == 0
        ended = connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        assert ended.scalars().all() == [True]
        assert catalog.version() == 0
    database.close()


def test_damaged_database(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    upgrade(url)
    path = tmp_path / "catalog.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    content = bytearray(path.read_bytes())
    content[100 : len(content) - 1] = b"\xff" * (len(content) - 101)
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="is damaged"):
        Catalog.open(url)


def test_a_ref_that_only_as_a_whole_is_too_long_is_refused(catalog: Catalog) -> None:
    ref = Ref("component", "n" * 1_500, "m" * 1_500)
    claim = Claim(ref, "m", "Component", {}, id="7")
    with pytest.raises(BadInput, match="more than 2000 bytes"):
        catalog.apply(Snapshot("csv", MONDAY, (claim,)), actor="test")
