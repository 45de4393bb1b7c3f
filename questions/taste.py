"""Which of several things an asker is likeliest to mean, and why: their own team's, what is asked for most.

Changes the order of a pick list and nothing else: what is ambiguous stays so.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers, distinct, intersect
from domain.answers import Answer, Asker, Found, Shown
from domain.clock import Clock, system_clock
from domain.refs import Ref
from questions.askers import myself

HALF_LIFE = timedelta(days=7)
"""After how long a question for a thing counts half."""
REMEMBERED = 5_000
"""Of how many things it is known how often they were asked for."""
OFTEN = 2.5
"""How much a thing's questions must count for it to be often asked for: three of these days."""
_COMPARED = 50

YOURS, ASKED, CRITICAL = "your team's", "asked for most", "most critical"


class Usage:
    """How often each thing was asked for, older questions counting less; safe for any number of threads.

    Held in memory alone: it is forgotten when the process ends, and each replica has its own.
    """

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock
        self._began = clock()
        self._weights: dict[Ref, float] = {}
        """Questions, each counting double for every half-life that it came after the beginning."""
        self._lock = Lock()

    def hear(self, answer: Answer) -> None:
        """Count what was asked for, if it was found."""
        if isinstance(answer, Found | Shown):
            self.note(answer.record.entity.ref)

    def note(self, ref: Ref) -> None:
        """Count one question for a thing."""
        weight = self._scale()
        with self._lock:
            self._weights[ref] = self._weights.get(ref, 0.0) + weight
            if len(self._weights) > REMEMBERED:
                most = heapq.nlargest(REMEMBERED // 2, self._weights.items(), key=lambda each: each[1])
                self._weights = dict(most)

    def often(self) -> list[Ref]:
        """Return what was asked for often, the most asked for first."""
        least = OFTEN * self._scale()
        with self._lock:
            often = [(weight, ref) for ref, weight in self._weights.items() if weight >= least]
        return [ref for _, ref in heapq.nsmallest(_COMPARED, often, key=lambda each: (-each[0], each[1]))]

    def _scale(self) -> float:
        """Return what a question of this moment counts; after 19 years they would all count the same."""
        return float(2 ** min(1_000.0, (self._clock() - self._began) / HALF_LIFE))


@dataclass(frozen=True, slots=True)
class Taste:
    """Who asks, and what is asked for."""

    asker: Asker = field(default_factory=Asker)
    usage: Usage | None = None

    def first(self, nodes: Numbers, limit: int, index: Index) -> list[tuple[int, str]]:
        """Return the nodes likeliest to be meant, at most `limit`, each with why it is before others.

        `nodes` are sorted. First what the asker's teams own, then what is asked for most, then by a short
        name, a low tier and many dependents. The reason is empty where nothing sets a node apart.
        """
        found: dict[int, str] = {}
        mine = intersect([nodes, self._owned(index)]) if len(nodes) else EMPTY
        for node in index.best(mine, limit):
            found[node] = YOURS
        there = set(nodes.tolist()) if self.usage is not None else set()
        for node in self._often(index):
            if node in there and node not in found:
                found[node] = ASKED if ASKED not in found.values() else ""
        rest = index.best(nodes, limit + len(found))
        others = [node for node in rest if node not in found]
        if len(others) > 1 and not found and _decided_by_tier(others[0], others[1], index):
            found[others.pop(0)] = CRITICAL
        found.update(dict.fromkeys(others, ""))
        return list(found.items())[:limit]

    def sort(self, nodes: Sequence[int], index: Index) -> list[tuple[int, str]]:
        """Return a few nodes, the asker's own and the most asked for first, the others as they come."""
        mine = set(self._owned(index).tolist())
        often = [node for node in self._often(index) if node in nodes and node not in mine]
        own = [(node, YOURS) for node in nodes if node in mine]
        asked = [(node, "" if at else ASKED) for at, node in enumerate(often)]
        before = {node for node, _ in (*own, *asked)}
        return [*own, *asked, *((node, "") for node in nodes if node not in before)]

    def _owned(self, index: Index) -> Numbers:
        """Return what the asker and the asker's teams own, sorted."""
        node = myself(self.asker, index)
        if node is None:
            return EMPTY
        owners = [node, *index.related(node, "memberOf").tolist()]
        return distinct(np.concatenate([index.owned_by(each) for each in owners]))

    def _often(self, index: Index) -> list[int]:
        if self.usage is None:
            return []
        nodes = (index.node(ref) for ref in self.usage.often())
        return [node for node in dict.fromkeys(nodes) if node is not None]


INDIFFERENT = Taste()
"""Of nobody in particular."""


def _decided_by_tier(first: int, second: int, index: Index) -> bool:
    """Tell whether two would stand the other way round if it were not for their tiers."""
    one, other = index.thing(first), index.thing(second)
    return len(one.name) == len(other.name) and one.tier != other.tier and one.tier.isdecimal()
