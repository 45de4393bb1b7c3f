"""What was read once, with a few things laid over it: both stay as they are, and are read as one.

Values of the base that are stale are left out; what took their place is in the layer above.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from catalog_store.search.names import Names, likest
from catalog_store.search.rows import EMPTY, Flags, Numbers, Rows
from catalog_store.search.spelling import spellings, words

_REMEMBERED = 500
"""From which length on a row is put together once and not at each look."""
Key = TypeVar("Key", bound=Hashable)


class RowSource(Protocol):
    """Rows by number, whatever they are made of."""

    def __getitem__(self, row: int, /) -> Numbers:
        """Return a row, sorted, each number once."""
        ...

    def together(self, rows: Numbers, /) -> Numbers:
        """Return the numbers in all of these rows, in no order; what is in several comes again."""
        ...


class Replaced:
    """Rows of which some are others now; there may be more rows than there were."""

    __slots__ = ("_base", "_now", "_stale")

    def __init__(self, base: Rows | None, now: Mapping[int, Numbers], stale: Flags) -> None:
        """Take the rows as they were, those that are others (empty ones too), and which these are."""
        self._base = base
        self._now = now
        self._stale = stale

    def __getitem__(self, row: int) -> Numbers:
        now = self._now.get(row)
        if now is not None:
            return now
        return EMPTY if self._base is None or row >= len(self._base) else self._base[row]

    def together(self, rows: Numbers) -> Numbers:
        """As `RowSource.together`."""
        stale = self._stale[rows]
        found = [self._now[row] for row in rows[stale].tolist()]
        if self._base is not None:
            kept = rows[~stale]
            found.append(self._base.together(kept[kept < len(self._base)]))
        return np.concatenate(found) if found else EMPTY


class Mixed(Generic[Key]):
    """Rows that lose the values that are stale and gain others."""

    __slots__ = ("_added", "_base", "_gaining", "_mixed", "_number", "_stale")

    def __init__(
        self,
        base: Rows | None,
        number: Mapping[Key, int] | None,
        stale: Flags,
        added: Mapping[Key, list[int]],
    ) -> None:
        """Take the rows as they were, the number of each if it goes by another key, and what comes to it."""
        self._base = base
        self._number = number
        self._stale = stale
        self._added = added
        self._mixed: dict[Key, Numbers] = {}
        self._gaining: Flags | None = None

    def __getitem__(self, key: Key) -> Numbers:
        """Return a row; one that was never heard of is empty."""
        mixed = self._mixed.get(key)
        if mixed is not None:
            return mixed
        was = self._was(key)
        kept = was[~self._stale[was]] if len(was) else was
        added = self._added.get(key)
        found = kept if added is None else np.sort(np.concatenate((kept, np.array(added, np.int32))))
        if len(was) >= _REMEMBERED:
            self._mixed[key] = found
        return found

    def together(self, rows: Numbers) -> Numbers:
        """As `RowSource.together`, of rows that go by their number."""
        found: list[Numbers] = []
        if self._base is not None:
            was = self._base.together(rows[rows < len(self._base)])
            found.append(was[~self._stale[was]])
        if self._added:
            gaining = self._gaining
            if gaining is None:
                gaining = self._gaining = np.zeros(len(self._stale), np.bool_)
                gaining[[row for row in self._added if isinstance(row, int)]] = True
            added: Mapping[Any, list[int]] = self._added
            found.extend(np.array(added[row], np.int32) for row in rows[gaining[rows]].tolist())
        return np.concatenate(found) if found else EMPTY

    def _was(self, key: Key) -> Numbers:
        row = self._number.get(key, -1) if self._number is not None else key
        if self._base is None or not isinstance(row, int) or not 0 <= row < len(self._base):
            return EMPTY
        return self._base[row]


class LayeredNames:
    """Names of which those of some nodes are stale, and beside them the names that these have now."""

    __slots__ = ("_base", "_now", "_places", "_stale")

    def __init__(self, base: Names, now: Names, stale: Flags, places: npt.NDArray[np.int64]) -> None:
        """Take the names of all nodes, all names of those that are stale in them, and the nodes' order."""
        self._base = base
        self._now = now
        self._stale = stale
        self._places = places

    def called(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """As `Names.called`."""
        was, now = self._base.called(text), self._now.called(text)
        named, titled, aliased = (
            [*self._kept(before), *after] for before, after in zip(was, now, strict=True)
        )
        return named, titled, aliased

    def by_alias(self, text: str) -> tuple[int, ...]:
        """As `Names.by_alias`."""
        return (*self._kept(self._base.by_alias(text)), *self._now.by_alias(text))

    def beginning(self, text: str, *, inside_word: bool = False) -> Numbers:
        """As `Names.beginning`."""
        return self._joined(
            self._base.beginning(text, inside_word=inside_word),
            self._now.beginning(text, inside_word=inside_word),
        )

    def with_words(self, text: str) -> Numbers:
        """As `Names.with_words`."""
        for spelling in spellings(text):
            wanted = {*words(spelling)}
            if len(found := self._joined(self._base.with_all(wanted), self._now.with_all(wanted))):
                return found
        return EMPTY

    def like(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """As `Names.like`."""
        was = [each for each in self._base.alike(text, at_least) if not self._stale[each[2]]]
        return likest(was + self._now.alike(text, at_least), self._places)

    def _kept(self, nodes: Sequence[int]) -> list[int]:
        return [node for node in nodes if not self._stale[node]]

    def _joined(self, was: Numbers, now: Numbers) -> Numbers:
        kept = was[~self._stale[was]]
        return np.sort(np.concatenate((kept, now))) if len(now) else kept
