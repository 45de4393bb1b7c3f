"""What became of the catalog since a version of it, read from its change sets.

A field that moves by itself has no change set, and is not among it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog_store import planning, records
from catalog_store.canonical import read
from catalog_store.moves import COUNTED, chunks
from catalog_store.tables import ChangeRow, table_of
from domain.changes import Since
from domain.entities import Entity
from domain.refs import Ref, parse_ref

CHANGE = table_of(ChangeRow)


def since(connection: Connection, version: int, most: int) -> Since | None:
    """Return what changed; None when that is more than `most`, or the catalog never had that version."""
    # The version is read first: what is applied meanwhile is told now and once again the next time.
    now = planning.version(connection)
    if now < version:
        return None
    changes = connection.execute(
        select(CHANGE.c.entity_id, CHANGE.c.before)
        .where(CHANGE.c.change_set > version, CHANGE.c.operation.in_(COUNTED))
        .limit(most + 1)
    ).all()
    if len(changes) > most:
        return None
    refs: dict[Ref, None] = {}
    for ids in chunks(sorted({entity_id for entity_id, _ in changes})):
        refs.update(dict.fromkeys(records.refs_of(connection, ids).values()))
    for _, before in changes:
        was = read(before).get("ref")  # there when it was renamed, or retired
        if isinstance(was, str):
            refs[parse_ref(was)] = None
    there = entities_of(connection, refs)
    gone = refs.keys() - {entity.ref for entity in there}
    return Since(now, tuple(there), tuple(sorted(gone)))


def entities_of(connection: Connection, refs: Iterable[Ref]) -> list[Entity]:
    """Return the entities that go by these refs."""
    found: list[Entity] = []
    for some in chunks(list(refs)):
        ids = list(records.ids_of(connection, some).values())
        found += records.entities(connection, ids)
    return found
