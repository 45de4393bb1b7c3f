"""Finds the texts most like a misspelt one: trigrams choose a few hundred, an edit distance ranks them.

Returns numbers of texts with a likeness; whether that is near enough is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog_store.search.rows import EMPTY, Numbers, Rows, distinct

_BUCKETS = 1 << 16
_LOOKED_AT = 60_000
"""How many postings one query reads at most, rarest trigrams first: bounds the time where names are alike."""
_RERANKED = 200
_CHUNK = 8_000
"""How many texts are cut up at once: a few MB of memory, whatever the size of the catalog."""

Buckets = npt.NDArray[np.uint16]


class Trigrams:
    """The texts by their trigrams, with the ends of a text counting as characters."""

    __slots__ = ("_lengths", "_rows", "_sizes", "_texts")

    def __init__(self, texts: Sequence[str], kept: Sequence[str] | None = None) -> None:
        """Take the texts, and those same in less room, if they are to be kept so."""
        self._texts = texts if kept is None else kept
        self._lengths: Numbers = np.fromiter(map(len, texts), np.int32, len(texts))
        self._rows = _postings(texts)
        self._sizes = self._rows.sizes()

    def nearest(self, text: str, at_least: float) -> list[tuple[float, str, int]]:
        """Return (likeness, text, number) of texts like this one, the likest first; likeness is at most 1."""
        chosen = self._alike(text)
        if not len(chosen):
            return []
        numbers = chosen.tolist()
        texts = [self._texts[number] for number in numbers]
        scored = process.extract(
            text, texts, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=None
        )
        found = [(score, near, numbers[at]) for near, score, at in scored]
        return sorted(found, key=lambda one: (-one[0], one[2]))

    def _alike(self, text: str) -> Numbers:
        wanted = distinct(_cut_up([text])[0].astype(np.int32))
        wanted = wanted[self._sizes[wanted] > 0]
        wanted = wanted[np.argsort(self._sizes[wanted], kind="stable")]
        within = np.searchsorted(np.cumsum(self._sizes[wanted]), _LOOKED_AT, side="right")
        read = [self._rows[int(bucket)] for bucket in wanted[: max(1, int(within))]]
        if not read:
            return EMPTY
        counts = np.bincount(np.concatenate(read), minlength=1)
        # Those that share the most; a few passes over all counts are quicker than to look each of them up.
        for least in range(len(read), 0, -1):
            enough = counts >= least
            if np.count_nonzero(enough) >= _RERANKED:
                break
        numbers = np.flatnonzero(enough).astype(np.int32)
        shared = counts[numbers]
        if len(numbers) <= _RERANKED:
            return numbers
        # Of two texts that share as much, the one nearer in length needs fewer edits.
        worth = shared * 64 - np.minimum(np.abs(self._lengths[numbers] - len(text)), 63)
        best = np.argpartition(-worth, _RERANKED)[:_RERANKED]
        return np.sort(numbers[best])


def _postings(texts: Sequence[str]) -> Rows:
    """Return for each bucket the numbers of the texts with such a trigram, put in place chunk by chunk."""
    sizes = np.zeros(_BUCKETS, np.int64)
    for buckets, _ in _chunks(texts):
        sizes += np.bincount(buckets, minlength=_BUCKETS)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    values: Numbers = np.empty(int(starts[-1]), np.int32)
    free = starts[:-1].copy()
    for buckets, owners in _chunks(texts):
        here = np.bincount(buckets, minlength=_BUCKETS)
        # Its place: where its bucket has room, and how many of its bucket come before it in this chunk.
        values[np.arange(len(buckets)) + np.repeat(free - np.cumsum(here) + here, here)] = owners
        free += here
    return Rows.of(starts.astype(np.int32), values)


def _chunks(texts: Sequence[str]) -> Iterator[tuple[Buckets, Numbers]]:
    """Yield buckets and owners of some texts at a time, sorted by both, no pair twice."""
    for first in range(0, len(texts), _CHUNK):
        buckets, owners = _cut_up([texts[each] for each in range(first, min(first + _CHUNK, len(texts)))])
        order = np.argsort(buckets, kind="stable")
        buckets, owners = buckets[order], owners[order] + np.int32(first)
        new = np.concatenate(([True], (buckets[1:] != buckets[:-1]) | (owners[1:] != owners[:-1])))
        yield buckets[new], owners[new]


def _cut_up(texts: Sequence[str]) -> tuple[Buckets, Numbers]:
    """Return the bucket of each trigram of each text, and beside it the text's number.

    Two trigrams may share a bucket: that costs a needless look, never a wrong answer.
    """
    joined = "\0\0" + "\0\0".join(texts) + "\0\0"
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Overflow is meant: what is left of it are the last 16 bits.
    buckets = (letters[:-2] * 7_919 + letters[1:-1] * 104_729 + letters[2:] * 1_299_709) & (_BUCKETS - 1)
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths + 2)
    return buckets[: len(owners)].astype(np.uint16), owners
