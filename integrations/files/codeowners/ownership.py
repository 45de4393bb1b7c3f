"""Says in the catalog's words what a CODEOWNERS file makes of a folder: which rules speak of it, who owns it.

Looks rules up by the folders that they are bound to: a monorepo has about as many rules as components, and
trying all of them on each would be a million matches.
"""

from __future__ import annotations

from domain.codeowners.kept import as_kept, is_role
from domain.codeowners.rulebook import Folder, Rulebook
from domain.codeowners.rules import Codeowners, Rule
from domain.entities import Json
from domain.refs import Ref
from integrations.files.collected import Collected
from integrations.files.handles import ref_of

CONFIDENCE = 0.7
"""Who reviews a repository's files most likely owns what runs from it, but nobody said so."""


class Ownership:
    """A parsed file, and who its owners are in the catalog; `host` tells whose handles they are."""

    def __init__(self, parsed: Codeowners, collected: Collected, host: str = "github") -> None:
        self._parsed = parsed
        self._collected = collected
        self._host = host
        self._book = Rulebook(parsed)
        self._below = self._book.below()
        self._kept: dict[int, Json] = {}
        self._decided: dict[tuple[str, str], Rule | None] = {}

    def rules(self, folder: str = "") -> list[Json]:
        """Return the rules that may cover something in a folder (empty: at all), as they are kept."""
        parts = _parts(folder)
        return [
            self._rule(index) for index in sorted([*self._book.above(parts), *self._below.get(parts, ())])
        ]

    def deciding(self, folder: str, path: str) -> Rule | None:
        """Return the rule that says who owns a component: of its folder, else of its catalog file at `path`.

        The folder first, so that `*.yaml @docs` does not make the docs team own every service. Among
        GitLab's sections one that must approve goes before one that may.
        """
        if (folder, path) not in self._decided:  # thousands of components may stand in one file
            self._decided[folder, path] = self._decide(folder, path)
        return self._decided[folder, path]

    def _decide(self, folder: str, path: str) -> Rule | None:
        inside = f"{folder}/CODEOWNED" if folder else "CODEOWNED"
        for each in (inside, path):
            rules = self._book.deciding(each)
            if rules:
                owned = [rule for rule in rules if not all(map(is_role, rule.owners))]
                return min(owned, key=lambda rule: rule.section.optional, default=None)
        return None

    def owner(self, rule: Rule) -> tuple[Ref, str] | None:
        """Return the first team of a rule, else its first person, and the same as written; None: nobody."""
        named = [(self._ref(owner), owner) for owner in rule.owners if not is_role(owner)]
        return next((each for each in named if each[0].kind == "group"), named[0] if named else None)

    def _rule(self, index: int) -> Json:
        """Return a rule as it is kept for questions on a path: owners are refs, a role stays as written."""
        if index not in self._kept:
            rule, dialect = self._parsed.rules[index], self._parsed.dialect
            self._kept[index] = as_kept(rule, dialect, lambda owner: str(self._ref(owner)))
        return self._kept[index]

    def _ref(self, owner: str) -> Ref:
        return ref_of(owner, self._collected, self._host)


def _parts(path: str) -> Folder:
    return tuple(path.split("/")) if path else ()
