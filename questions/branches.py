"""Makes patterns into branches, one for all words on which the same may follow.

Ways of putting a thing multiply (`who|whom`, `can|could`, `ask|call|write to`), but what may follow on them
is the same: written out as a tree, the grammar would have many times the branches. Two steps, as for any
automaton: parts of patterns share what follows on them; then what may follow on each word is put together.
Reads no words of a person; `patterns` does.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from questions.notation import Choice, is_slot, parse

Form = TypeVar("Form")
_Ways = frozenset[int]
"""Numbers of the steps that may be taken next; equal only where the same may follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch(Generic[Form]):
    """What may follow on the words so far, and the form that they are where they end."""

    words: Mapping[str, Branch[Form]]
    slots: Mapping[str, Branch[Form]]
    form: Form | None


class _Steps(Generic[Form]):
    """The steps of all patterns: a word, a slot or a pattern's end, with the ways that lead on from it.

    A pattern is added from its end to its beginning: what follows on a step is known, and steps on which the
    same follows are one.
    """

    def __init__(self, slots: Container[str]) -> None:
        self._slots = slots
        self._numbers: dict[tuple[str, _Ways], int] = {}
        self.steps: list[tuple[str, _Ways]] = []
        """By number: a word or a slot in its angles, and what may follow on it."""
        self.forms: dict[int, Form] = {}
        """The steps that end a pattern, with its form."""

    def add(self, pattern: str, form: Form) -> _Ways:
        """Return the ways into a pattern. ValueError where it is written wrong."""
        return self._into(parse(pattern), frozenset((self._end(form),)))

    def _into(self, part: str | Choice, onward: _Ways) -> _Ways:
        if isinstance(part, str):
            return frozenset((self._step(part, onward),))
        ways: set[int] = set()
        for sequence in part.sequences:
            into = onward
            for each in reversed(sequence):
                into = self._into(each, into)
            ways |= into
        return frozenset(ways)

    def _step(self, part: str, onward: _Ways) -> int:
        if is_slot(part) and part[1:-1] not in self._slots:
            raise ValueError(f"unknown slot {part}")
        known = self._numbers.get((part, onward))
        return self._new((part, onward)) if known is None else known

    def _end(self, form: Form) -> int:
        """Return the step that ends the patterns of a form: forms are the same when they are one object."""
        for number, known in self.forms.items():
            if known is form:
                return number
        number = self._new(("", frozenset()))
        self.forms[number] = form
        return number

    def _new(self, step: tuple[str, _Ways]) -> int:
        number = len(self.steps)
        self.steps.append(step)
        self._numbers[step] = number
        return number


class _Gathering(Generic[Form]):
    """Puts together the steps that one word allows, into one branch wherever they are the same steps."""

    def __init__(self, steps: _Steps[Form]) -> None:
        self._steps = steps
        self._branches: dict[_Ways, Branch[Form]] = {}

    def branch(self, ways: _Ways, said: tuple[str, ...] = ()) -> Branch[Form]:
        """Return the branch of what can follow on `said`. ValueError where that is two forms at once."""
        if (known := self._branches.get(ways)) is not None:
            return known
        form = self._form(ways, said)
        onward: dict[str, set[int]] = {}
        for number in ways - self._steps.forms.keys():
            part, after = self._steps.steps[number]
            onward.setdefault(part, set()).update(after)
        words: dict[str, Branch[Form]] = {}
        slots: dict[str, Branch[Form]] = {}
        for part, numbers in onward.items():
            branch = self.branch(frozenset(numbers), (*said, part))
            if is_slot(part):
                slots[part[1:-1]] = branch
            else:
                words[part] = branch
        return self._branches.setdefault(ways, Branch(words, slots, form))

    def _form(self, ways: _Ways, said: tuple[str, ...]) -> Form | None:
        forms = [self._steps.forms[number] for number in sorted(ways & self._steps.forms.keys())]
        if len(forms) > 1:
            raise ValueError(f"{' '.join(said)!r} leads to two forms: {forms[0]} and {forms[1]}")
        return forms[0] if forms else None


def grow(rows: Iterable[tuple[str, Form]], slots: Container[str]) -> Branch[Form]:
    """Return the branch that every question begins at, from patterns and the form of each.

    Raises ValueError for a pattern that is written wrong or has another slot than `slots`, and for words that
    would be two forms.
    """
    steps: _Steps[Form] = _Steps(slots)
    ways = frozenset(way for pattern, form in rows for way in steps.add(pattern, form))
    return _Gathering(steps).branch(ways)


def all_of(root: Branch[Form]) -> list[Branch[Form]]:
    """Return every branch that can be reached from one, that one included, each once."""
    found = {id(root): root}
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        for each in (*branch.words.values(), *branch.slots.values()):
            if id(each) not in found:
                found[id(each)] = each
                waiting.append(each)
    return list(found.values())
