"""Keys that exactly one caller gets, whatever the number of threads and processes.

One statement each, atomic by itself: nobody waits in a transaction. A key longer than an index takes
(some 2,000 bytes) is the caller's defect.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, text

from catalog_store.tables import OnceRow, UtcTime, table_of

ONCE = table_of(OnceRow)

_CLAIM = text("INSERT INTO once (key, at) VALUES (:key, :at) ON CONFLICT DO NOTHING").bindparams(
    bindparam("at", type_=UtcTime())
)


def claim(connection: Connection, key: str, at: datetime) -> bool:
    """Insert the key or lose."""
    return connection.execute(_CLAIM, {"key": key, "at": at}).rowcount == 1


def forget(connection: Connection, before: datetime) -> int:
    """Delete the keys that were claimed before a time; return how many."""
    return connection.execute(delete(ONCE).where(ONCE.c.at < before)).rowcount
