"""Walks from things to all that depend on them, or that they depend on, the nearest first.

An API stands and falls with who provides it: passing from the one to the other is no step of its own. Circles
end where they come back to what was reached before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog_store.search.reading import Index
from catalog_store.search.rows import Numbers, distinct

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

    index: Index
    distance: Numbers
    """Steps from where it began: 0 for the beginnings, 1 for direct neighbours; UNREACHED."""
    passed: npt.NDArray[np.bool_]
    """The APIs that were only passed through: they fail with their provider, and are as far away."""
    ended: bool
    """Whether it came to its end; False: it gave up at FURTHEST, or had come to enough."""

    def reached(self) -> Numbers:
        """Return the nodes at least one step away that were not only passed through, by number."""
        return np.flatnonzero((self.distance > 0) & ~self.passed).astype(np.int32)

    def nearer(self, node: int) -> int:
        """Return what a dependent that was reached leans on, one step nearer; UNREACHED for beginnings."""
        if self.passed[node]:
            return self._first(node, ("apiProvidedBy",), int(self.distance[node]))
        return self._first(node, ("dependsOn", "consumesApi"), int(self.distance[node]) - 1)

    def _first(self, node: int, relations: tuple[str, ...], steps: int) -> int:
        for relation in relations if steps >= 0 else ():
            near = self.index.related(node, relation)
            near = near[(self.distance[near] == steps) & (near != node)]
            if len(near):
                return int(near[0])
        return UNREACHED

    def way(self, node: int) -> list[int]:
        """Return the nodes from a dependent to where the walk began, both included."""
        nodes = [node]
        while (before := self.nearer(nodes[-1])) != UNREACHED:
            nodes.append(before)
        return nodes


def dependents(index: Index, begin: Numbers, enough: int = EVERYTHING, until: Numbers | None = None) -> Walk:
    """Walk to everything that needs one of these nodes, or an API that one of them provides.

    With `enough`, the walk goes no further once it came to so many; with `until`, once it came to one of
    those nodes from outside, by the shortest way.
    """
    return _Walker(index, begin, until).run(("dependencyOf", "apiConsumedBy"), "providesApi", enough)


def dependencies(index: Index, begin: Numbers, enough: int = EVERYTHING) -> Walk:
    """Walk to everything that these nodes need, the APIs that they call and who provides those included."""
    return _Walker(index, begin).run(("dependsOn", "consumesApi", "apiProvidedBy"), None, enough)


def with_parts(index: Index, node: int) -> Numbers:
    """Return a node and all parts of it, and the parts of those; of each level in the order of lists."""
    found = fresh = np.array([node], np.int32)
    while len(fresh):
        parts = distinct(index.neighbours(fresh, "hasPart"))
        fresh = index.in_order(parts[~np.isin(parts, found)])
        found = np.concatenate((found, fresh))
    return found


class _Walker:
    def __init__(self, index: Index, begin: Numbers, until: Numbers | None = None) -> None:
        self._index = index
        self._until = until
        size = len(index.can_own)
        self._distance: Numbers = np.full(size, UNREACHED, np.int32)
        self._unseen = np.ones(size, np.bool_)
        self._passed = np.zeros(size, np.bool_)
        self._begin = begin
        self._mark(begin, 0)

    def run(self, relations: tuple[str, ...], passing: str | None, enough: int) -> Walk:
        level, steps, reached = self._begin, 0, 0
        while len(level) and steps < FURTHEST and reached < enough:
            if passing:
                through = self._new(self._index.neighbours(level, passing))
                self._mark(through, steps)
                self._passed[through] = True
                level = np.concatenate((level, through))
            if self._has_arrived():
                break
            steps += 1
            near = [self._index.neighbours(level, relation) for relation in relations]
            level = self._new(np.concatenate(near))
            self._mark(level, steps)
            reached += len(level)
        return Walk(self._index, self._distance, self._passed, ended=not len(level))

    def _has_arrived(self) -> bool:
        until = self._until
        return until is not None and bool(((self._distance[until] > 0) | self._passed[until]).any())

    def _mark(self, nodes: Numbers, steps: int) -> None:
        self._distance[nodes] = steps
        self._unseen[nodes] = False

    def _new(self, nodes: Numbers) -> Numbers:
        """Return those of the nodes that were not reached yet, each once."""
        if len(nodes) <= _FEW:
            return distinct(nodes[self._unseen[nodes]])
        among = np.zeros(len(self._unseen), np.bool_)
        among[nodes] = True
        return np.flatnonzero(among & self._unseen).astype(np.int32)
