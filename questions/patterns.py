"""Matches words with patterns of words and slots, all of them at once, by a tree.

A pattern is written `who (owns|maintains) [the] <thing>`: alternatives in round brackets, what may be left
out in square ones, slots in angles. Says which form matched and what stood in its slots; knows no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from questions.wording import Word

Form = TypeVar("Form")
Words = Sequence[Word]
Guard = Callable[[Words], bool]

_PART = re.compile(r"\s*(<\w+>|[()\[\]|]|[^\s()\[\]|<>]+)")
_CLOSES = {"(": ")", "[": "]"}


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """Return every sequence of words and slots that a pattern stands for.

    Raises ValueError for a stray bracket.
    """
    parts = _PART.findall(pattern)
    sequences, end = _alternatives(parts, 0, "")
    if end != len(parts):
        raise ValueError(f"stray {parts[end]!r} in the pattern {pattern!r}")
    return iter(dict.fromkeys(sequences))


def _alternatives(parts: list[str], at: int, closing: str) -> tuple[list[tuple[str, ...]], int]:
    done: list[tuple[str, ...]] = []
    current: list[tuple[str, ...]] = [()]
    while at < len(parts) and parts[at] not in (")", "]"):
        part = parts[at]
        if part == "|":
            done.extend(current)
            current = [()]
        elif part in _CLOSES:
            inner, at = _alternatives(parts, at + 1, _CLOSES[part])
            if part == "[":
                inner.append(())
            current = [(*left, *right) for left in current for right in inner]
        else:
            current = [(*left, part) for left in current]
        at += 1
    if closing and (at == len(parts) or parts[at] != closing):
        raise ValueError(f"a pattern lacks its {closing!r}")
    return [*done, *current], at


@dataclass(slots=True)
class _Branch(Generic[Form]):
    words: dict[str, _Branch[Form]] = field(default_factory=dict)
    slots: dict[str, _Branch[Form]] = field(default_factory=dict)
    form: Form | None = None


class Patterns(Generic[Form]):
    """A tree of patterns. Words are preferred to slots, and slots in the order of `guards`.

    A guard says whether words may stand in a slot; a slot holds at least one word.
    """

    def __init__(self, guards: Mapping[str, Guard | None]) -> None:
        self._root: _Branch[Form] = _Branch()
        self._guards = guards
        self.vocabulary: set[str] = set()
        """All words of all patterns."""

    def add(self, pattern: str, form: Form) -> None:
        """Let a pattern lead to a form. Raises ValueError when another form has it, or a slot is unknown."""
        for sequence in expand(pattern):
            branch = self._root
            for part in sequence:
                if part.startswith("<"):
                    if part[1:-1] not in self._guards:
                        raise ValueError(f"{pattern!r} has an unknown slot {part}")
                    branch = branch.slots.setdefault(part[1:-1], _Branch())
                else:
                    self.vocabulary.add(part)
                    branch = branch.words.setdefault(part, _Branch())
            if branch.form is not None and branch.form is not form:
                raise ValueError(f"{' '.join(sequence)!r} leads to two forms")
            branch.form = form

    def match(self, words: Words) -> tuple[Form, dict[str, Words]] | None:
        """Return the form that the words have, with its slots; None when they have none."""
        slots: dict[str, Words] = {}
        form = self._walk(self._root, words, 0, slots)
        return None if form is None else (form, slots)

    def _walk(self, branch: _Branch[Form], words: Words, at: int, slots: dict[str, Words]) -> Form | None:
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
        after: _Branch[Form],
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
