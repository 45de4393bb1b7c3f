"""Derives the relations that an entity's fields state.

Pure. Whether the other end exists is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from domain.entities import RELATION_FIELDS, Json


class Stated(NamedTuple):
    """A relation as seen from the entity that states it."""

    relation: str
    """The canonical direction's name, `dependsOn` also where `dependencyOf` states it."""
    inverted: bool
    """Whether the stating entity is the relation's target."""
    other: str
    """The ref at the other end, as text."""


def stated(fields: Mapping[str, Json]) -> Iterator[Stated]:
    """Yield each relation once."""
    seen = set()
    for name, each in RELATION_FIELDS.items():
        if name not in fields:
            continue
        value = fields[name]
        for other in value if isinstance(value, list) else (value,):
            if isinstance(other, str) and other:
                relation = Stated(each.relation, each.inverted, other)
                if relation not in seen:
                    seen.add(relation)
                    yield relation
