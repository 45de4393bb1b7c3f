"""Finds the texts most like a misspelt one: trigrams choose a few hundred, an edit distance ranks them.

Returns numbers of texts with a likeness; whether that is near enough is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog_store.search.rows import EMPTY, Numbers, Rows, distinct

_BUCKETS = 1 << 16
_LOOKED_AT = 60_000
"""How many postings one query reads at most, rarest trigrams first: bounds the time where names are alike."""
_RERANKED = 200


class Trigrams:
    """The texts by their trigrams, with the ends of a text counting as characters."""

    __slots__ = ("_lengths", "_rows", "_sizes", "_texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._lengths: Numbers = np.fromiter(map(len, texts), np.int32, len(texts))
        buckets, owners = _trigrams_of_all(texts, self._lengths)
        self._rows = Rows(buckets, owners, _BUCKETS)
        self._sizes = self._rows.sizes()

    def nearest(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """Return (number, likeness) of texts like this one, the likest first; likeness is at most 1."""
        chosen = self._alike(text)
        if not len(chosen):
            return []
        texts = [self._texts[number] for number in chosen]
        scored = process.extract(
            text, texts, scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=None
        )
        numbers = chosen.tolist()
        return sorted(((numbers[at], score) for _, score, at in scored), key=lambda one: (-one[1], one[0]))

    def _alike(self, text: str) -> Numbers:
        buckets, _ = _trigrams_of_all((text,), np.array([len(text)], np.int32))
        wanted = distinct(buckets)
        wanted = wanted[self._sizes[wanted] > 0]
        wanted = wanted[np.argsort(self._sizes[wanted], kind="stable")]
        within = np.searchsorted(np.cumsum(self._sizes[wanted]), _LOOKED_AT, side="right")
        read = [self._rows[int(bucket)] for bucket in wanted[: max(1, int(within))]]
        if not read:
            return EMPTY
        counts = np.bincount(np.concatenate(read), minlength=1)
        numbers = np.flatnonzero(counts).astype(np.int32)
        shared = counts[numbers]
        if len(numbers) <= _RERANKED:
            return numbers
        # Of two texts that share as much, the one nearer in length needs fewer edits.
        worth = shared * 64 - np.minimum(np.abs(self._lengths[numbers] - len(text)), 63)
        best = np.argpartition(-worth, _RERANKED)[:_RERANKED]
        return np.sort(numbers[best])


def _trigrams_of_all(texts: Sequence[str], lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Return the bucket of each trigram of each text, and beside it the text's number.

    Two trigrams may share a bucket: that costs a needless look, never a wrong answer.
    """
    if not texts:
        return EMPTY, EMPTY
    joined = "\0\0" + "\0\0".join(texts) + "\0\0"
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    buckets = (letters[:-2] * 7_919 + letters[1:-1] * 104_729 + letters[2:] * 1_299_709) % _BUCKETS
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths + 2)
    return buckets[: len(owners)].astype(np.int32), owners
