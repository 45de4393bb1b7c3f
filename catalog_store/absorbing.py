"""Gives a declared entity what was only seen until now and turns out to be it.

The other half of `matching`: what is seen after a declaration finds it there; what was seen before is found
by it here, so that the order of sources does not matter. Two declarations are never made one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from catalog_store.keys import name_keys, vendor_keys
from catalog_store.known import Known
from catalog_store.moves import Move, chunks
from catalog_store.records import find_many
from domain.entities import Claim

May = Callable[[Claim, int, int, str], bool]
"""Whether what a claim declares, on one entity, may be another one, to which one of its keys leads."""


class _Candidate(NamedTuple):
    claim: Claim
    entity_id: int
    other: int
    key: str
    found: set[int]


class Absorbing:
    """Collects candidates while claims are matched, and decides when all of them are."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._candidates: list[_Candidate] = []

    def note(self, claim: Claim, entity_id: int) -> None:
        """Note what the keys of a declaration lead to beside its own entity."""
        for key in (*vendor_keys(claim), *name_keys(claim)):
            found = self._known.by_key(key)
            for other in found - {entity_id}:
                same_kind = self._known.kind_of(other) == claim.ref.kind
                if same_kind and not self._known.is_declared(other):
                    self._candidates.append(_Candidate(claim, entity_id, other, key, found))

    def moves(self, connection: Connection, planned: Iterable[Move], may: May) -> list[Move]:
        """Return the moves of all claims of what is absorbed, but for those that the plan moves already."""
        into: dict[int, int] = {}
        for claim, entity_id, other, key, found in self._candidates:
            declared = self._known.declared_by_key(key, found)
            if declared <= {entity_id} and other not in into and may(claim, entity_id, other, key):
                into[other] = entity_id
                self._known.note_one(entity_id, other)
        if not into:
            return []
        moving = {(move.source, move.key) for move in planned}
        moves = []
        for ids in chunks(list(into)):
            for other, stored in find_many(connection, ids).items():
                moves += [
                    Move(each.source, each.claim.key, other, into[other], each)
                    for each in stored.held
                    if (each.source, each.claim.key) not in moving
                ]
        return moves
