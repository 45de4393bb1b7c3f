"""Keeps what was read of the catalog until somebody writes to it, in whatever process.

What many ask for at once, as in an incident, is read once. Nothing of it is ever out of date: how often the
catalog was written to is read each time, which is a tenth of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from catalog_store.planning import writes

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 1_000
"""Things that are kept at once: some 10 MB of records."""


class Kept(Generic[Key, Value]):
    """Values by key, and the keys that have none; safe for any number of threads."""

    def __init__(self, read: Callable[[Connection, list[Key]], Mapping[Key, Value]]) -> None:
        self._read = read
        self._written = -1
        self._values: dict[Key, Value | None] = {}
        self._lock = Lock()

    def of(self, connection: Connection, keys: Iterable[Key]) -> dict[Key, Value]:
        """Return the values of those keys that have one, in the order given."""
        wanted = dict.fromkeys(keys)
        # The count first: what is written meanwhile makes a value newer than it is taken for, never older.
        written = writes(connection)
        with self._lock:
            if written != self._written:
                self._values, self._written = {}, written
            found = {key: self._values[key] for key in wanted if key in self._values}
        if missing := [key for key in wanted if key not in found]:
            read = self._read(connection, missing)
            fresh = {key: read.get(key) for key in missing}
            self._keep(fresh, written)
            found |= fresh
        return {key: value for key in wanted if (value := found[key]) is not None}

    def _keep(self, fresh: Mapping[Key, Value | None], written: int) -> None:
        with self._lock:
            if written == self._written and len(fresh) <= MOST:
                if len(self._values) + len(fresh) > MOST:
                    self._values = {}
                self._values.update(fresh)
