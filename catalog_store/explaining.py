"""Weighs the claims on an entity field by field, and says what decided, by the order of `stitching`.

Decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog_store.stitching import UNITED_LISTS, UNITED_MAPPINGS, Held, decided_by, fact_of, order
from catalog_store.trust import Precedence
from domain.entities import Entity
from domain.explained import Weighed, WeighedField, WeighedRecord


def weigh(entity: Entity, held: Sequence[Held], precedence: Precedence) -> WeighedRecord:
    """Return every field of an entity with the claims on it, the one that counts first."""
    names = sorted({name for each in held for name in each.claim.fields})
    return WeighedRecord(entity, tuple(_field(entity, name, held, precedence) for name in names))


def _field(entity: Entity, name: str, held: Sequence[Held], precedence: Precedence) -> WeighedField:
    claiming = [each for each in held if name in each.claim.fields]
    claiming.sort(key=order(precedence, name))
    first = claiming[0]
    claims = tuple(
        Weighed(
            fact_of(entity, each, name, each.claim.fields[name]),
            each.since,
            None if each is first else decided_by(first, each, precedence, name),
        )
        for each in claiming
    )
    return WeighedField(name, claims, name in UNITED_LISTS or name in UNITED_MAPPINGS)
