"""Keeps names straight: who may take a ref, and which former names go on leading to an entity.

Changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count

from sqlalchemy import Connection

from catalog_store.moves import Move, Plan
from catalog_store.records import Stored, ids_of
from catalog_store.stitching import Held
from catalog_store.trust import MEMORY
from domain.entities import Claim, Entity, Standing
from domain.refs import Ref

REPOSITORY_ALIASES = ("github:", "gitlab:")
"""Aliases under which a repository goes on answering after it was renamed or moved."""


class Refs:
    """Who has which ref: the database's holders, looked up as they are asked for, and this plan's."""

    def __init__(self, connection: Connection, taken: Mapping[Ref, int]) -> None:
        self._connection = connection
        self._taken = taken
        self._holders: dict[Ref, int | None] = {}

    def look_up(self, refs: Collection[Ref]) -> None:
        """Read many at once."""
        found = ids_of(self._connection, refs)
        self._holders.update({ref: found.get(ref) for ref in refs})

    def holder(self, ref: Ref) -> int | None:
        """Return the entity that has a ref now, or gets it by this plan; None: it is free."""
        if ref in self._taken:
            return self._taken[ref]
        if ref not in self._holders:
            self.look_up([ref])
        return self._holders[ref]


def granted(
    wanted: Mapping[int, Ref],
    refs: Refs,
    current: Mapping[int, Ref],
    leaving: set[int],
    scopes: Mapping[int, str],
) -> dict[int, Ref]:
    """Return the ref that each entity gets: the wanted one where it is free, or is being left, else its own.

    `current` says which ref each entity has that has one, and wants another. One that has none of its own
    (it is new, or comes back) gets its name in its scope, else with a number behind it.
    """
    given = dict(wanted)
    # Those that want the same share what is offered instead, or each would try all that the others got.
    asked = {entity_id: (ref, scopes.get(entity_id, "")) for entity_id, ref in wanted.items()}
    others = {each: _others(*each) for each in set(asked.values())}
    while True:
        refused = _refused(given, refs, current, leaving)
        if not refused:
            return given
        for entity_id in refused:
            own = current.get(entity_id)
            given[entity_id] = own if own is not None else next(others[asked[entity_id]])


def _others(ref: Ref, scope: str) -> Iterator[Ref]:
    if scope:
        ref = ref._replace(namespace=scope.lower())
        yield ref
    for number in count(2):
        yield ref._replace(name=f"{ref.name}-{number}")


def _refused(
    given: Mapping[int, Ref], refs: Refs, current: Mapping[int, Ref], leaving: set[int]
) -> list[int]:
    """Return who cannot have what it is given: of several the one that has it may, else the oldest."""
    asking: dict[Ref, list[int]] = {}
    for entity_id, ref in given.items():
        asking.setdefault(ref, []).append(entity_id)
    refused = []
    for ref, who in asking.items():
        holder = refs.holder(ref)
        stays = holder is not None and holder not in leaving and given.get(holder, ref) == ref
        keeps = holder if stays else next((each for each in who if current.get(each) == ref), min(who))
        refused += [each for each in who if each != keeps]
    return refused


def remembered(entity: Entity, stored: Stored | None, plan: Plan) -> Move | None:
    """Return the move of the catalog's own memory that keeps former names answering; None: none to keep."""
    if stored is None or plan.undoes is not None:
        return None
    lost = [
        name
        for name in _former(entity, stored)
        if name not in entity.aliases and name != entity.ref.name and name != str(entity.ref)
    ]
    if not lost:
        return None
    # One claim for each time: it stays true whatever becomes of the others.
    key = f"names:{stored.id}:{plan.version + 1}"
    claim = Claim(
        entity.ref, entity.name, entity.kind, {}, tuple(dict.fromkeys(lost)),
        id=key, standing=Standing.REMARK,
    )  # fmt: skip
    held = Held(MEMORY, claim, plan.observed_at, plan.observed_at, None, "-")
    return Move(MEMORY, key, None, stored.id, held)


def _former(entity: Entity, stored: Stored) -> list[str]:
    was = stored.entity
    names = []
    if was.ref != entity.ref:
        names += [str(was.ref), was.ref.name]
    if was.text("repository") != entity.text("repository") or names:
        names += [each for each in was.aliases if each.startswith(REPOSITORY_ALIASES)]
    return names
