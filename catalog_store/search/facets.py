"""Who has which value of a filter.

What a filter means is for questions to say.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from catalog_store.search.layers import Mixed
from catalog_store.search.rows import Flags, Numbers, Rows
from catalog_store.search.spelling import fold

Pair = tuple[str, str]
"""A filter and a value in lower case."""


class Facets:
    """The entities by the values of filters."""

    __slots__ = ("_added", "_live", "_mixed", "_numbers", "_rows", "_stale")

    def __init__(
        self,
        numbers: Mapping[Pair, int],
        rows: Rows,
        stale: Flags | None = None,
        added: Mapping[Pair, list[int]] | None = None,
    ) -> None:
        """Take the row of each value, then which entities are stale in them, and who has values besides."""
        self._numbers = numbers
        self._rows = rows
        self._stale = stale
        self._added = added or {}
        self._mixed = None if stale is None else Mixed(rows, numbers, stale, self._added)
        self._live: frozenset[Pair] | None = None

    def layered(self, stale: Flags, added: Mapping[Pair, list[int]]) -> Facets:
        """Return the same with some entities taken out and put in."""
        return Facets(self._numbers, self._rows, stale, added)

    def with_value(self, facet: str, value: str) -> Numbers | None:
        """Return the entities that have a value; None when none has."""
        pair = (facet, fold(value))
        if self._mixed is not None:
            found = self._mixed[pair]
            return found if len(found) else None
        row = self._numbers.get(pair)
        return None if row is None else self._rows[row]

    def values(self, facet: str) -> list[str]:
        """Return the values that anything has, sorted."""
        return sorted(value for name, value in self._those_had() if name == facet)

    def _those_had(self) -> frozenset[Pair]:
        live = self._live
        if live is None:
            live = frozenset(self._numbers)
            if self._stale is not None:
                before = np.concatenate(([0], np.cumsum(~self._stale[self._rows.values])))
                having = before[self._rows.starts[1:]] > before[self._rows.starts[:-1]]
                live = frozenset(pair for pair, row in self._numbers.items() if having[row]) | set(
                    self._added
                )
            self._live = live
        return live
