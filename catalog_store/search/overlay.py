"""The entities that an index was patched with: each with what is taken from it, by node.

Puts the layers together from them; what follows for other nodes is `patching`'s.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from catalog_store.search.facets import Facets, Pair
from catalog_store.search.graph import Places
from catalog_store.search.layers import LayeredNames, Mixed, Replaced
from catalog_store.search.leaves import TRAITS, Card, ids_of
from catalog_store.search.names import Names
from catalog_store.search.parts import CardSource, Whole
from catalog_store.search.rows import Flags, Numbers, distinct
from catalog_store.search.spelling import fold
from catalog_store.search.texts import Leads
from domain.entities import RELATION_FIELDS
from domain.refs import Ref

_ROOM = 1 << 22
"""How many nodes can be put between two that were neighbours."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entity as it is indexed."""

    card: Card
    texts: tuple[tuple[str, int], ...]
    """What it is called, and what each is to it."""
    aliases: tuple[str, ...]
    targets: Mapping[str, Numbers]
    """For each relation field the nodes that it states."""
    filters: frozenset[Pair]
    """What finds it in lists."""
    marks: tuple[str, ...]
    """Who may see it; empty: it does not say."""
    guest: bool
    """Whether it is a guest of the Slack workspace."""
    after: int | None
    """How many of the entities of the first build come before it in lists; None: it is where it was there."""


def filters_of(card: Card, tags: Iterable[str]) -> frozenset[Pair]:
    """Return the filters that find an entity, as `gathering` numbers them."""
    values = zip(TRAITS, card.traits, strict=True)
    pairs = [("kind", card.ref.kind), *(("tag", tag) for tag in tags), *(each for each in values if each[1])]
    return frozenset((name, fold(value)) for name, value in pairs)


def after(whole: Whole, node: int, card: Card) -> int | None:
    """Return a leaf's `after`."""
    cards = whole.cards
    if node < whole.size and cards.place(node) == card.place:
        return None
    return bisect_left(range(whole.size), card.place, key=cards.place)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What was patched since the index was built whole."""

    leaves: Mapping[int, Leaf | None] = field(default_factory=dict)
    """By node; None for one that is no entity any more."""
    later: Mapping[Ref, int] = field(default_factory=dict)
    """The nodes that came since."""


class LaterRefs(Sequence[Ref]):
    """The refs of all nodes, those that came since behind the first ones."""

    __slots__ = ("_first", "_later")

    def __init__(self, first: Sequence[Ref], later: Iterable[Ref]) -> None:
        self._first = first
        self._later = list(later)

    def __len__(self) -> int:
        return len(self._first) + len(self._later)

    def __getitem__(self, node: int) -> Ref:  # type: ignore[override]  # nobody asks for a slice
        count = len(self._first)
        return self._first[node] if node < count else self._later[node - count]


class LaidCards:
    """The cards of all entities, those that were patched before those that were read first."""

    __slots__ = ("_base", "_leaves")

    def __init__(self, base: CardSource, leaves: Mapping[int, Leaf | None]) -> None:
        self._base = base
        self._leaves = leaves

    def __getitem__(self, node: int) -> Card:
        leaf = self._leaves.get(node)
        return self._base[node] if leaf is None else leaf.card


def names_over(whole: Whole, leaves: Mapping[int, Leaf | None], stale: Flags, places: Places) -> LayeredNames:
    """Lay the names of the patched entities over all names."""
    there = [(node, leaf) for node, leaf in leaves.items() if leaf is not None]
    texts = [(text, node, role) for node, leaf in there for text, role in leaf.texts]
    ids = [(hash(each), node) for node, leaf in there for each in ids_of(leaf.aliases)]
    now = Names(
        [text for text, _, _ in texts],
        np.array([node for _, node, _ in texts], np.int32),
        np.array([role for _, _, role in texts], np.uint8),
        Leads(np.array([each for each, _ in ids], np.int64), np.array([node for _, node in ids], np.int32)),
    )
    return LayeredNames(whole.names, now, stale, places)


def facets_over(whole: Whole, leaves: Mapping[int, Leaf | None], stale: Flags) -> Facets:
    """Lay the filters of the patched entities over all."""
    added: dict[Pair, list[int]] = {}
    for node, leaf in leaves.items():
        for pair in leaf.filters if leaf is not None else ():
            added.setdefault(pair, []).append(node)
    return whole.parts.facets.layered(stale, added)


def relations_over(
    whole: Whole, leaves: Mapping[int, Leaf | None], stale: Flags
) -> tuple[dict[str, Replaced], dict[str, Mixed[int]]]:
    """Lay what the patched entities state over all that is stated."""
    nothing = np.empty(0, np.int32)
    stated = {name for leaf in leaves.values() if leaf is not None for name in leaf.targets}
    out, back = {}, {}
    for name in RELATION_FIELDS:
        if name not in stated and name not in whole.out:
            continue
        now = {
            node: leaf.targets.get(name, nothing) if leaf is not None else nothing
            for node, leaf in leaves.items()
        }
        added: dict[int, list[int]] = {}
        for node, targets in now.items():
            for target in targets.tolist():
                added.setdefault(target, []).append(node)
        out[name] = Replaced(whole.out.get(name), now, stale)
        back[name] = Mixed(whole.back.get(name), None, stale, added)
    return out, back


def places_over(whole: Whole, leaves: Mapping[int, Leaf | None], refs: Sequence[Ref], known: Flags) -> Places:
    """Return what all nodes are ordered by: those read first by their number, the others in between."""
    places = np.arange(len(refs), dtype=np.int64) * _ROOM
    size, first = whole.size, whole.parts.graph.refs
    entities: list[tuple[int, tuple[str, Ref], int]] = []
    spoken_of: list[tuple[Ref, int]] = []
    for node in {*leaves, *range(len(first), len(refs))}:
        leaf = leaves.get(node)
        if not known[node] or leaf is None:
            spoken_of.append((refs[node], node))
        elif leaf.after is not None:
            entities.append((leaf.after, leaf.card.place, node))
    for rank, (before, _, node) in enumerate(sorted(entities), 1):
        places[node] = (before - 1) * _ROOM + rank
    for rank, (ref, node) in enumerate(sorted(spoken_of), _ROOM // 2):
        before = bisect_left(first, ref, size)
        places[node] = (before - 1) * _ROOM + rank
    return places


def everything_over(whole: Whole, places: Places, known: Flags, stale: Flags) -> Numbers:
    """Return all entities in their order."""
    kept = np.flatnonzero(known[: whole.size] & ~stale[: whole.size]).astype(np.int32)
    others = np.flatnonzero(known & stale).astype(np.int32)
    others = others[np.argsort(places[others])]
    return np.insert(kept, np.searchsorted(places[kept], places[others]), others)


def numbers_of(nodes: Iterable[int]) -> Numbers:
    """Return nodes as a row: sorted, each once."""
    return distinct(np.array(list(nodes), np.int32))
