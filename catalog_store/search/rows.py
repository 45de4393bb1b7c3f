"""Many short sorted lists of numbers in two numpy arrays, and their intersection.

Knows nothing of what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Wide = npt.NDArray[np.int64]

EMPTY: Numbers = np.empty(0, np.int32)


class Rows:
    """Row `i` is a sorted array without repeats; all rows lie one after the other in `_values`."""

    __slots__ = ("_starts", "_values")

    def __init__(
        self, keys: Sequence[int] | Numbers | Wide, values: Sequence[int] | Numbers, count: int
    ) -> None:
        """Put `values[n]` into row `keys[n]`, for rows 0 to `count` - 1; all numbers are at least 0."""
        rows, items = np.asarray(keys, np.int64), np.asarray(values, np.int64)
        width = int(items.max(initial=0)) + 1
        both = np.unique(rows * width + items)
        self._values: Numbers = (both % width).astype(np.int32)
        sizes = np.bincount(both // width, minlength=count)
        self._starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)

    def __getitem__(self, row: int) -> Numbers:
        return self._values[self._starts[row] : self._starts[row + 1]]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def sizes(self) -> Numbers:
        """Return the length of each row."""
        return np.diff(self._starts)


def intersect(rows: Iterable[Numbers]) -> Numbers:
    """Return what is in all of the sorted arrays, sorted; the arrays must be at least one."""
    shortest, *others = sorted(rows, key=len)
    for other in others:
        if not len(shortest):
            break
        at = np.searchsorted(other, shortest)
        at[at == len(other)] = 0
        shortest = shortest[other[at] == shortest] if len(other) else EMPTY
    return shortest
