"""Who reads an answer: the asker, or everybody in a channel; and what they may see.

Decides by the index of this moment. What may be seen, `domain.visibility` says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from catalog_store.search.climbing import groups_above
from catalog_store.search.live import LiveIndex
from catalog_store.search.reading import Index
from catalog_store.search.seen import Marked, Views
from domain.answers import Asker
from domain.visibility import OUTSIDE, Reader, Visibility
from questions.askers import myself


class Readers:
    """Tells readers apart; safe for any number of threads."""

    def __init__(self, index: LiveIndex, rules: Visibility) -> None:
        self._index = index
        self._views = Views(rules)
        self.rules = rules

    def of(self, asker: Asker) -> Reader:
        """Return how far an asker may see; a person of the workspace whom nobody knows is in no group."""
        return self._of(asker, self._index.current)

    def _of(self, asker: Asker, index: Marked) -> Reader:
        if asker.reader is not None:
            return asker.reader
        if asker.outsider:
            return OUTSIDE
        node = myself(asker, index)
        if node is None:
            return Reader()
        if node in index.guests:
            return OUTSIDE
        return Reader(groups=frozenset(map(index.ref, groups_above(node, index))))

    def least(self, slack_user_ids: Iterable[str]) -> Reader:
        """Return what all of these people may see: nobody of them sees less."""
        index = self._index.current
        everybody = [self._of(Asker(slack_user_id=each), index) for each in slack_user_ids]
        return reduce(_together, everybody) if everybody else Reader()

    @property
    def guests(self) -> bool:
        """Whether the workspace is known to have guests."""
        return bool(self._index.current.guests)

    @property
    def hiding(self) -> bool:
        """Whether anything is hidden from anybody who may be in a channel: guests, or members of no group."""
        return self.guests or bool(self.rules.fields or self._index.current.marks)

    def alike(self, one: Reader, other: Reader) -> bool:
        """Tell whether two readers see the same of everything."""
        index = self._index.current
        return self._views.of(index, one) is self._views.of(index, other)

    def view(self, index: Marked, reader: Reader) -> Index:
        """Return what a reader may see of an index; the index itself where nothing of it is hidden."""
        return self._views.of(index, reader)


def _together(one: Reader, other: Reader) -> Reader:
    return Reader(one.inside and other.inside, one.groups & other.groups)
