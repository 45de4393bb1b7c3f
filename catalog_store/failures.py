"""Translates what the database's driver raises into the StoreError tree, with what to do next.

Only failures of the outside (a server down, a lock, a full disk) become a StoreError; a constraint that
breaks or wrong SQL is a defect and passes through. Words never hold a URL, so never its password.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from domain.errors import StoreError, StoreUnavailable

_SQLITE = {
    "SQLITE_BUSY": ("stayed locked by another process", "Wait until the other idp is done, then try again."),
    "SQLITE_LOCKED": (
        "stayed locked by another process",
        "Wait until the other idp is done, then try again.",
    ),
    "SQLITE_NOTADB": ("is not an SQLite database", "Name another file, or move this one out of the way."),
    "SQLITE_CORRUPT": ("is damaged", "Restore it from a backup, or move it away and import again."),
    "SQLITE_READONLY": ("cannot be written to", "Make the file and its folder writable for this user."),
    "SQLITE_CANTOPEN": ("cannot be opened", "Check that the folder exists and this user may write to it."),
    "SQLITE_FULL": ("does not fit on the disk", "Make room on the disk, then try again."),
    "SQLITE_IOERR": ("cannot be read or written", "Check the disk that it is on."),
}
"""SQLite's primary result codes (https://sqlite.org/rescode.html) that are no fault of ours."""

_LOCK_TIMEOUT = "55P03"
"""PostgreSQL's SQLSTATE lock_not_available, what lock_timeout ends in."""


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Raise StoreUnavailable, naming the database as `place`, for what the driver raises inside."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreUnavailable(
            f"{place} is busy: no connection became free in time", "Try again; if it stays so, restart idp."
        ) from error
    except exc.DBAPIError as error:
        foreseen = _foreseen(place, error)
        if foreseen is None:
            raise
        raise foreseen from error


def _foreseen(place: str, error: exc.DBAPIError) -> StoreError | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        for code, (problem, hint) in _SQLITE.items():
            if name == code or name.startswith(f"{code}_"):
                return StoreUnavailable(f"{place} {problem}", hint)
        return None
    if getattr(error.orig, "sqlstate", None) == _LOCK_TIMEOUT:
        return StoreUnavailable(f"{place} {_SQLITE['SQLITE_BUSY'][0]}", _SQLITE["SQLITE_BUSY"][1])
    if isinstance(error, exc.OperationalError | exc.InterfaceError) or error.connection_invalidated:
        return StoreUnavailable(
            f"{place} does not answer: {_first_line(error.orig)}",
            "Check that the server runs, and the host, user, password and database in IDP_DATABASE_URL.",
        )
    return None


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given")
