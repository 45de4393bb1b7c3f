"""Works out what applying a snapshot would change, and changes nothing.

The result is a dry run's answer, and what `writing` carries out. It holds as long as the catalog is at
the version that it was drawn up for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice
from typing import TypeVar

from sqlalchemy import Connection, func, select

from catalog_store import canonical
from catalog_store.incoming import Incoming
from catalog_store.records import ENTITY, find_many, known
from catalog_store.stitching import ALIASES, Held, Precedence, stitch
from catalog_store.tables import ChangeSetRow, table_of
from domain.changes import ChangeSet, EntityChange, FieldChange
from domain.entities import Entity, Json

CREATED, CHANGED, RESTATED = "created", "changed", "restated"

CHUNK = 500
"""How many claims are looked up, or written, in one statement."""

Item = TypeVar("Item")

_CHANGE_SET = table_of(ChangeSetRow)
_VERSION = select(func.coalesce(func.max(_CHANGE_SET.c.number), 0))
_LAST_ID = select(func.coalesce(func.max(ENTITY.c.id), 0))


def version(connection: Connection) -> int:
    """Return the number of the latest change set; 0 when there is none."""
    number: int = connection.execute(_VERSION).scalar_one()
    return number


@dataclass(frozen=True, slots=True)
class Step:
    """One claim that is new or other than before, and what becomes of its entity."""

    entity_id: int
    incoming: Incoming
    since: datetime
    entity: Entity
    operation: str | None
    """CREATED, CHANGED, RESTATED (the claim says something else, the entity is as it was), or None: only
    the claim's origin moved."""
    before: Mapping[str, Json]
    """The entity's changed fields as they were; an absent one is left out."""
    after: Mapping[str, Json]
    claim_before: Held | None


@dataclass(slots=True)
class Plan:
    """What applying one snapshot comes to."""

    version: int
    """The catalog's version that this was drawn up for."""
    source: str
    observed_at: datetime
    steps: list[Step] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    """The ids of entities whose claim is the same as before."""

    @property
    def changes_something(self) -> bool:
        """Whether carrying it out makes a change set."""
        return any(step.operation for step in self.steps)

    def counts(self) -> dict[str, int]:
        """Return how many entities are created, changed and unchanged."""
        operations = [step.operation for step in self.steps]
        created, changed = operations.count(CREATED), operations.count(CHANGED)
        return {
            CREATED: created,
            CHANGED: changed,
            "unchanged": len(self.unchanged) + len(operations) - created - changed,
        }

    def change_set(self, number: int | None, actor: str, at: datetime) -> ChangeSet:
        """Return it as the change set `number`, None for one that is not applied; changes in ref order."""
        changes = tuple(
            EntityChange(step.entity.ref, step.operation, field_changes(step.before, step.after))
            for step in sorted(self.steps, key=lambda step: step.entity.ref)
            if step.operation in (CREATED, CHANGED)
        )
        return ChangeSet(number, self.source, actor, at, changes, self.counts())


def field_changes(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[FieldChange, ...]:
    """Return the changed fields, by name."""
    return tuple(FieldChange(name, before.get(name), after.get(name)) for name in sorted({*before, *after}))


def draw_up(
    connection: Connection,
    source: str,
    observed_at: datetime,
    incoming: Sequence[Incoming],
    precedence: Precedence,
) -> Plan:
    """Compare what a source says now with what the catalog holds.

    Raises BadInput for what no database can keep; what is unchanged has been kept before.
    """
    # The version first: a writer who comes in between makes the plan look old, never new.
    plan = Plan(version(connection), source, observed_at)
    ids = count(connection.execute(_LAST_ID).scalar_one() + 1)
    for chunk in chunks(incoming):
        by_ref = {each.claim.ref: each for each in chunk}
        existing: dict[int, Incoming] = {}
        for ref, entity_id, digest in known(connection, tuple(by_ref), source):
            each = by_ref.pop(ref)
            if digest == each.digest:
                plan.unchanged.append(entity_id)
            else:
                existing[entity_id] = each
        for each in (*existing.values(), *by_ref.values()):
            each.check()
        if existing:
            for entity_id, (entity, held) in find_many(connection, list(existing)).items():
                plan.steps.append(_changed(entity_id, existing[entity_id], entity, held, plan, precedence))
        plan.steps.extend(_created(next(ids), each, plan, precedence) for each in by_ref.values())
    return plan


def _created(entity_id: int, incoming: Incoming, plan: Plan, precedence: Precedence) -> Step:
    entity = stitch([Held(plan.source, incoming.claim, plan.observed_at, plan.observed_at)], precedence)
    return Step(entity_id, incoming, plan.observed_at, entity, CREATED, {}, _flat(entity), None)


def _changed(
    entity_id: int, incoming: Incoming, entity: Entity, held: list[Held], plan: Plan, precedence: Precedence
) -> Step:
    mine = next((each for each in held if each.source == plan.source), None)
    others = [each for each in held if each.source != plan.source]
    restated = mine is None or not incoming.says_the_same_as(mine.claim)
    since = plan.observed_at if restated or mine is None else mine.since
    stitched = stitch([*others, Held(plan.source, incoming.claim, since, plan.observed_at)], precedence)
    before, after = _difference(_flat(entity), _flat(stitched))
    operation = CHANGED if before or after else RESTATED if restated else None
    return Step(entity_id, incoming, since, stitched, operation, before, after, mine)


def _flat(entity: Entity) -> dict[str, Json]:
    """Return all that can change of an entity under one name each."""
    flat = {**entity.fields, "kind": entity.kind, "name": entity.name}
    if entity.aliases:
        flat[ALIASES] = list(entity.aliases)
    return flat


def _difference(before: dict[str, Json], after: dict[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    changed = [
        name
        for name in {*before, *after}
        if name not in before or name not in after or not canonical.same(before[name], after[name])
    ]
    return (
        {name: before[name] for name in changed if name in before},
        {name: after[name] for name in changed if name in after},
    )


def chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of at most CHUNK."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
