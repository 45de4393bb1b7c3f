"""Many short sorted lists of numbers in two numpy arrays, and their intersection.

Knows nothing of what the numbers mean.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Items = Sequence[int] | npt.NDArray[np.int32] | npt.NDArray[np.int64]

EMPTY: Numbers = np.empty(0, np.int32)


class Rows:
    """Row `i` is a sorted array without repeats; all rows lie one after the other in `values`."""

    __slots__ = ("starts", "values")

    def __init__(self, keys: Items, values: Items, count: int) -> None:
        """Put `values[n]` into row `keys[n]`, for rows 0 to `count` - 1; all numbers are at least 0."""
        self.values: Numbers = EMPTY
        self.starts: Numbers = np.zeros(count + 1, np.int32)
        if not len(values):
            return
        width = int(np.max(values)) + 1
        both = np.asarray(keys, np.int64) * width
        both += np.asarray(values, np.int32)
        both.sort()
        if len(both) > 1:
            both = both[np.concatenate(([True], both[1:] != both[:-1]))]
        self.values = (both % width).astype(np.int32)
        both //= width
        self.starts = both.searchsorted(np.arange(count + 1)).astype(np.int32)

    @classmethod
    def of(cls, starts: Numbers, values: Numbers) -> Rows:
        """Take rows that are in order already: row `i` is `values[starts[i] : starts[i + 1]]`."""
        rows = cls.__new__(cls)
        rows.starts, rows.values = starts, values
        return rows

    def __getitem__(self, row: int) -> Numbers:
        return self.values[self.starts[row] : self.starts[row + 1]]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def sizes(self) -> Numbers:
        """Return the length of each row."""
        return np.diff(self.starts)

    def together(self, rows: Numbers) -> Numbers:
        """Return the numbers in all of these rows, row after row; what is in several comes again."""
        starts = self.starts[rows]
        sizes = self.starts[rows + 1] - starts
        total = int(sizes.sum())
        if not total:
            return EMPTY
        # Where each row's numbers begin among all values, less where they begin among those returned.
        shifts = np.repeat(starts - (np.cumsum(sizes, dtype=np.int32) - sizes), sizes)
        found: Numbers = self.values[np.arange(total, dtype=np.int32) + shifts]
        return found

    def firsts(self, none: int) -> Numbers:
        """Return the first number of each row, `none` for an empty row."""
        if not len(self.values):
            return np.full(len(self), none, np.int32)
        at = np.minimum(self.starts[:-1], len(self.values) - 1)
        return np.where(self.sizes() > 0, self.values[at], np.int32(none))


class Numbering(dict[str, int]):
    """Gives each text a number when it is first asked for, from 0 on."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Lists:
    """Collects a list of numbers for one thing after the other, without an object for any of them."""

    __slots__ = ("_sizes", "_values")

    def __init__(self) -> None:
        self._sizes = array("i")
        self._values = array("i")

    def add(self, numbers: Iterable[int]) -> None:
        """Add the list of the next thing."""
        before = len(self._values)
        self._values.extend(numbers)
        self._sizes.append(len(self._values) - before)

    def pairs(self) -> tuple[Numbers, Numbers]:
        """Return the thing of each number, counted from 0, and the number."""
        sizes = np.asarray(self._sizes, np.int32)
        return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), np.asarray(self._values, np.int32)


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
