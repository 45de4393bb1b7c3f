"""Opens a database by its URL and runs reads and writes on it, alike on SQLite and PostgreSQL.

Every connection is in autocommit: a read is one statement and holds nothing after it, a write begins and
ends its transaction here in the open. Knows no table and creates none.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exc, make_url

from catalog_store.failures import translated
from domain.errors import BadConfiguration, StoreUnavailable

PATIENCE = 10.0
"""How many seconds to wait for another writer, or for a free connection."""

CONNECT_TIMEOUT = 5
"""How many seconds a PostgreSQL server has to answer."""

WRITER_LOCK = 0x1D9_CA7A_106
"""The key of PostgreSQL's advisory lock that makes writers wait for each other."""


def sqlite_url(folder: Path) -> str:
    """Return the URL of the catalog in a portal's data folder."""
    return URL.create("sqlite", database=str(folder / "catalog.db")).render_as_string()


class Database:
    """A pool of connections to one database, safe to use from any number of threads."""

    def __init__(self, url: str, *, patience: float = PATIENCE, foreign_keys: bool = True) -> None:
        parsed = _parse(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        self.place = f"the database {self.path or _server(parsed)}"
        """What to call it in an error; holds no user and no password."""
        self._patience = patience
        self._foreign_keys = foreign_keys
        self._engine = self._sqlite(parsed) if self.is_sqlite else self._postgres(parsed)

    def close(self) -> None:
        """Close every connection; what is in use closes when it comes back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for statements that each stand alone."""
        with translated(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection of the only writer, in a transaction that takes all or nothing.

        Raises StoreUnavailable when another writer does not finish within the patience.
        """
        with self.reading() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("BEGIN")
            try:
                if not self.is_sqlite:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self._patience * 1000)}")
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                # Also for Ctrl-C: the connection goes back to the pool and must bring nothing along.
                connection.rollback()
                raise

    def _sqlite(self, url: URL) -> Engine:
        engine = self._engine_for(url, poolclass=QueuePool, connect_args={"timeout": self._patience})
        foreign_keys = "ON" if self._foreign_keys else "OFF"

        @event.listens_for(engine, "connect")
        def configure(connection: sqlite3.Connection, _record: object) -> None:
            _use_wal(connection, self._patience)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA foreign_keys = {foreign_keys}")

        return engine

    def _postgres(self, url: URL) -> Engine:
        # Pinged, because a server that was restarted leaves dead connections in the pool.
        return self._engine_for(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT})

    def _engine_for(self, url: URL, **settings: Any) -> Engine:
        try:
            # 8 connections stay open; 32 threads may each have one at once.
            return create_engine(
                url,
                isolation_level="AUTOCOMMIT",
                pool_size=8,
                max_overflow=24,
                pool_timeout=self._patience,
                **settings,
            )
        except ImportError as error:
            raise StoreUnavailable(
                "PostgreSQL needs the psycopg package, which is not installed",
                "pip install 'psycopg[binary]'",
            ) from error


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to write-ahead logging, unless it is on: the one statement that does not wait for a lock."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _parse(url: str) -> URL:
    """Read a URL; what is wrong with it is said without repeating it, for it may hold a password."""
    hint = "Write sqlite:///path/to/catalog.db or postgresql://user:password@host/database."
    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError):
        raise BadConfiguration("the database URL cannot be read", hint) from None
    scheme = parsed.get_backend_name()
    if scheme in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if scheme != "sqlite":
        raise BadConfiguration(f"idp keeps its catalog in SQLite or PostgreSQL, not in {scheme!r}", hint)
    if parsed.database in (None, "", ":memory:"):
        raise BadConfiguration("the database URL names no file; a catalog in memory would be forgotten", hint)
    return parsed.set(drivername="sqlite+pysqlite")


def _server(url: URL) -> str:
    """Return `database on host:port` of a PostgreSQL URL."""
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{url.database or 'postgres'} on {host}{port}"
