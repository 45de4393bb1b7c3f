"""Stitches the whole catalog anew when the company believes its sources in another order than before.

No claim moves: only which of them win, and so what entities say and are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from catalog_store import records
from catalog_store.moves import Plan
from catalog_store.planning import blank
from catalog_store.records import Stored
from catalog_store.settling import Settling
from catalog_store.source_tables import TrustRow
from catalog_store.tables import table_of
from catalog_store.trust import MEMORY, Precedence

TRUST = table_of(TrustRow)
ACTOR = "precedence"
"""Who is said to have made such a change set."""


def is_due(connection: Connection, precedence: Precedence) -> bool:
    """Whether the catalog was last stitched by another order of trust, or by one that nobody noted."""
    found: str | None = connection.execute(select(TRUST.c.digest)).scalar()
    return found != precedence.digest


def note(connection: Connection, precedence: Precedence) -> None:
    """Remember that the catalog is stitched by this order of trust."""
    connection.execute(delete(TRUST))
    connection.execute(insert(TRUST), {"id": 1, "digest": precedence.digest})


def restitch(connection: Connection, at: datetime, precedence: Precedence) -> Plan:
    """Plan to stitch every entity anew; one that comes out as it was has no part in the plan."""
    plan = blank(connection, MEMORY, at)
    Settling(connection, plan, precedence, {}, {}).restitch(_entities(connection))
    return plan


def _entities(connection: Connection) -> Iterator[Stored]:
    after = None
    while page := records.page_with_claims(connection, after):
        yield from page
        after = page[-1].entity.ref
