"""Counts the words that found no answer. Bounded: the rarest go first, and all are forgotten in time.

No part of the catalog's history: it says what people lack, and not who asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from catalog_store.tables import table_of
from catalog_store.unanswered_tables import UnansweredRow
from domain.gaps import Unanswered

UNANSWERED = table_of(UnansweredRow)
MOST = 5_000
"""How many different words are kept."""
KEPT = timedelta(days=90)
"""How long words are kept that nobody asks again."""


def add(connection: Connection, counts: Mapping[str, int], at: datetime) -> None:
    """Count words as asked so often more."""
    for words, count in sorted(counts.items()):
        row = UNANSWERED.c.words == words
        more = {"count": UNANSWERED.c.count + count, "last_at": at}
        if not connection.execute(update(UNANSWERED).where(row).values(more)).rowcount:
            connection.execute(insert(UNANSWERED).values(words=words, count=count, last_at=at))
    connection.execute(delete(UNANSWERED).where(UNANSWERED.c.last_at < at - KEPT))
    kept = connection.execute(select(func.count()).select_from(UNANSWERED)).scalar_one()
    if kept > MOST:
        rarest = select(UNANSWERED.c.words).order_by(UNANSWERED.c.count, UNANSWERED.c.last_at)
        gone = connection.execute(rarest.limit(kept - MOST)).scalars().all()
        connection.execute(delete(UNANSWERED).where(UNANSWERED.c.words.in_(gone)))


def most_asked(connection: Connection, limit: int) -> tuple[Unanswered, ...]:
    """Return the words that were asked most, then those asked last."""
    rows = connection.execute(
        select(UNANSWERED.c.words, UNANSWERED.c.count, UNANSWERED.c.last_at)
        .order_by(UNANSWERED.c.count.desc(), UNANSWERED.c.last_at.desc(), UNANSWERED.c.words)
        .limit(limit)
    )
    return tuple(Unanswered(*row) for row in rows)
