"""Reads change sets back, and what the catalog knew of a thing on a day.

Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from catalog_store.canonical import read
from catalog_store.moves import COUNTED, counted, field_changes
from catalog_store.records import find_many, held_from_json, ids_of
from catalog_store.stitching import record, stitch
from catalog_store.tables import ChangeRow, ChangeSetRow, ClaimChangeRow, EntityRow, table_of
from catalog_store.trust import Precedence
from domain.changes import ChangeSet, EntityChange
from domain.entities import Record
from domain.refs import Ref

CHANGE_SET, CHANGE, ENTITY = table_of(ChangeSetRow), table_of(ChangeRow), table_of(EntityRow)
CLAIM_CHANGE = table_of(ClaimChangeRow)
_BY_REF = (ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
_CHANGES = select(*_BY_REF, CHANGE.c.operation, CHANGE.c.before, CHANGE.c.after).join_from(
    CHANGE, ENTITY, ENTITY.c.id == CHANGE.c.entity_id
)
_SORTED = 2_000
"""With more changes than this, a page of them is in the order in which they came."""


def latest(connection: Connection, limit: int) -> list[ChangeSet]:
    """Return the newest change sets with all their changes, the newest first."""
    headings = connection.execute(select(CHANGE_SET).order_by(CHANGE_SET.c.number.desc()).limit(limit)).all()
    return [_change_set(connection, heading) for heading in headings]


def find(connection: Connection, number: int, first: int = 0, limit: int | None = None) -> ChangeSet | None:
    """Return one change set; None when there is none of that number.

    With a limit it has that many of its changes, from the `first` on, those of one operation together in the
    order of `COUNTED`; else all of them, in the order of refs.
    """
    heading = connection.execute(select(CHANGE_SET).where(CHANGE_SET.c.number == number)).one_or_none()
    if heading is None:
        return None
    return _change_set(connection, heading, None if limit is None else (first, limit))


def _change_set(connection: Connection, heading: Any, window: tuple[int, int] | None = None) -> ChangeSet:
    changes = _changes(connection, heading) if window is None else _window(connection, heading, *window)
    counts = counted({name: getattr(heading, name) for name in COUNTED}, heading.unchanged)
    return ChangeSet(
        heading.number, heading.source, heading.actor, heading.applied_at, changes, counts, heading.undoes
    )


def _changes(connection: Connection, heading: Any) -> tuple[EntityChange, ...]:
    of_set = _CHANGES.where(CHANGE.c.change_set == heading.number, CHANGE.c.operation.in_(COUNTED))
    return _made(connection.execute(of_set.order_by(*_BY_REF)))


def _window(connection: Connection, heading: Any, first: int, limit: int) -> tuple[EntityChange, ...]:
    """Return `limit` changes from the `first` on.

    A first look's hundred thousand are not put in the order of refs for one page of them: theirs is that in
    which they came.
    """
    few = sum(getattr(heading, name) for name in COUNTED) <= _SORTED
    found: list[EntityChange] = []
    for operation in COUNTED:
        count = getattr(heading, operation)
        if first < count and len(found) < limit:
            rows = _CHANGES.where(CHANGE.c.change_set == heading.number, CHANGE.c.operation == operation)
            rows = rows.order_by(*(_BY_REF if few else (CHANGE.c.entity_id,)))
            found += _made(connection.execute(rows.offset(first).limit(limit - len(found))))
        first = max(0, first - count)
    return tuple(found)


def _made(rows: Iterable[Any]) -> tuple[EntityChange, ...]:
    return tuple(
        EntityChange(Ref(kind, namespace, name), operation, field_changes(read(before), read(after)))
        for kind, namespace, name, operation, before, after in rows
    )


def as_of(connection: Connection, ref: Ref, at: datetime, precedence: Precedence) -> Record | None:
    """Return an entity as it was at a time, with the evidence of then; None when there was none.

    `ref` is its ref of today, or the last one of an entity that is retired by now.
    """
    entity_id = ids_of(connection, [ref]).get(ref)
    if entity_id is None:
        entity_id = ids_of(connection, [ref], retired=True).get(ref)
    if entity_id is None:
        return None
    then = connection.execute(
        select(func.coalesce(func.max(CHANGE_SET.c.number), 0)).where(CHANGE_SET.c.applied_at <= at)
    ).scalar_one()
    held = {
        (each.source, each.claim.key): each for each in find_many(connection, [entity_id])[entity_id].held
    }
    for row in _since(connection, entity_id, then):
        # The newest first: what stood before the oldest of them is what stood then.
        key = (row.source, row.id)
        if row.entity_before == entity_id and row.before is not None:
            held[key] = held_from_json(row.source, row.id, row.before)
        else:
            held.pop(key, None)
    if not any(each.is_known_by for each in held.values()):
        return None
    return record(stitch(held.values(), precedence), held.values(), precedence)


def _since(connection: Connection, entity_id: int, number: int) -> Sequence[Any]:
    return connection.execute(
        select(CLAIM_CHANGE)
        .where(
            CLAIM_CHANGE.c.change_set > number,
            or_(CLAIM_CHANGE.c.entity_before == entity_id, CLAIM_CHANGE.c.entity_after == entity_id),
        )
        .order_by(CLAIM_CHANGE.c.change_set.desc())
    ).all()
