"""Leads from what people call a thing to the thing: by exact name, alias, beginning, words or likeness.

Returns numbers of nodes, never a choice between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from catalog_store.search.leaves import ALIAS, NAME, TITLE
from catalog_store.search.rows import EMPTY, Lists, Numbering, Numbers, Rows, distinct, intersect
from catalog_store.search.spelling import fold, spellings, words
from catalog_store.search.texts import Leads, Texts
from catalog_store.search.trigrams import Trigrams

__all__ = ["ALIAS", "NAME", "TITLE", "Like", "Names"]

_AFTER_DASH = chr(ord("-") + 1)
_AFTER_ALL = "\U0010ffff"

Like = tuple[float, str, int]
"""How like a text is (negative, so that the likest sorts first), the text, and its node."""


class Names:
    """Names, titles and aliases of all nodes, in their plain spelling, sorted.

    An alias with a colon is an id of some vendor's: it is found whole or not at all.
    """

    __slots__ = ("_by_word", "_leads", "_nodes", "_roles", "_texts", "_trigrams", "_vocabulary")

    def __init__(
        self, texts: Sequence[str], nodes: Numbers, roles: npt.NDArray[np.uint8], leads: Leads
    ) -> None:
        """Take plain texts, the node and the role of each, and what folded aliases lead to."""
        order = np.asarray(sorted(range(len(texts)), key=texts.__getitem__), np.int32)
        ordered = [texts[at] for at in order.tolist()]
        self._texts = Texts(ordered)
        self._nodes = nodes[order]
        self._roles = roles[order]
        self._leads = leads
        self._vocabulary, self._by_word = _by_word(ordered, self._nodes)
        self._trigrams = Trigrams(ordered, self._texts)

    def called(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the nodes with this name, those with this title and those with this alias."""
        found: tuple[dict[int, None], ...] = ({}, {}, dict.fromkeys(self.by_alias(text)))
        for spelling in filter(None, spellings(text)):
            at = bisect_left(self._texts, spelling)
            while at < len(self._texts) and self._texts[at] == spelling:
                found[self._roles[at]][int(self._nodes[at])] = None
                at += 1
        named, titled, aliased = map(list, found)
        return named, titled, aliased

    def by_alias(self, text: str) -> tuple[int, ...]:
        """Return the nodes that claim exactly this alias, case aside."""
        return self._leads[fold(text)]

    def beginning(self, text: str, *, inside_word: bool = False) -> Numbers:
        """Return the nodes with a text that begins so and goes on after a word's end (or inside one)."""
        found = []
        for spelling in filter(None, spellings(text)):
            first = spelling if inside_word else spelling + "-"
            last = spelling + _AFTER_ALL if inside_word else spelling + _AFTER_DASH
            low, high = bisect_left(self._texts, first), bisect_left(self._texts, last)
            found.append(self._nodes[low:high])
        return distinct(np.concatenate(found)) if found else EMPTY

    def with_words(self, text: str) -> Numbers:
        """Return the nodes that have all of these words in their name, title and aliases together."""
        for spelling in spellings(text):
            if len(found := self.with_all({*words(spelling)})):
                return found
        return EMPTY

    def with_all(self, wanted: set[str]) -> Numbers:
        """Return the nodes that have all of these words; none where no word is given."""
        rows = []
        for word in wanted:
            at = bisect_left(self._vocabulary, word)
            if at == len(self._vocabulary) or self._vocabulary[at] != word:
                return EMPTY
            rows.append(self._by_word[at])
        return intersect(rows) if rows else EMPTY

    def like(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """Return (node, likeness) for what is spelt nearly so, the likest first, each node once."""
        return likest(self.alike(text, at_least))

    def alike(self, text: str, at_least: float) -> list[Like]:
        """Return the texts that are spelt nearly so, in no order."""
        return [
            (-score, near, int(self._nodes[number]))
            for spelling in spellings(text)
            for score, near, number in self._trigrams.nearest(spelling, at_least)
        ]


def likest(found: list[Like], places: npt.NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
    """Return each node once with its likeness, the likest first, and by its text among equals.

    Those of one text come in the order of lists: by `places`, or by number where that is the order.
    """
    nearest: dict[int, float] = {}
    ordered = sorted(found)
    if places is not None:
        ordered.sort(key=lambda each: (*each[:2], places[each[2]]))
    for score, _, node in ordered:
        nearest.setdefault(node, -score)
    return list(nearest.items())


def _by_word(texts: Sequence[str], nodes: Numbers) -> tuple[Texts, Rows]:
    """Return all words, sorted, and for each the nodes that have it."""
    vocabulary, lists = Numbering(), Lists()
    number = vocabulary.__getitem__
    for text in texts:
        lists.add(map(number, words(text)))
    ordered = sorted(vocabulary)
    place = np.empty(len(ordered), np.int32)
    place[[vocabulary[word] for word in ordered]] = np.arange(len(ordered), dtype=np.int32)
    having, rows = lists.pairs()
    return Texts(ordered), Rows(place[rows], nodes[having], len(ordered))
