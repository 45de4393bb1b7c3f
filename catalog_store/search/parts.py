"""What an index is put together from, whether it was built whole or patched.

Values only; nothing here is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from catalog_store.search.facets import Facets
from catalog_store.search.gathering import Cards, gather
from catalog_store.search.graph import Formers, Graph, Places
from catalog_store.search.layers import LayeredNames, RowSource
from catalog_store.search.leaves import OWNER_KINDS, Card
from catalog_store.search.names import Names
from catalog_store.search.owning import own
from catalog_store.search.ranking import ranks_of
from catalog_store.search.relations import NOBODY, relate
from catalog_store.search.rows import Flags, Numbers, Rows
from domain.entities import Entity


class CardSource(Protocol):
    """The cards of all entities, by node."""

    def __getitem__(self, node: int, /) -> Card:
        """Return an entity's card."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that one snapshot is asked for. Arrays have an item for each node."""

    version: int
    cards: CardSource
    graph: Graph
    can_own: Flags
    everything: Numbers
    """All entities, in the order of lists."""
    owner: Numbers
    """The node that answers for each node: what it names, else its system's or domain's; NOBODY when none."""
    heir_of: Numbers
    """The node from which the owner is inherited; NOBODY when it is the node's own, or there is none."""
    owned: RowSource
    """What each node answers for."""
    facets: Facets
    names: Names | LayeredNames
    ranks: Places
    """The lower, the likelier an entity is meant."""
    repositories: Mapping[int, tuple[str, ...]]
    """What the repositories of a component are called where that is not its name."""
    holders: Mapping[str, frozenset[int]]
    """The components that have a repository of each of these names."""
    marks: Mapping[int, tuple[str, ...]]
    """Who may see them, of the entities that say so."""
    guests: frozenset[int]
    """The people who are guests of the Slack workspace."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A snapshot that was built whole, with what later ones are laid over."""

    parts: Parts
    cards: Cards
    out: Mapping[str, Rows]
    back: Mapping[str, Rows]
    owned: Rows
    names: Names
    size: int
    """How many entities it has; they are the nodes from 0 on, in the order of lists."""


def build(entities: Iterable[Entity], version: int) -> Whole:
    """Read the entities once."""
    gathered = gather(entities)
    size = len(gathered.cards)
    stated = relate(gathered)
    gathered.stated.clear()  # the targets as they are written: their room is needed for the names
    names = Names(gathered.texts, gathered.nodes, gathered.roles, gathered.ids)
    gathered.texts.clear()
    count = len(stated.refs)
    known = np.arange(count) < size
    formers = Formers.among(range(size, count), stated.refs, names.by_alias)
    graph = Graph(stated.refs, stated.by_ref, {}, known, stated.out, stated.back, formers, None)
    owner, heir_of = own(graph, dict(stated.out))
    has = np.flatnonzero(owner != NOBODY).astype(np.int32)
    owned = Rows(owner[has], has, count)
    holders: dict[str, set[int]] = {}
    for node, having in gathered.repositories.items():
        for name in having:
            holders.setdefault(name, set()).add(node)
    parts = Parts(
        version=version,
        cards=gathered.cards,
        graph=graph,
        can_own=np.fromiter((ref.kind in OWNER_KINDS for ref in stated.refs), np.bool_, count),
        everything=np.arange(size, dtype=np.int32),
        owner=owner,
        heir_of=heir_of,
        owned=owned,
        facets=Facets(gathered.filters, gathered.filtered),
        names=names,
        ranks=ranks_of(gathered.cards, graph, stated.out, stated.back),
        repositories=gathered.repositories,
        holders={name: frozenset(nodes) for name, nodes in holders.items()},
        marks=gathered.cards.marks,
        guests=gathered.cards.guests,
    )
    return Whole(parts, gathered.cards, stated.out, stated.back, owned, names, size)
