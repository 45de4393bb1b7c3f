"""Matches words with patterns of words and slots, all of them at once, by a tree.

A pattern is written `who (owns|maintains) [the] <thing>`: alternatives in round brackets, what may be left
out in square ones, slots in angles. Says which form matched and what stood in its slots; knows no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from questions.wording import Word

Form = TypeVar("Form")
Words = Sequence[Word]
Guard = Callable[[Words], bool]

_PART = re.compile(r"\s*(<\w+>|[()\[\]|]|[^\s()\[\]|<>]+)")
_CLOSES = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several sequences of words, slots and choices."""

    sequences: tuple[tuple[str | _Choice, ...], ...]


def _parse(pattern: str) -> _Choice:
    parts = _PART.findall(pattern)
    choice, end = _choice(parts, 0, "")
    if end != len(parts):
        raise ValueError(f"stray {parts[end]!r} in the pattern {pattern!r}")
    return choice


def _choice(parts: list[str], at: int, closing: str) -> tuple[_Choice, int]:
    """Read alternatives up to the closing bracket; return them and the place after the last part read."""
    sequences: list[tuple[str | _Choice, ...]] = []
    current: list[str | _Choice] = []
    while at < len(parts) and parts[at] not in (")", "]"):
        part = parts[at]
        if part == "|":
            sequences.append(tuple(current))
            current = []
        elif part in _CLOSES:
            inner, at = _choice(parts, at + 1, _CLOSES[part])
            current.append(inner)
        else:
            current.append(part)
        at += 1
    if closing and (at == len(parts) or parts[at] != closing):
        raise ValueError(f"a pattern lacks its {closing!r}")
    sequences.append(tuple(current))
    if closing == "]":
        sequences.append(())
    return _Choice(tuple(sequences)), at


@dataclass(slots=True)
class Branch(Generic[Form]):
    """What may follow on the words so far, and the form that they are where they end."""

    words: dict[str, Branch[Form]] = field(default_factory=dict)
    slots: dict[str, Branch[Form]] = field(default_factory=dict)
    form: Form | None = None


class Patterns(Generic[Form]):
    """A tree of patterns. Words are preferred to slots, and slots in the order of `guards`.

    A guard says whether words may stand in a slot; a slot holds at least one word.
    """

    def __init__(self, guards: Mapping[str, Guard | None]) -> None:
        self.root: Branch[Form] = Branch()
        """Where the tree begins."""
        self._guards = guards
        self.vocabulary: set[str] = set()
        """All words of all patterns."""

    def add(self, pattern: str, form: Form) -> None:
        """Let a pattern lead to a form.

        Raises ValueError when another form has it, or it is written wrong.
        """
        for branch in self._grow([self.root], _parse(pattern)):
            if branch.form is not None and branch.form is not form:
                raise ValueError(f"a reading of {pattern!r} leads to another form already")
            branch.form = form

    def _grow(self, branches: list[Branch[Form]], part: str | _Choice) -> list[Branch[Form]]:
        """Let a part of a pattern follow on each of the branches; return where that leads."""
        if isinstance(part, _Choice):
            reached: dict[int, Branch[Form]] = {}
            for sequence in part.sequences:
                ends = branches
                for each in sequence:
                    ends = self._grow(ends, each)
                reached.update((id(branch), branch) for branch in ends)
            return list(reached.values())
        if not part.startswith("<"):
            self.vocabulary.add(part)
            return [branch.words.setdefault(part, Branch()) for branch in branches]
        if part[1:-1] not in self._guards:
            raise ValueError(f"unknown slot {part}")
        return [branch.slots.setdefault(part[1:-1], Branch()) for branch in branches]

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
