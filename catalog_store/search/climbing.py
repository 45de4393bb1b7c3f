"""Climbs from a person or a team to the groups above it."""

from __future__ import annotations

from catalog_store.search.reading import Index

HIGHEST = 30
"""Steps that are climbed; no company is as deep, and a circle ends there."""


def groups_above(node: int, index: Index) -> tuple[int, ...]:
    """Return the groups that a person is in, and those above them; what is only spoken of is left out."""
    found: dict[int, None] = {}
    level = index.related(node, "memberOf").tolist()
    for _ in range(HIGHEST):
        fresh = [each for each in level if each not in found and each != node and index.known(each)]
        if not fresh:
            break
        found.update(dict.fromkeys(fresh))
        level = [above for each in fresh for above in index.related(each, "childOf").tolist()]
    return tuple(found)
