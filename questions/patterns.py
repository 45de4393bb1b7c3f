"""Matches words with patterns of words and slots, all of them at once.

Says which form matched and what stood in its slots; knows no form. `notation` has how a pattern is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic

from questions.branches import Branch, Form, all_of, grow
from questions.wording import Word

Words = Sequence[Word]
Guard = Callable[[Words], bool]


class Patterns(Generic[Form]):
    """All patterns, with the form of each. Words are preferred to slots, and slots in the order of `guards`.

    A guard says whether words may stand in a slot; a slot holds at least one word. Raises ValueError when a
    pattern is written wrong, or the same words would be two forms.
    """

    def __init__(self, guards: Mapping[str, Guard | None], rows: Iterable[tuple[str, Form]]) -> None:
        self.root = grow(rows, guards)
        """Where every question begins."""
        self._guards = guards
        self.vocabulary = frozenset(word for branch in all_of(self.root) for word in branch.words)
        """All words of all patterns."""

    def match(self, words: Words) -> tuple[Form, dict[str, Words]] | None:
        """Return the form that the words have, with its slots; None when they have none."""
        slots: dict[str, Words] = {}
        form = self._walk(self.root, words, 0, slots)
        return None if form is None else (form, slots)

    def _walk(self, branch: Branch[Form], words: Words, at: int, slots: dict[str, Words]) -> Form | None:
        if at == len(words):
            return branch.form
        following = branch.words.get(words[at].plain)
        if following is not None:
            form = self._walk(following, words, at + 1, slots)
            if form is not None:
                return form
        if branch.slots:
            for name, guard in self._guards.items():
                after = branch.slots.get(name)
                if after is not None:
                    form = self._fill(name, guard, after, words, at, slots)
                    if form is not None:
                        return form
        return None

    def _fill(
        self,
        name: str,
        guard: Guard | None,
        after: Branch[Form],
        words: Words,
        at: int,
        slots: dict[str, Words],
    ) -> Form | None:
        """Fill a slot: as long as a word of the pattern follows, else with all the rest."""
        ends = [end for end in range(len(words) - 1, at, -1) if words[end].plain in after.words]
        if after.form is not None:
            ends.append(len(words))
        for end in ends:
            held = words[at:end]
            if guard is None or guard(held):
                form = self._walk(after, words, end, slots)
                if form is not None:
                    slots[name] = held
                    return form
        return None
