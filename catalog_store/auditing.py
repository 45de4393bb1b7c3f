"""Reads who did what when, from change sets: to one thing, or over everything.

Changes nothing. What was merged into a thing is part of its history, until the merge is undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from catalog_store.canonical import read
from catalog_store.history import CHANGE, CHANGE_SET, CLAIM_CHANGE, ENTITY
from catalog_store.moves import COUNTED, counted, field_changes
from catalog_store.records import ids_of
from domain.audit import APPLIED, Act, Acts
from domain.refs import Ref

EXAMPLES = 3
"""How many of the things that a change set touched are named."""
_FIRST = (
    select(CHANGE.c.operation, ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
    .join_from(CHANGE, ENTITY, ENTITY.c.id == CHANGE.c.entity_id)
    .where(CHANGE.c.change_set == bindparam("number"), CHANGE.c.operation.in_(COUNTED))
    .order_by(CHANGE.c.entity_id)
    .limit(EXAMPLES)
)


def of_entity(connection: Connection, ref: Ref, since: datetime | None, limit: int, offset: int) -> Acts:
    """Return what was done to one thing, by its ref of today or the last one of what is retired by now."""
    found = ids_of(connection, [ref]).get(ref)
    if found is None:
        found = ids_of(connection, [ref], retired=True).get(ref)
    if found is None:
        return Acts((), 0)
    ids = [found, *_absorbed(connection, found)]
    chosen: list[ColumnElement[bool]] = [CHANGE.c.entity_id.in_(ids)]
    if since is not None:
        chosen.append(CHANGE_SET.c.applied_at >= since)
    total = connection.execute(
        select(func.count()).select_from(CHANGE.join(CHANGE_SET)).where(*chosen)
    ).scalar_one()
    rows = connection.execute(
        select(
            CHANGE.c.operation, CHANGE.c.before, CHANGE.c.after, CHANGE_SET,
            ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name,
        )
        .select_from(CHANGE.join(CHANGE_SET).join(ENTITY, ENTITY.c.id == CHANGE.c.entity_id))
        .where(*chosen)
        .order_by(CHANGE_SET.c.number.desc(), CHANGE.c.entity_id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return Acts(tuple(map(_act, rows)), total)


def _absorbed(connection: Connection, entity_id: int) -> list[int]:
    """Return the entities whose claims this one was given and that are none of their own any more."""
    rows = connection.execute(
        select(CLAIM_CHANGE.c.entity_before)
        .distinct()
        .join_from(CLAIM_CHANGE, ENTITY, ENTITY.c.id == CLAIM_CHANGE.c.entity_before)
        .where(
            CLAIM_CHANGE.c.entity_after == entity_id,
            CLAIM_CHANGE.c.entity_before != entity_id,
            ENTITY.c.retired_in.is_not(None),
        )
    )
    return list(rows.scalars())


def _act(row: Any) -> Act:
    return Act(
        row.operation,
        row.applied_at,
        row.actor,
        row.source,
        row.number,
        row.undoes,
        Ref(row.kind, row.namespace, row.name),
        field_changes(read(row.before), read(row.after)),
    )


def of_all(connection: Connection, since: datetime | None, limit: int, offset: int) -> Acts:
    """Return whole change sets, with a few of the things that each touched."""
    chosen = [] if since is None else [CHANGE_SET.c.applied_at >= since]
    total = connection.execute(select(func.count()).select_from(CHANGE_SET).where(*chosen)).scalar_one()
    headings = connection.execute(
        select(CHANGE_SET).where(*chosen).order_by(CHANGE_SET.c.number.desc()).limit(limit).offset(offset)
    ).all()
    return Acts(tuple(_applied(each, _examples(connection, each.number)) for each in headings), total)


def _examples(connection: Connection, number: int) -> tuple[tuple[str, Ref], ...]:
    """Return the first things that a change set touched.

    A statement for each change set of a page: one for all of them would read all that each has touched.
    """
    rows = connection.execute(_FIRST, {"number": number})
    return tuple((row.operation, Ref(row.kind, row.namespace, row.name)) for row in rows)


def _applied(heading: Any, examples: tuple[tuple[str, Ref], ...]) -> Act:
    return Act(
        APPLIED,
        heading.applied_at,
        heading.actor,
        heading.source,
        heading.number,
        heading.undoes,
        counts=counted({name: getattr(heading, name) for name in COUNTED}, heading.unchanged),
        examples=examples,
    )
