"""Evidence by permission: the team that administers a repository most likely owns it.

A team that administers most repositories (platform, security) speaks for none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from integrations.hosting.confidences import (
    PERMISSION_MOST_SPECIFIC,
    PERMISSION_ONE_TEAM,
    PERMISSION_TIE,
)
from integrations.hosting.evidence.remarks import Opinion
from integrations.hosting.facts import RepositoryFacts
from integrations.hosting.refs import Refs

OWNING = ("admin", "maintain")
"""Permissions that owners have; whoever may only write is often a guest."""

FEW = 8
"""Repositories up to which no team counts as one for everything: a start-up's only team owns them all."""


class Permissions:
    """Knows how far each team's rights reach; made of every repository of a host."""

    def __init__(self, repositories: Iterable[RepositoryFacts], refs: Refs) -> None:
        every = list(repositories)
        self._refs = refs
        self._reach = Counter(team for each in every for team in _administrators(each))
        self._total = len(every)

    def opinion(self, repository: RepositoryFacts) -> Opinion | None:
        """Return who owns a repository by its permissions; None when they do not tell."""
        rights = _administrators(repository)
        teams = sorted((team for team in rights if not self._is_for_everything(team)), key=self._order)
        if not teams:
            return None
        first, others = teams[0], teams[1:]
        words = f"@{first} is the only team with {rights[first]} rights"
        confidence = PERMISSION_ONE_TEAM
        if others:
            also = f"{_named(others)} {'have' if len(others) > 1 else 'has'} such rights, too"
            if self._reach[others[0]] == self._reach[first]:
                words = f"@{first} has {rights[first]} rights; {also}, and reaches as far"
                confidence = PERMISSION_TIE
            else:
                reach = _counted(self._reach[first])
                words = (
                    f"@{first} has {rights[first]} rights, and in the fewest repositories ({reach}); {also}"
                )
                confidence = PERMISSION_MOST_SPECIFIC
        elif len(rights) > 1:
            words += ", but for teams with rights nearly everywhere"
        return Opinion(self._refs.team(first), confidence, words)

    def _is_for_everything(self, team: str) -> bool:
        return self._total > FEW and self._reach[team] * 2 > self._total

    def _order(self, team: str) -> tuple[int, str]:
        return self._reach[team], team


def _administrators(repository: RepositoryFacts) -> dict[str, str]:
    """Return the permission of each team that has one of OWNING."""
    return {each.team: each.permission for each in repository.teams if each.permission in OWNING}


def _named(teams: list[str]) -> str:
    shown = ", ".join(f"@{team}" for team in teams[:2])
    return f"{shown} and {len(teams) - 2} more" if len(teams) > 2 else shown.replace(", ", " and ")


def _counted(repositories: int) -> str:
    return "this alone" if repositories == 1 else f"{repositories}"
