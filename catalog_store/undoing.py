"""Takes change sets back, retires what stayed away, and makes one entity of two: plans no source asked for.

Each is a change set like any other, in history and to be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from catalog_store.known import merge_key
from catalog_store.moves import Move, Plan, chunks
from catalog_store.planning import blank
from catalog_store.records import CLAIM, SEEN, SIGHTING, find, held_from_json, refs_of
from catalog_store.restitching import ACTOR
from catalog_store.settling import Settling
from catalog_store.stitching import Held
from catalog_store.tables import ChangeSetRow, ClaimChangeRow, table_of
from catalog_store.trust import MEMORY, Precedence
from domain.entities import Claim, Standing
from domain.errors import BadInput, UndoRefused
from domain.refs import Ref

CHANGE_SET, CLAIM_CHANGE = table_of(ChangeSetRow), table_of(ClaimChangeRow)

NAMED = 5
"""How many entities a refusal names."""


def undo(connection: Connection, number: int, at: datetime, precedence: Precedence) -> Plan:
    """Plan to put every claim back that a change set moved. Raises UndoRefused."""
    heading = connection.execute(select(CHANGE_SET).where(CHANGE_SET.c.number == number)).one_or_none()
    if heading is None:
        raise UndoRefused(f"there is no change set #{number}", "idp sync status names the latest ones.")
    if heading.source == MEMORY and heading.actor == ACTOR:
        raise UndoRefused(
            f"#{number} followed from a new order of trust, and no source said anything new",
            "Change `precedence` in idp.yaml.",
        )
    rows = connection.execute(select(CLAIM_CHANGE).where(CLAIM_CHANGE.c.change_set == number)).all()
    entities = sorted({each for row in rows for each in (row.entity_before, row.entity_after) if each})
    _refuse_if_built_upon(connection, number, entities)
    plan = blank(connection, heading.source, at)
    plan.undoes = number
    for row in rows:
        held = None if row.before is None else held_from_json(row.source, row.id, row.before)
        before = row.entity_after if _is_claimed(connection, row.source, row.id) else None
        plan.moves.append(
            Move(row.source, row.id, before, row.entity_before, held, forgets=row.before is None)
        )
    _settle(connection, plan, precedence)
    return plan


def _is_claimed(connection: Connection, source: str, key: str) -> bool:
    found = select(CLAIM.c.id).where(CLAIM.c.source == source, CLAIM.c.id == key)
    return connection.execute(found).first() is not None


def _refuse_if_built_upon(connection: Connection, number: int, entities: Sequence[int]) -> None:
    later: dict[int, set[int]] = {}
    for ids in chunks(entities):
        rows = connection.execute(
            select(
                CLAIM_CHANGE.c.change_set, CLAIM_CHANGE.c.entity_before, CLAIM_CHANGE.c.entity_after
            ).where(
                CLAIM_CHANGE.c.change_set > number,
                or_(CLAIM_CHANGE.c.entity_before.in_(ids), CLAIM_CHANGE.c.entity_after.in_(ids)),
            )
        )
        for change_set, *ends in rows:
            later.setdefault(change_set, set()).update(each for each in ends if each in set(ids))
    undone_by = _without_what_was_undone(connection, number, later)
    if undone_by is not None:
        raise UndoRefused(f"#{number} was undone by #{undone_by} already", "")
    if not later:
        return
    touched = sorted({each for ends in later.values() for each in ends})
    names = [ref.short for ref in refs_of(connection, touched[:NAMED]).values()]
    more = f" and {len(touched) - NAMED} more" if len(touched) > NAMED else ""
    numbers = ", ".join(f"#{each}" for each in sorted(later, reverse=True))
    raise UndoRefused(
        f"#{number} cannot be undone: {numbers} changed {', '.join(sorted(names))}{more} since",
        f"Undo {numbers} first, in that order.",
    )


def _without_what_was_undone(connection: Connection, number: int, later: dict[int, set[int]]) -> int | None:
    """Take out of `later` what was done and undone again; return who undid `number` itself, if that holds."""
    rows = connection.execute(
        select(CHANGE_SET.c.number, CHANGE_SET.c.undoes)
        .where(CHANGE_SET.c.number > number, CHANGE_SET.c.undoes >= number)
        .order_by(CHANGE_SET.c.number.desc())
    )
    cancelled: set[int] = set()
    for undoing, undone in rows:
        if undoing in cancelled:
            continue
        if undone == number:
            return int(undoing)
        cancelled |= {undoing, undone}
        later.pop(undoing, None)
        later.pop(undone, None)
    return None


def retire(
    connection: Connection, source: str, before: datetime, at: datetime, precedence: Precedence
) -> Plan:
    """Plan to drop what a source, or a claimant below it, has not seen since `before`."""
    rows = connection.execute(
        select(SIGHTING.c.source, SIGHTING.c.id, SIGHTING.c.entity_id)
        .join_from(SIGHTING, CLAIM, SEEN)
        .where(
            or_(SIGHTING.c.source == source, SIGHTING.c.source.startswith(f"{source}/", autoescape=True)),
            SIGHTING.c.vanished_at < before,
        )
    )
    plan = blank(connection, source, at)
    plan.moves.extend(Move(row.source, row.id, row.entity_id, None, None) for row in rows)
    _settle(connection, plan, precedence)
    return plan


def merge(connection: Connection, one: Ref, other: Ref, at: datetime, precedence: Precedence) -> Plan:
    """Plan to give all claims on `other` to `one`, which keeps its ref. Raises BadInput if one is missing."""
    staying, going = find(connection, one), find(connection, other)
    for ref, found in ((one, staying), (other, going)):
        if found is None:
            raise BadInput(f"{ref.short} is not in the catalog", "It may have been renamed or retired.")
    if staying is None or going is None or staying.id == going.id:
        raise BadInput(f"{one.short} and {other.short} are one already", "")
    plan = blank(connection, MEMORY, at)
    for held in going.held:
        plan.moves.append(Move(held.source, held.claim.key, going.id, staying.id, held))
    # A declaration of the catalog's own: whoever else declares what is now one entity, its name stays.
    key = merge_key(going.id)
    name = staying.entity
    pin = Claim(
        name.ref, name.name, name.kind, {}, (str(other), other.name), id=key, standing=Standing.DECLARED
    )
    plan.moves.append(Move(MEMORY, key, None, staying.id, Held(MEMORY, pin, at, at, None, "-")))
    _settle(connection, plan, precedence)
    return plan


def _settle(connection: Connection, plan: Plan, precedence: Precedence) -> None:
    Settling(connection, plan, precedence, {}, {}).settle()
