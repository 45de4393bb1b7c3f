"""What makes one entity likelier to be meant than another of a like name, before anybody knows who asks.

A short name, then a low tier, then many dependents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from catalog_store.search.gathering import Cards
from catalog_store.search.graph import Graph, Places
from catalog_store.search.leaves import Card
from catalog_store.search.rows import Numbers, Rows

Amount = TypeVar("Amount", int, Places)

UNLIKELY = 1 << 62
"""The rank of what is no entity."""
_LENGTHS, _TIERS, _DEPENDENTS = 1 << 12, 1 << 10, 1 << 20


def ranks_of(cards: Cards, graph: Graph, out: Mapping[str, Rows], back: Mapping[str, Rows]) -> Places:
    """Return the ranks of all nodes of a first build, whose rows are whole."""
    count, size = len(graph.refs), len(cards)
    ranks: Places = np.full(count, UNLIKELY, np.int64)
    said = np.zeros(count, np.int64)
    for rows in (back.get("dependsOn"), out.get("dependencyOf")):
        if rows is not None:
            said += rows.sizes()
    for former, now in graph.formers.now.items():
        said[now] += len(back["dependsOn"][former]) if "dependsOn" in back else 0
    lengths = np.fromiter((len(cards.name(node)) for node in range(size)), np.int64, size)
    tiers = np.fromiter((_tier(traits[0]) for traits in cards.traits), np.int64, size)
    ranks[:size] = _rank(np.minimum(lengths, _LENGTHS - 1), tiers, np.minimum(said[:size], _DEPENDENTS - 1))
    return ranks


def rank_of(card: Card, dependents: int) -> int:
    """Return a number that is the lower the likelier an entity is meant."""
    length = min(len(card.name), _LENGTHS - 1)
    return _rank(length, _tier(card.traits[0]), min(dependents, _DEPENDENTS - 1))


def _rank(length: Amount, tier: Amount, dependents: Amount) -> Amount:
    return (length * _TIERS + tier) * _DEPENDENTS + _DEPENDENTS - 1 - dependents


def _tier(tier: str) -> int:
    return int(tier) if tier.isdecimal() and len(tier) < 4 else _TIERS - 1


def dependents(node: int, graph: Graph) -> int:
    """Return how often something says that it depends on a node, or the node that something depends on it."""
    said = graph.back.get("dependsOn")
    count = 0
    if said is not None:
        count = sum(len(rows) for rows in map(said.__getitem__, (node, *graph.formers.by_now.get(node, ()))))
    own = graph.out.get("dependencyOf")
    return count if own is None else count + len(own[node])


def likeliest(nodes: Numbers, limit: int, ranks: Places, places: Places | None) -> list[int]:
    """Return the nodes with the lowest ranks, at most `limit`; equals in the order of lists."""
    if limit < 1:
        return []
    mine = ranks[nodes]
    if len(nodes) > limit:
        least = np.partition(mine, limit - 1)[limit - 1]
        near = mine <= least
        nodes, mine = nodes[near], mine[near]
    order = np.lexsort((nodes if places is None else places[nodes], mine))
    found: list[int] = nodes[order[:limit]].tolist()
    return found
