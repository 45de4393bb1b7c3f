"""Keeps names straight: who may take a ref, and which former names go on leading to an entity.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from catalog_store.moves import Move, Plan
from catalog_store.records import Stored
from catalog_store.stitching import Held
from catalog_store.trust import MEMORY
from domain.entities import Claim, Entity, Standing
from domain.refs import Ref

REPOSITORY_ALIASES = ("github:", "gitlab:")
"""Aliases under which a repository goes on answering after it was renamed or moved."""


def allowed(
    wanted: Mapping[int, Ref], holders: Mapping[Ref, int], current: Mapping[int, Ref], leaving: set[int]
) -> dict[int, Ref]:
    """Return the ref that each entity gets: the wanted one where it is free, or is being left, else its own.

    `holders` says who has a ref now, `current` which ref each entity has that wants another. One that has
    none of its own (it comes back) and cannot have the wanted one gets that with a number behind it.
    """
    granted = dict(wanted)
    while True:
        refused = {
            entity_id for entity_id in granted if _is_held(entity_id, granted, holders, current, leaving)
        }
        if not refused:
            return granted
        for entity_id in refused:
            own = current.get(entity_id)
            granted[entity_id] = own if own is not None else _numbered(granted[entity_id])


def _is_held(
    entity_id: int,
    granted: Mapping[int, Ref],
    holders: Mapping[Ref, int],
    current: Mapping[int, Ref],
    leaving: set[int],
) -> bool:
    ref = granted[entity_id]
    if ref == current.get(entity_id):
        return False
    if any(
        other < entity_id or current.get(other) == ref
        for other, its in granted.items()
        if its == ref and other != entity_id
    ):
        return True
    holder = holders.get(ref)
    if holder is None or holder == entity_id or holder in leaving:
        return False
    return granted.get(holder, ref) == ref


def _numbered(ref: Ref) -> Ref:
    head, _, number = ref.name.rpartition("-")
    if head and number.isdecimal():
        return ref._replace(name=f"{head}-{int(number) + 1}")
    return ref._replace(name=f"{ref.name}-2")


def remembered(entity: Entity, stored: Stored | None, held: Sequence[Held], plan: Plan) -> Move | None:
    """Return the move of the catalog's own memory that keeps former names answering; None: none to keep."""
    if stored is None:
        return None
    lost = [
        name for name in _former(entity, stored) if name not in entity.aliases and name != entity.ref.name
    ]
    if not lost:
        return None
    key = f"names:{stored.id}"
    kept = next((each for each in held if each.source == MEMORY and each.claim.id == key), None)
    before = kept.claim.aliases if kept else ()
    claim = Claim(
        entity.ref, entity.name, entity.kind, {}, tuple(dict.fromkeys((*before, *lost))),
        id=key, standing=Standing.REMARK,
    )  # fmt: skip
    if kept:
        plan.before.setdefault((MEMORY, key), kept)
    now = Held(MEMORY, claim, plan.observed_at, plan.observed_at, None, "-")
    return Move(MEMORY, key, stored.id if kept else None, stored.id, now)


def _former(entity: Entity, stored: Stored) -> list[str]:
    was = stored.entity
    names = []
    if was.ref != entity.ref:
        names += [str(was.ref), was.ref.name]
    if was.text("repository") != entity.text("repository") or names:
        names += [each for each in was.aliases if each.startswith(REPOSITORY_ALIASES)]
    return names
