"""Finds the rules that decide on a path among many, without trying all of them.

Rules are looked up by the folder that they are bound to, else by a name that the path must have in it: a
monorepo has about as many rules as folders, and all of them on each path would be thousands of matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from domain.codeowners.pattern import landmark, matches, stem
from domain.codeowners.rules import GITLAB, Codeowners, Rule

Folder = tuple[str, ...]


class Rulebook:
    """The rules of one file; nothing in it changes, so threads share it."""

    __slots__ = ("_bound", "_marked", "codeowners")

    def __init__(self, codeowners: Codeowners) -> None:
        self.codeowners = codeowners
        bound: defaultdict[Folder, list[int]] = defaultdict(list)
        marked: defaultdict[str, list[int]] = defaultdict(list)
        for index, rule in enumerate(codeowners.rules):
            folder = stem(rule.pattern, codeowners.dialect == GITLAB)
            bound[folder].append(index)
            if not folder:
                marked[landmark(rule.pattern)].append(index)
        self._marked = dict(marked)
        """The numbers of the rules that are bound to no folder, by the name that their paths have in them."""
        self._bound = dict(bound)
        """The numbers of the rules that cover nothing outside of a folder, by that folder."""

    def above(self, folder: Folder) -> Iterator[int]:
        """Yield the numbers of the rules that are bound to a folder or to one above it, in no order."""
        for depth in range(len(folder) + 1):
            yield from self._bound.get(folder[:depth], ())

    def _candidates(self, parts: Folder) -> Iterator[int]:
        """Yield the numbers of the rules that may cover a path, each once."""
        for depth in range(1, len(parts) + 1):
            yield from self._bound.get(parts[:depth], ())
        marks = {"", *parts}
        for part in parts:
            at = part.find(".")
            while at >= 0:
                marks.add(f"*{part[at:]}")
                at = part.find(".", at + 1)
        for mark in marks:
            yield from self._marked.get(mark, ())

    def below(self) -> dict[Folder, list[int]]:
        """Return for each folder the numbers of the rules that are bound to a folder below it."""
        found: defaultdict[Folder, list[int]] = defaultdict(list)
        for folder, indices in self._bound.items():
            for depth in range(len(folder)):
                found[folder[:depth]].extend(indices)
        return found

    def deciding(self, path: str) -> tuple[Rule, ...]:
        """Return the deciding rule of each section that has one, as `Codeowners.rules_for` does.

        GitHub's files have one section: the last rule that covers the path is the only one.
        """
        path = path.strip("/")
        numbers = sorted(self._candidates(tuple(path.split("/"))), reverse=True)
        rules = self.codeowners.rules
        if self.codeowners.dialect != GITLAB:
            last = next((rules[each] for each in numbers if matches(rules[each].pattern, path)), None)
            return () if last is None else (last,)
        candidates = tuple(rules[each] for each in reversed(numbers))
        return Codeowners(GITLAB, candidates).rules_for(path)
