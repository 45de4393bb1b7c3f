"""Leads from what people call a thing to the thing: by exact name, alias, beginning, words or likeness.

Returns numbers of nodes, never a choice between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from catalog_store.search.rows import EMPTY, Numbers, Rows, distinct, intersect
from catalog_store.search.spelling import fold, spellings, words
from catalog_store.search.trigrams import Trigrams

NAME, TITLE, ALIAS = range(3)
"""What a text is to its node."""

_AFTER_DASH = chr(ord("-") + 1)
_AFTER_ALL = "\U0010ffff"


class Names:
    """Names, titles and aliases of all nodes, in their plain spelling, sorted.

    An alias with a colon is an id of some vendor's: it is found whole or not at all.
    """

    __slots__ = ("_by_word", "_ids", "_raw", "_roles", "_texts", "_trigrams", "_vocabulary")

    def __init__(self, texts: Iterable[tuple[str, int, int]], ids: Iterable[tuple[str, int]]) -> None:
        """Take (plain text, node, role) for names, titles and aliases, and (folded alias, node) for ids."""
        entries = sorted(texts)
        self._texts: list[str] = [text for text, _, _ in entries]
        self._ids: Numbers = np.fromiter((node for _, node, _ in entries), np.int32, len(entries))
        self._roles = np.fromiter((role for _, _, role in entries), np.uint8, len(entries))
        del entries
        self._raw = _grouped(ids)
        self._vocabulary, self._by_word = _by_word(self._texts, self._ids)
        self._trigrams = Trigrams(self._texts)

    def called(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the nodes with this name, those with this title and those with this alias."""
        found: tuple[dict[int, None], ...] = ({}, {}, dict.fromkeys(self.by_alias(text)))
        for spelling in filter(None, spellings(text)):
            at = bisect_left(self._texts, spelling)
            while at < len(self._texts) and self._texts[at] == spelling:
                found[self._roles[at]][int(self._ids[at])] = None
                at += 1
        named, titled, aliased = map(list, found)
        return named, titled, aliased

    def by_alias(self, text: str) -> tuple[int, ...]:
        """Return the nodes that claim exactly this alias, case aside."""
        found = self._raw.get(fold(text), ())
        return found if isinstance(found, tuple) else (found,)

    def beginning(self, text: str, *, inside_word: bool = False) -> Numbers:
        """Return the nodes with a text that begins so and goes on after a word's end (or inside one)."""
        found = []
        for spelling in filter(None, spellings(text)):
            first = spelling if inside_word else spelling + "-"
            last = spelling + _AFTER_ALL if inside_word else spelling + _AFTER_DASH
            low, high = bisect_left(self._texts, first), bisect_left(self._texts, last)
            found.append(self._ids[low:high])
        return distinct(np.concatenate(found)) if found else EMPTY

    def with_words(self, text: str) -> Numbers:
        """Return the nodes that have all of these words in their name, title and aliases together."""
        for spelling in spellings(text):
            rows = [self._vocabulary.get(word) for word in set(words(spelling))]
            known = [self._by_word[row] for row in rows if row is not None]
            if known and len(known) == len(rows) and len(found := intersect(known)):
                return found
        return EMPTY

    def like(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """Return (node, likeness) for what is spelt nearly so, the likest first, each node once."""
        nearest: dict[int, float] = {}
        for spelling in spellings(text):
            for number, score in self._trigrams.nearest(spelling, at_least):
                node = int(self._ids[number])
                nearest[node] = max(score, nearest.get(node, 0.0))
        return sorted(nearest.items(), key=lambda one: -one[1])


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, int | tuple[int, ...]]:
    """Return the nodes of each text: one alone, or several; so a hundred thousand take half of the room."""
    grouped: dict[str, int | tuple[int, ...]] = {}
    for text, node in pairs:
        before = grouped.setdefault(text, node)
        if before != node and not (isinstance(before, tuple) and node in before):
            grouped[text] = (*(before if isinstance(before, tuple) else (before,)), node)
    return grouped


def _by_word(texts: Sequence[str], ids: Numbers) -> tuple[dict[str, int], Rows]:
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    nodes: list[int] = []
    for text, node in zip(texts, ids.tolist(), strict=True):
        for word in words(text):
            rows.append(vocabulary.setdefault(word, len(vocabulary)))
            nodes.append(node)
    return vocabulary, Rows(rows, nodes, len(vocabulary))
