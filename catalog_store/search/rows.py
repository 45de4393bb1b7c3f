"""Many short sorted lists of numbers in two numpy arrays, and their intersection.

Knows nothing of what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Items = Sequence[int] | npt.NDArray[np.int32] | npt.NDArray[np.int64]

EMPTY: Numbers = np.empty(0, np.int32)


class Rows:
    """Row `i` is a sorted array without repeats; all rows lie one after the other in `_values`."""

    __slots__ = ("_starts", "_values")

    def __init__(self, keys: Items, values: Items, count: int) -> None:
        """Put `values[n]` into row `keys[n]`, for rows 0 to `count` - 1; all numbers are at least 0."""
        items = np.asarray(values, np.int64)
        width = int(items.max(initial=0)) + 1
        both = np.asarray(keys, np.int64) * width + items
        both.sort()
        if len(both):
            both = both[np.concatenate(([True], both[1:] != both[:-1]))]
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

    def within(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return where each of the rows begins, its length, and the values of all rows."""
        if not len(self._values):
            return EMPTY, EMPTY, EMPTY
        starts = self._starts[rows]
        return starts, self._starts[rows + 1] - starts, self._values

    def firsts(self, none: int) -> Numbers:
        """Return the first number of each row, `none` for an empty row."""
        if not len(self._values):
            return np.full(len(self), none, np.int32)
        at = np.minimum(self._starts[:-1], len(self._values) - 1)
        return np.where(self.sizes() > 0, self._values[at], np.int32(none))


def distinct(numbers: Numbers) -> Numbers:
    """Return the numbers sorted and each once; quicker than numpy's own way for numbers that are few."""
    if len(numbers) < 2:
        return numbers
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


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
