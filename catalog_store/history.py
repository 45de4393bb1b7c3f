"""Reads change sets back.

Undoes nothing yet: each change keeps the claim that was there before it, so that a later apply can.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from catalog_store.canonical import read
from catalog_store.planning import CHANGED, CREATED, field_changes
from catalog_store.tables import ChangeRow, ChangeSetRow, EntityRow, table_of
from domain.changes import ChangeSet, EntityChange
from domain.refs import Ref

CHANGE_SET, CHANGE, ENTITY = table_of(ChangeSetRow), table_of(ChangeRow), table_of(EntityRow)


def latest(connection: Connection, limit: int) -> list[ChangeSet]:
    """Return the newest change sets with all their changes, the newest first."""
    headings = connection.execute(select(CHANGE_SET).order_by(CHANGE_SET.c.number.desc()).limit(limit)).all()
    return [_change_set(connection, heading) for heading in headings]


def find(connection: Connection, number: int) -> ChangeSet | None:
    """Return one change set; None when there is none of that number."""
    heading = connection.execute(select(CHANGE_SET).where(CHANGE_SET.c.number == number)).one_or_none()
    return None if heading is None else _change_set(connection, heading)


def _change_set(connection: Connection, heading: Sequence[Any]) -> ChangeSet:
    number, source, actor, applied_at, created, changed, unchanged = heading
    rows = connection.execute(
        select(
            ENTITY.c.kind,
            ENTITY.c.namespace,
            ENTITY.c.name,
            CHANGE.c.operation,
            CHANGE.c.before,
            CHANGE.c.after,
        )
        .join_from(CHANGE, ENTITY, ENTITY.c.id == CHANGE.c.entity_id)
        .where(CHANGE.c.change_set == number, CHANGE.c.operation.in_((CREATED, CHANGED)))
        .order_by(ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
    )
    changes = tuple(
        EntityChange(Ref(kind, namespace, name), operation, field_changes(read(before), read(after)))
        for kind, namespace, name, operation, before, after in rows
    )
    counts = {CREATED: created, CHANGED: changed, "unchanged": unchanged}
    return ChangeSet(number, source, actor, applied_at, changes, counts)
