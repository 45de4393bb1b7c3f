"""Carries out a plan: rows in bulk, in the transaction of the one writer.

Decides nothing; what is written was worked out by `planning` and `settling`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, insert, text, update

from catalog_store import canonical, on_call
from catalog_store.among import among
from catalog_store.keys import keys_of
from catalog_store.moves import COUNTED, RETIRED, Move, Plan, Step, chunks
from catalog_store.records import CLAIM, ENTITY, SIGHTING, grounds_as_json, held_as_json
from catalog_store.relations import stated
from catalog_store.tables import (
    AliasRow,
    ChangeRow,
    ChangeSetRow,
    ClaimChangeRow,
    RelationRow,
    UtcTime,
    table_of,
)

ALIAS, RELATION = table_of(AliasRow), table_of(RelationRow)
CHANGE_SET, CHANGE, CLAIM_CHANGE = table_of(ChangeSetRow), table_of(ChangeRow), table_of(ClaimChangeRow)

_REWRITTEN = (
    "written_kind",
    "written_name",
    "kind",
    "namespace",
    "name",
    "fields",
    "aliases",
    "changed_in",
    "retired_in",
)
_UPDATE_ENTITY = (
    update(ENTITY)
    .where(ENTITY.c.id == bindparam("entity_id"))
    .values({name: bindparam(f"new_{name}") for name in _REWRITTEN})
)
_REFRESH_ENTITY = (
    update(ENTITY)
    .where(ENTITY.c.id == bindparam("entity_id"))
    .values({name: bindparam(f"new_{name}") for name in ("fields", "aliases")})
)
_FORGET_PLAN = delete(ALIAS).where(ALIAS.c.entity_id == bindparam("entity_id"), on_call.is_key())
_STEP_ASIDE = update(ENTITY).where(ENTITY.c.id == bindparam("entity_id")).values(name=bindparam("aside"))
_SOURCE: BindParameter[str] = bindparam("of_source")
_ID: BindParameter[str] = bindparam("of_id")

_LOOKED = text(
    "INSERT INTO source (source, looked_at) VALUES (:source, :looked_at) ON CONFLICT (source) "
    "DO UPDATE SET looked_at = excluded.looked_at WHERE source.looked_at < excluded.looked_at"
).bindparams(bindparam("looked_at", type_=UtcTime()))
_COUNTED = text(
    "INSERT INTO writes (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = writes.count + 1"
)

MANY = 1_000
"""So many entities written at once make PostgreSQL's idea of the tables' sizes wrong."""

Values = dict[str, Any]


def carry_out(
    connection: Connection, plan: Plan, *, actor: str, at: datetime, looked: bool = True
) -> int | None:
    """Write what the plan says; return the new change set's number, None when nothing changed.

    `looked` says that the source looked, and not that somebody decided about what it saw.
    """
    number = plan.version + 1 if plan.changes_something else None
    if number is not None:
        heading = {"number": number, "source": plan.source, "actor": actor, "applied_at": at}
        counts = dict.fromkeys(COUNTED, 0) | plan.counts()
        connection.execute(insert(CHANGE_SET), {**heading, **counts, "undoes": plan.undoes})
    renamed = [step.entity_id for step in plan.steps if step.renamed]
    if renamed:
        # Two may exchange their names: each first takes one that nobody has.
        connection.execute(_STEP_ASIDE, [{"entity_id": each, "aside": f"~{each}"} for each in renamed])
    for steps in chunks(plan.steps):
        _write_entities(connection, steps, number)
    for moves in chunks(plan.moves):
        _write_claims(connection, plan, moves, number)
    for keys in chunks(plan.refreshed):
        connection.execute(
            update(SIGHTING)
            .where(SIGHTING.c.source == plan.source, among(connection, SIGHTING.c.id, keys))
            .where(SIGHTING.c.seen_at < plan.observed_at)
            .values(seen_at=plan.observed_at)
        )
    if looked:
        connection.execute(_LOOKED, {"source": plan.source, "looked_at": plan.observed_at})
    _note_write(connection)
    if len(plan.steps) >= MANY and connection.dialect.name == "postgresql":
        # Without it the next look is planned as if the tables were still empty.
        connection.exec_driver_sql("ANALYZE entity, claim, sighting, alias, relation")
    return number


def _note_write(connection: Connection) -> None:
    connection.execute(_COUNTED)


def _write_entities(connection: Connection, steps: Sequence[Step], number: int | None) -> None:
    new = [step for step in steps if step.is_new]
    rewritten = [step for step in steps if not step.is_new and step.operation in COUNTED]
    quiet = [step for step in steps if not step.is_new and step.operation is None]
    known = [step.entity_id for step in rewritten]
    if known:
        connection.execute(delete(ALIAS).where(among(connection, ALIAS.c.entity_id, known)))
        connection.execute(delete(RELATION).where(among(connection, RELATION.c.entity_id, known)))
        connection.execute(_UPDATE_ENTITY, [_rewritten(step, number, _REWRITTEN) for step in rewritten])
    if quiet:
        connection.execute(_REFRESH_ENTITY, [_rewritten(step, None, ("fields", "aliases")) for step in quiet])
        _plan_anew(connection, quiet)
    insert_many(connection, ENTITY, [_entity(step, number) for step in new])
    answering = [step for step in (*new, *rewritten) if step.operation != RETIRED]
    insert_many(connection, ALIAS, [row for step in answering for row in _aliases(step)])
    insert_many(connection, RELATION, [row for step in answering for row in _relations(step)])
    insert_many(connection, CHANGE, [_change(step, number) for step in steps if step.operation])


def _plan_anew(connection: Connection, quiet: Sequence[Step]) -> None:
    """Write the keys of on-call plans anew where a plan names others than before, though nothing changed."""
    moved = [
        (step, keys)
        for step in quiet
        if (keys := on_call.keys(step.entity.ref, step.becomes)) != on_call.keys(step.entity.ref, step.was)
    ]
    if moved:
        connection.execute(_FORGET_PLAN, [{"entity_id": step.entity_id} for step, _ in moved])
    rows = [{"alias": key, "entity_id": step.entity_id} for step, keys in moved for key in sorted(keys)]
    insert_many(connection, ALIAS, rows)


def _write_claims(connection: Connection, plan: Plan, moves: Sequence[Move], number: int | None) -> None:
    """Write the claims anew, and what they were into history."""
    known = [move for move in moves if move.entity_before is not None]
    if known:
        keys = [{"of_source": move.source, "of_id": move.key} for move in known]
        connection.execute(delete(CLAIM).where(CLAIM.c.source == _SOURCE, CLAIM.c.id == _ID), keys)
    # A sighting outlives its claim: there may be one where there was no claim.
    keys = [{"of_source": move.source, "of_id": move.key} for move in moves if move.held or move.forgets]
    if keys:
        connection.execute(delete(SIGHTING).where(SIGHTING.c.source == _SOURCE, SIGHTING.c.id == _ID), keys)
    lost = [
        {"of_source": move.source, "of_id": move.key} for move in moves if not move.held and not move.forgets
    ]
    if lost:
        connection.execute(
            update(SIGHTING).where(SIGHTING.c.source == _SOURCE, SIGHTING.c.id == _ID).values(digest=""),
            lost,
        )
    insert_many(connection, CLAIM, [_claim(move) for move in moves if move.held])
    insert_many(connection, SIGHTING, [_sighting(move) for move in moves if move.held])
    if number is not None:
        kept = [_claim_change(plan, move, number) for move in moves if move.significant]
        insert_many(connection, CLAIM_CHANGE, kept)


def _entity(step: Step, number: int | None) -> Values:
    entity = step.entity
    return {
        "id": step.entity_id,
        **entity.ref._asdict(),
        "written_kind": entity.kind,
        "written_name": entity.name,
        "fields": canonical.write(entity.fields),
        "aliases": canonical.write(entity.aliases),
        "created_in": number,
        "changed_in": number,
        "retired_in": number if step.operation == RETIRED else None,
    }


def _rewritten(step: Step, number: int | None, names: Sequence[str]) -> Values:
    row = _entity(step, number)
    return {"entity_id": step.entity_id, **{f"new_{name}": row[name] for name in names}}


def _claim(move: Move) -> Values:
    held = move.held
    if held is None:
        raise TypeError("only a claim that is there is written")
    claim = held.claim
    return {
        "source": move.source,
        "id": move.key,
        "entity_id": move.entity_after,
        "standing": claim.standing.value,
        "ref": str(claim.ref),
        "kind": claim.kind,
        "name": claim.name,
        "fields": canonical.write(dict(claim.fields)),
        "aliases": canonical.write(claim.aliases),
        "same_as": canonical.write(claim.same_as),
        "grounds": canonical.write(grounds_as_json(claim.grounds)),
        "origin": claim.origin,
        "confidence": claim.confidence,
        "since": held.since,
    }


def _sighting(move: Move) -> Values:
    held = move.held
    if held is None:
        raise TypeError("only a claim that is there is written")
    return {
        "source": move.source,
        "id": move.key,
        "entity_id": move.entity_after,
        "digest": held.digest,
        "seen_at": held.seen_at,
        "vanished_at": held.vanished_at,
    }


def _aliases(step: Step) -> Iterator[Values]:
    for alias in sorted(keys_of(step.entity) | on_call.keys(step.entity.ref, step.entity.fields)):
        yield {"alias": alias, "entity_id": step.entity_id}


def _relations(step: Step) -> Iterator[Values]:
    for relation in stated(step.entity.fields):
        yield {"entity_id": step.entity_id, **relation._asdict()}


def _change(step: Step, number: int | None) -> Values:
    return {
        "change_set": number,
        "entity_id": step.entity_id,
        "operation": step.operation,
        "before": canonical.write(step.was),
        "after": canonical.write(step.after),
    }


def _claim_change(plan: Plan, move: Move, number: int) -> Values:
    before = plan.before.get((move.source, move.key)) if move.entity_before is not None else None
    return {
        "change_set": number,
        "source": move.source,
        "id": move.key,
        "entity_before": move.entity_before,
        "entity_after": move.entity_after,
        "before": None if before is None else canonical.write(held_as_json(before)),
    }


def _as_the_driver_takes_them(
    connection: Connection, table: Table, rows: Sequence[Values]
) -> list[tuple[Any, ...]]:
    """Return the rows as tuples, with those values turned into the driver's that have a type of their own."""
    dialect = connection.dialect
    turned = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in rows[0]]
    if not any(turned):
        return [tuple(row.values()) for row in rows]
    pairs = list(zip(rows[0], turned, strict=True))
    return [tuple([turn(row[name]) if turn else row[name] for name, turn in pairs]) for row in rows]


def insert_many(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all name the same columns: by COPY on PostgreSQL, where it is ten times as fast."""
    if not rows:
        return
    names = tuple(rows[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name != "postgresql":
        # By the driver itself: SQLAlchemy would take as long as the database to look at each value.
        marks = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'  # noqa: S608 -- names of ours
        connection.exec_driver_sql(statement, _as_the_driver_takes_them(connection, table, rows))
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
