"""An immutable snapshot of the catalog in memory, for everything that chat asks without the store.

Holds no facts: where the evidence counts, the store is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from catalog_store.search.leaves import REACHES
from catalog_store.search.overlay import Overlay
from catalog_store.search.parts import Parts, Whole, build
from catalog_store.search.patching import Read, patched
from catalog_store.search.ranking import likeliest
from catalog_store.search.reading import NameIndex
from catalog_store.search.relations import ENDS, NOBODY
from catalog_store.search.rows import Flags, Numbers
from domain.answers import Owner, Person, Thing
from domain.changes import Since
from domain.entities import Entity
from domain.refs import Ref


class CatalogIndex:
    """Built whole, its entities are nodes 0 to `size` - 1 in the order of lists (title, then ref).

    After them come the nodes of what is only spoken of, an owner or a dependency that the catalog lacks, and
    what came since, if it was patched.
    """

    def __init__(self, whole: Whole, overlay: Overlay | None = None, parts: Parts | None = None) -> None:
        """Take what was built whole, and for a patched one what is laid over it and what comes of that."""
        self._whole = whole
        self._overlay = overlay
        self._parts = parts or whole.parts
        self._graph = self._parts.graph
        self.version = self._parts.version
        self.size = len(self._parts.everything)
        self.names: NameIndex = self._parts.names
        self.can_own: Flags = self._parts.can_own

    @property
    def marks(self) -> Mapping[int, tuple[str, ...]]:
        """The marks of the entities that say who may see them, by node."""
        return self._parts.marks

    @property
    def guests(self) -> frozenset[int]:
        """The people who are guests of the Slack workspace."""
        return self._parts.guests

    @classmethod
    def build(cls, entities: Iterable[Entity], version: int) -> CatalogIndex:
        """Read the entities once and index them as the catalog's `version`."""
        return cls(build(entities, version))

    def patched(self, changed: Since, read: Read, most: int) -> CatalogIndex | None:
        """Return a new index that shares nearly all of its memory with this one.

        `read` returns entities by their refs: some must be indexed anew for what became of others. None when
        more than `most` entities would be laid over what was built whole: build it whole again.
        """
        found = patched(self._whole, self._overlay, self._parts, changed, read, most)
        return None if found is None else CatalogIndex(self._whole, *found)

    def node(self, ref: Ref) -> int | None:
        """Return the node of a ref, or of the one entity that it leads to; None when nothing speaks of it."""
        node = self._graph.node(ref)
        if node is not None:
            if self._graph.known[node]:
                return node
            node = self._graph.formers.now.get(node, node)
            if self._graph.known[node] or self._graph.is_spoken_of(node):
                return node
        former = self.names.by_alias(str(ref))
        return former[0] if len(former) == 1 else None

    def ref(self, node: int) -> Ref:
        """Return a node's ref."""
        return self._graph.refs[node]

    def known(self, node: int) -> bool:
        """Tell an entity from what is only spoken of."""
        return bool(self._graph.known[node])

    def everything(self) -> Numbers:
        """Return the nodes of all entities, in the order of lists."""
        return self._parts.everything

    def in_order(self, nodes: Numbers) -> Numbers:
        """Return the nodes in the order of lists; what is only spoken of comes last, by ref."""
        return np.sort(nodes) if self._graph.places is None else self._graph.in_order(nodes)

    def thing(self, node: int) -> Thing:
        """Return the node as a line of a list; one that is only spoken of is titled by its name."""
        owner = self.owner_of(node)
        owner_ref, owner_title = (None, "") if owner is None else (self.ref(owner), self.title(owner))
        if not self._graph.known[node]:
            ref = self._graph.refs[node]
            return Thing(ref, ref.name, ref.name, ref.kind.capitalize(), owner_ref, owner_title)
        ref, name, title, kind, traits, _, gone = self._parts.cards[node]
        tier, lifecycle, type_, _ = traits
        return Thing(ref, name, title, kind, owner_ref, owner_title, tier, lifecycle, type_, gone)

    def things(self, nodes: Iterable[int] | Numbers) -> tuple[Thing, ...]:
        """Return the nodes as lines of a list."""
        return tuple(map(self.thing, nodes))

    def title(self, node: int) -> str:
        """Return what people call a node."""
        return self._parts.cards[node].title if self._graph.known[node] else self._graph.refs[node].name

    def related(self, node: int, relation: str) -> Numbers:
        """Return the nodes at the other end of `dependsOn`, `dependencyOf`, `hasPart`, …, in order."""
        return self._graph.related(node, relation)

    def neighbours(self, nodes: Numbers, relation: str) -> Numbers:
        """Return the nodes at the other end of a relation from any of these, some perhaps several times."""
        return self._graph.neighbours(nodes, relation)

    def relations(self) -> tuple[str, ...]:
        """Return the names of all relations."""
        return tuple(ENDS)

    def owner_of(self, node: int) -> int | None:
        """Return the node that answers for this one, inherited if need be."""
        owner = int(self._parts.owner[node])
        return None if owner == NOBODY else owner

    def owners_of(self, nodes: Numbers) -> Numbers:
        """Return for each node the one that answers for it, as `owner_of` does; -1 where nobody does."""
        return self._parts.owner[nodes]

    def inherits_from(self, node: int) -> int | None:
        """Return the system or domain whose owner this node inherits."""
        above = int(self._parts.heir_of[node])
        return None if above == NOBODY else above

    def owned_by(self, node: int) -> Numbers:
        """Return the entities that this node answers for, inherited ones too, in order."""
        return self._graph.in_order(self._parts.owned[node])

    def owner(self, ref: Ref) -> Owner:
        """Return the card of an owner; one that the catalog does not hold is titled by its name."""
        node = self.node(ref)
        if node is None or not self._graph.known[node]:
            return Owner(ref, ref.name, known=False)
        card = self._parts.cards[node]
        reached = dict(zip(REACHES, card.reaches or ("",) * len(REACHES), strict=True))
        people = tuple(self._person(each) for each in self.related(node, "hasMember").tolist())
        return Owner(card.ref, card.title, known=True, people=people, **reached)

    def _person(self, node: int) -> Person:
        if not self._graph.known[node]:
            return Person(self.ref(node), self.title(node))
        card = self._parts.cards[node]
        return Person(
            card.ref, card.title, card.reaches[REACHES.index("slack_user_id")] if card.reaches else ""
        )

    def with_value(self, facet: str, value: str) -> Numbers | None:
        """Return the entities of a tier, lifecycle, type, language, tag or kind; None when there are none."""
        return self._parts.facets.with_value(facet, value)

    def values(self, facet: str) -> list[str]:
        """Return the values that a filter can have, sorted."""
        return self._parts.facets.values(facet)

    def unowned(self) -> Numbers:
        """Return the entities that nobody answers for, those that own left out."""
        nobody = (self._parts.owner == NOBODY) & self._graph.known & ~self.can_own
        return np.flatnonzero(nobody).astype(np.int32)

    def best(self, nodes: Sequence[int] | Numbers, limit: int) -> list[int]:
        """Return the entities likeliest to be meant: short name, low tier, many dependents."""
        return likeliest(np.asarray(nodes, np.int32), limit, self._parts.ranks, self._graph.places)
