"""The nodes by their refs, and the relations between them as they hold now.

A target that goes by a former ref of one entity is that entity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog_store.search.layers import RowSource
from catalog_store.search.relations import ENDS
from catalog_store.search.rows import EMPTY, Flags, Numbers, distinct
from catalog_store.search.texts import Leads
from domain.refs import Ref

Places = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Formers:
    """The nodes of former refs: what is spoken of, no entity, and an alias of one."""

    now: Mapping[int, int]
    """The entity that each is today."""
    doubtful: frozenset[int]
    """Those that several entities have been."""
    by_now: Mapping[int, tuple[int, ...]]
    """All that an entity was."""
    moved: Numbers | None
    """For each node the one that it is today; None: each is itself."""
    been: Flags | None
    """Whether each node was anything else before; None: none was."""

    @classmethod
    def among(
        cls, nodes: Iterable[int], refs: Sequence[Ref], by_alias: Callable[[str], tuple[int, ...]]
    ) -> Formers:
        """Look at these nodes, none of them an entity."""
        now, doubtful = {}, set()
        for node in nodes:
            found = by_alias(str(refs[node]))
            if len(found) == 1:
                now[node] = found[0]
            elif found:
                doubtful.add(node)
        return cls.of(now, frozenset(doubtful), len(refs))

    def with_former(self, nodes: Numbers) -> Numbers:
        """Return entities, and the nodes of all that they were."""
        if self.been is None:
            return nodes
        former = [each for node in nodes[self.been[nodes]].tolist() for each in self.by_now[node]]
        return np.concatenate((nodes, np.array(former, np.int32)))

    @classmethod
    def of(cls, now: Mapping[int, int], doubtful: frozenset[int], count: int) -> Formers:
        """Take what each is today, and of how many nodes."""
        by_now: dict[int, tuple[int, ...]] = {}
        for node, entity in now.items():
            by_now[entity] = (*by_now.get(entity, ()), node)
        if not now:
            return cls(now, doubtful, by_now, None, None)
        moved = np.arange(count, dtype=np.int32)
        moved[list(now)] = list(now.values())
        been = np.zeros(count, np.bool_)
        been[list(by_now)] = True
        return cls(now, doubtful, by_now, moved, been)


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes and relations of one snapshot."""

    refs: Sequence[Ref]
    by_ref: Leads
    """The nodes of the first build, by the hash of their refs."""
    later: Mapping[Ref, int]
    """The nodes that came since."""
    known: Flags
    """Whether each node is an entity."""
    out: Mapping[str, RowSource]
    back: Mapping[str, RowSource]
    formers: Formers
    places: Places | None
    """What nodes are ordered by in lists; None: by their numbers."""

    def node(self, ref: Ref) -> int | None:
        """Return the node that goes by a ref itself, entity or not; None when there never was one."""
        for node in self.by_ref[ref]:
            if self.refs[node] == ref:
                return node
        return self.later.get(ref)

    def related(self, node: int, relation: str) -> Numbers:
        """Return the nodes at the other end of a relation, in the order of lists."""
        found: list[Numbers] = []
        for field, backwards in ENDS[relation]:
            rows = (self.back if backwards else self.out).get(field)
            if rows is not None:
                found.append(rows[node])
                if backwards and self.formers.now:
                    found.extend(rows[each] for each in self.formers.by_now.get(node, ()))
        found = [each for each in found if len(each)]
        if not found:
            return EMPTY
        nodes = found[0] if len(found) == 1 else distinct(np.concatenate(found))
        if self.formers.moved is not None:
            nodes = distinct(self.formers.moved[nodes])
        return self.in_order(nodes)

    def neighbours(self, nodes: Numbers, relation: str) -> Numbers:
        """Return the nodes that `related` returns for any of these: in no order, some several times."""
        was: Numbers | None = None
        found: list[Numbers] = []
        for field, backwards in ENDS[relation]:
            rows = (self.back if backwards else self.out).get(field)
            if rows is not None:
                if backwards and was is None:
                    was = self.formers.with_former(nodes)
                found.append(rows.together(nodes if was is None or not backwards else was))
        if not found:
            return EMPTY
        others = found[0] if len(found) == 1 else np.concatenate(found)
        return others if self.formers.moved is None else self.formers.moved[others]

    def in_order(self, nodes: Numbers) -> Numbers:
        """Return sorted nodes in the order of lists."""
        return nodes if self.places is None else nodes[np.argsort(self.places[nodes])]

    def stating(self, node: int) -> set[int]:
        """Return the entities that name this very node in any field."""
        return {each for rows in self.back.values() for each in rows[node].tolist()}

    def is_spoken_of(self, node: int) -> bool:
        """Tell whether any entity names this very node."""
        return any(len(rows[node]) for rows in self.back.values())
