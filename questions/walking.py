"""Walks from things to all that depend on them, or that they depend on, the nearest first.

An API stands and falls with who provides it: passing from the one to the other is no step of its own. Circles
end where they come back to what was reached before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers, distinct

FURTHEST = 400
"""Steps after which a walk gives up: no company is as deep, and a hostile catalog shall hold up nobody."""
UNREACHED = -1
EVERYTHING = 1 << 40
"""Of a walk that goes to its end."""
_FEW = 256
"""Up to so many nodes at once, sorting them is quicker than looking at every node of the catalog."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a walk came, by node: arrays with a place for every node of the snapshot."""

    distance: Numbers
    """Steps from where it began: 0 for the beginnings, 1 for direct neighbours; UNREACHED."""
    via: Numbers
    """The node from which each was reached, one step nearer; UNREACHED for beginnings and the unreached."""
    passed: npt.NDArray[np.bool_]
    """The APIs that were only passed through: they fail with their provider."""
    ended: bool
    """Whether it came to its end; False: it gave up at FURTHEST, or had come to enough."""

    def reached(self) -> Numbers:
        """Return the nodes at least one step away that were not only passed through, by number."""
        return np.flatnonzero((self.distance > 0) & ~self.passed).astype(np.int32)

    def way(self, node: int) -> list[int]:
        """Return the nodes from one that was reached to where the walk began, both included."""
        nodes = [node]
        while (before := int(self.via[nodes[-1]])) != UNREACHED:
            nodes.append(before)
        return nodes


def dependents(index: Index, begin: Numbers, enough: int = EVERYTHING) -> Walk:
    """Walk to everything that needs one of these nodes, or an API that one of them provides.

    With `enough`, the walk goes no further once it came to so many.
    """
    return _Walker(index, begin).run(("dependencyOf", "apiConsumedBy"), "providesApi", enough)


def dependencies(index: Index, begin: Numbers, enough: int = EVERYTHING) -> Walk:
    """Walk to everything that these nodes need, the APIs that they call and who provides those included."""
    return _Walker(index, begin).run(("dependsOn", "consumesApi", "apiProvidedBy"), None, enough)


def with_parts(index: Index, node: int) -> Numbers:
    """Return a node and all parts of it, and the parts of those."""
    found = fresh = np.array([node], np.int32)
    while len(fresh):
        parts = distinct(index.neighbours(fresh, "hasPart")[1])
        fresh = parts[~np.isin(parts, found)]
        found = np.concatenate((found, fresh))
    return found


class _Walker:
    def __init__(self, index: Index, begin: Numbers) -> None:
        self._index = index
        size = len(index.can_own)
        self._distance: Numbers = np.full(size, UNREACHED, np.int32)
        self._via: Numbers = np.full(size, UNREACHED, np.int32)
        self._passed = np.zeros(size, np.bool_)
        self._distance[begin] = 0
        self._begin = begin

    def run(self, relations: tuple[str, ...], passing: str | None, enough: int) -> Walk:
        level, steps, reached = self._begin, 0, 0
        while len(level) and steps < FURTHEST and reached < enough:
            if passing:
                through = self._reach(*self._index.neighbours(level, passing), steps)
                self._passed[through] = True
                level = np.concatenate((level, through))
            steps += 1
            ends = [self._index.neighbours(level, relation) for relation in relations]
            froms, tos = (np.concatenate(each) for each in zip(*ends, strict=True))
            level = self._reach(froms, tos, steps)
            reached += len(level)
        return Walk(self._distance, self._via, self._passed, ended=not len(level))

    def _reach(self, froms: Numbers, tos: Numbers, steps: int) -> Numbers:
        """Note what is new among the ends of edges; return it, each node once."""
        new = np.flatnonzero(self._distance[tos] == UNREACHED)
        if not len(new):
            return EMPTY
        froms, tos = froms[new], tos[new]
        # Where several lead to one node, the first counts: of two writes to one place the last stays.
        self._via[tos[::-1]] = froms[::-1]
        self._distance[tos] = steps
        if len(tos) <= _FEW:
            return distinct(tos)
        fresh = np.zeros(len(self._distance), np.bool_)
        fresh[tos] = True
        return np.flatnonzero(fresh).astype(np.int32)
