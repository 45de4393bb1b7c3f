"""Makes a new index of one that was built whole and of the entities that changed since.

Nearly all of the memory is shared: the entities are laid over what was built (`overlay`), and what follows
for others - owners that are inherited, refs that lead elsewhere, ranks - is worked out for those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from catalog_store.search.graph import Formers, Graph
from catalog_store.search.layers import Mixed
from catalog_store.search.leaves import (
    OWNER_KINDS,
    aliases_of,
    card_of,
    is_guest,
    marks_on,
    repositories_of,
    targets_in,
    texts_of,
)
from catalog_store.search.overlay import (
    LaidCards,
    LaterRefs,
    Leaf,
    Overlay,
    after,
    everything_over,
    facets_over,
    filters_of,
    names_over,
    numbers_of,
    places_over,
    relations_over,
)
from catalog_store.search.owning import named_owner, owner_of
from catalog_store.search.parts import Parts, Whole
from catalog_store.search.ranking import UNLIKELY, dependents, rank_of
from catalog_store.search.relations import NOBODY, ref_of
from catalog_store.search.rows import Flags, Numbers
from domain.changes import Since
from domain.entities import RELATION_FIELDS, Entity
from domain.refs import Ref

Read = Callable[[Sequence[Ref]], Iterable[Entity]]


def patched(
    whole: Whole, overlay: Overlay | None, parts: Parts, changed: Since, read: Read, most: int
) -> tuple[Overlay, Parts] | None:
    """Return what is laid over `whole` from now on, and what comes of it; None: that would be too much."""
    patch = _Patch(whole, overlay or Overlay(), parts, changed)
    patch.index(read)
    if len(patch.leaves) > most:
        return None
    return patch.overlay, patch.parts(changed.version)


class _Patch:
    """One patch on its way."""

    def __init__(self, whole: Whole, overlay: Overlay, before: Parts, changed: Since) -> None:
        self._whole = whole
        self._before = before
        self._entities = {each.ref: each for each in changed.entities}
        self._gone = [ref for ref in changed.gone if ref not in self._entities]
        self._later = dict(overlay.later)
        self._touched: set[int] = set()
        self._repositories = dict(before.repositories)
        self._holders = dict(before.holders)
        self.leaves: dict[int, Leaf | None] = dict(overlay.leaves)

    @property
    def overlay(self) -> Overlay:
        """All that is laid over the first build from now on."""
        return Overlay(self.leaves, self._later)

    def index(self, read: Read) -> None:
        """Take from the changed entities what is indexed, and from those that share a repository's name."""
        aliases = {ref: aliases_of(entity) for ref, entity in self._entities.items()}
        doubted: set[int] = set()
        for ref in self._gone:
            if (node := self._before.graph.node(ref)) is not None:
                doubted |= self._hold(node, ())
                self.leaves[node] = None
                self._touched.add(node)
        for ref, mine in aliases.items():
            doubted |= self._hold(self._node(ref), repositories_of(ref, mine))
        changing = {self._node(ref) for ref in self._entities}
        others = [self._ref(node) for node in sorted(doubted - changing - set(self._touched))]
        for entity in read(others) if others else ():
            self._entities[entity.ref] = entity
            aliases[entity.ref] = aliases_of(entity)
        for ref, entity in self._entities.items():
            node = self._node(ref)
            self.leaves[node] = self._leaf(node, entity, aliases[ref])
            self._touched.add(node)

    def _hold(self, node: int, names: tuple[str, ...]) -> set[int]:
        """Note what a component's repositories are called; return who has, or had, one of them alone."""
        doubted: set[int] = set()
        before = set(self._repositories.pop(node, ()))
        if names:
            self._repositories[node] = names
        for name in before.symmetric_difference(names):
            had = self._holders.get(name, frozenset())
            has = had | {node} if name in names else had - {node}
            self._holders[name] = has
            if len(had) == 1 or len(has) == 1:
                doubted |= had | has
        return doubted

    def _leaf(self, node: int, entity: Entity, aliases: tuple[str, ...]) -> Leaf:
        card = card_of(entity)
        alone = [name for name in self._repositories.get(node, ()) if len(self._holders[name]) == 1]
        targets: dict[str, Numbers] = {}
        for name in entity.fields.keys() & RELATION_FIELDS.keys():
            refs = [ref_of(each, RELATION_FIELDS[name].kind) for each in targets_in(entity.fields, name)]
            if nodes := {self._node(ref) for ref in refs if ref is not None}:
                targets[name] = numbers_of(nodes)
        return Leaf(
            card,
            tuple(texts_of(card, aliases, alone)),
            aliases,
            targets,
            filters_of(card, entity.texts("tags")),
            marks_on(entity),
            is_guest(entity),
            after(self._whole, node, card),
        )

    def _node(self, ref: Ref) -> int:
        node = self._before.graph.node(ref)
        if node is None:
            node = self._later.setdefault(ref, len(self._whole.parts.graph.refs) + len(self._later))
        return node

    def _ref(self, node: int) -> Ref:
        return self._before.graph.refs[node]

    def parts(self, version: int) -> Parts:
        """Put everything together."""
        whole, before, leaves = self._whole, self._before, self.leaves
        refs = LaterRefs(whole.parts.graph.refs, self._later)
        known, stale = self._known(len(refs))
        places = places_over(whole, leaves, refs, known)
        names = names_over(whole, leaves, stale, places)
        out, back = relations_over(whole, leaves, stale)
        none = Formers({}, frozenset(), {}, None, None)
        graph = Graph(refs, whole.parts.graph.by_ref, self._later, known, out, back, none, places)
        graph = replace(graph, formers=self._formers(graph, names.by_alias))
        led = {each for each in {*graph.formers.now, *before.graph.formers.now}
               if graph.formers.now.get(each) != before.graph.formers.now.get(each)}  # fmt: skip
        owner, heir_of = self._owners(graph, led)
        cards = LaidCards(whole.parts.cards, leaves)
        can_own = np.concatenate((whole.parts.can_own, [ref.kind in OWNER_KINDS for ref in self._later]))
        return replace(
            before,
            version=version,
            cards=cards,
            graph=graph,
            can_own=can_own.astype(np.bool_),
            everything=everything_over(whole, places, known, stale),
            owner=owner,
            heir_of=heir_of,
            owned=self._owned(owner),
            facets=facets_over(whole, leaves, stale),
            names=names,
            ranks=self._ranks(graph, cards, led),
            repositories=self._repositories,
            holders=self._holders,
            marks=self._marks(),
            guests=before.guests.difference(leaves).union(
                node for node, leaf in leaves.items() if leaf is not None and leaf.guest
            ),
        )

    def _marks(self) -> dict[int, tuple[str, ...]]:
        marks = dict(self._before.marks)
        for node in self._touched:
            leaf = self.leaves[node]
            if leaf is not None and leaf.marks:
                marks[node] = leaf.marks
            else:
                marks.pop(node, None)
        return marks

    def _known(self, count: int) -> tuple[Flags, Flags]:
        """Return which nodes are entities, and of which the first build knows nothing that still holds."""
        known = _longer(self._whole.parts.graph.known, count, fill=False)
        stale = np.zeros(count, np.bool_)
        for node, leaf in self.leaves.items():
            known[node], stale[node] = leaf is not None, True
        return known, stale

    def _formers(self, graph: Graph, by_alias: Callable[[str], tuple[int, ...]]) -> Formers:
        """Look anew at those refs that a changed entity had, has, or has as an alias."""
        before = self._before.graph.formers
        anew = {*self._touched, *before.doubtful, *range(len(self._before.graph.refs), len(graph.refs))}
        anew |= {node for node, entity in before.now.items() if entity in self._touched}
        for node in self._touched:
            leaf = self.leaves[node]
            for alias in leaf.aliases if leaf is not None else ():
                ref = ref_of(alias) if "/" in alias and ":" in alias else None
                if ref is not None and (found := graph.node(ref)) is not None:
                    anew.add(found)
        looked = Formers.among((node for node in anew if not graph.known[node]), graph.refs, by_alias)
        now = {node: entity for node, entity in before.now.items() if node not in anew} | dict(looked.now)
        return Formers.of(now, (before.doubtful - anew) | looked.doubtful, len(graph.refs))

    def _owners(self, graph: Graph, led: set[int]) -> tuple[Numbers, Numbers]:
        """Work out anew who answers for what changed, and for all below it."""
        before = self._before.graph
        count = len(graph.refs)
        owner = _longer(self._before.owner, count, fill=NOBODY)
        heir_of = _longer(self._before.heir_of, count, fill=NOBODY)
        anew = self._touched.union(*(graph.stating(node) for node in led))
        waiting = [node for node in anew if not _same_above(node, before, graph)]
        while waiting:
            node = waiting.pop()
            below = {*graph.related(node, "hasPart").tolist()}
            if node < len(before.refs):
                below.update(before.related(node, "hasPart").tolist())
            waiting += [each for each in below - anew if named_owner(each, graph) == NOBODY]
            anew |= below
        for node in anew:
            owner[node], heir_of[node] = owner_of(node, graph, lambda each: named_owner(each, graph))
        return owner, heir_of

    def _owned(self, owner: Numbers) -> Mixed[int]:
        moved = owner != _longer(self._whole.parts.owner, len(owner), fill=NOBODY)
        added: dict[int, list[int]] = {}
        for node in np.flatnonzero(moved & (owner != NOBODY)).tolist():
            added.setdefault(int(owner[node]), []).append(node)
        return Mixed(self._whole.owned, None, moved, added)

    def _ranks(
        self, graph: Graph, cards: LaidCards, led: set[int]
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Rank anew what changed, and what it depends or depended on."""
        before = self._before.graph
        ranks = _longer(self._before.ranks, len(graph.refs), fill=UNLIKELY)
        anew = set(self._touched)
        for node in self._touched:
            anew.update(graph.related(node, "dependsOn").tolist())
            if node < len(before.refs):
                anew.update(before.related(node, "dependsOn").tolist())
        for formers in (graph.formers.now, before.formers.now):
            anew.update(formers[node] for node in led if node in formers)
        for node in anew:
            ranks[node] = rank_of(cards[node], dependents(node, graph)) if graph.known[node] else UNLIKELY
        return ranks


def _same_above(node: int, before: Graph, now: Graph) -> bool:
    """Tell whether a node names the same owner and stands below the same as before."""
    return (
        node < len(before.refs)
        and before.known[node] == now.known[node]
        and all(
            np.array_equal(before.related(node, relation), now.related(node, relation))
            for relation in ("ownedBy", "partOf")
        )
    )


def _longer(array: np.ndarray, count: int, fill: object) -> np.ndarray:
    """Return a copy with items for the nodes that came since."""
    return np.concatenate((array, np.full(count - len(array), fill, array.dtype)))
