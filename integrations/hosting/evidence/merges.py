"""Evidence by work: whoever merged most of a repository's pull requests in 90 days most likely owns it.

Counts no robot, and says nothing where too little was merged to tell.
"""

from __future__ import annotations

import re

from integrations.hosting.confidences import MERGES_PERSON, MERGES_TEAM
from integrations.hosting.evidence.remarks import Opinion
from integrations.hosting.facts import HostFacts, RepositoryFacts, TeamFacts
from integrations.hosting.refs import Refs

FEWEST = 5
"""Merged pull requests below which they tell nothing."""
SHARE = 0.6
"""Of the merges, what one team must have, or one person where no team has it."""
NEARLY = 0.8
"""Of the best team's share, what a smaller one must have to go first: a department has its teams' merges."""
EVERYBODY = 0.5
"""Of the host's people, those beyond which a team is everybody."""
FEW_PEOPLE = 8
"""People up to which no team counts as everybody."""

_ROBOT = re.compile(r".*\[bot\]|.*[-_]bot|bot[-_].*|(?:dependabot|renovate|mergify|github-actions)(?:-.*)?")


class Merges:
    """Knows who is in which team."""

    def __init__(self, facts: HostFacts, refs: Refs) -> None:
        self._refs = refs
        people = {login.lower() for team in facts.teams for login in team.members}
        people |= {person.login.lower() for person in facts.people if person.active}
        most = max(FEW_PEOPLE, len(people) * EVERYBODY)
        self._sizes: dict[str, int] = {}
        self._teams: dict[str, list[TeamFacts]] = {}
        for team in facts.teams:
            if len(team.members) <= most:
                self._sizes[team.slug] = len(team.members)
                for login in {each.lower() for each in team.members}:
                    self._teams.setdefault(login, []).append(team)

    def opinion(self, repository: RepositoryFacts) -> Opinion | None:
        """Return who owns a repository by who merges; None when that does not tell."""
        merged = {login.lower(): count for login, count in repository.mergers.items() if not _is_robot(login)}
        total = sum(merged.values())
        if total < FEWEST:
            return None
        return self._team(merged, total) or self._person(merged, total)

    def _team(self, merged: dict[str, int], total: int) -> Opinion | None:
        counts: dict[str, int] = {}
        for login, count in merged.items():
            for team in self._teams.get(login, ()):
                counts[team.slug] = counts.get(team.slug, 0) + count
        best = max(counts.values(), default=0)
        least = max(SHARE * total, NEARLY * best)
        enough = [slug for slug, count in counts.items() if count >= least]
        if not enough:
            return None
        slug = min(enough, key=lambda each: (self._sizes[each], -counts[each], each))
        confidence = round(MERGES_TEAM * counts[slug] / total, 2)
        return Opinion(
            self._refs.team(slug), confidence, f"members of @{slug} merged {_counted(counts[slug], total)}"
        )

    def _person(self, merged: dict[str, int], total: int) -> Opinion | None:
        login = min(merged, key=lambda each: (-merged[each], each))
        if merged[login] < SHARE * total:
            return None
        confidence = round(MERGES_PERSON * merged[login] / total, 2)
        return Opinion(
            self._refs.person(login), confidence, f"@{login} merged {_counted(merged[login], total)}"
        )


def _is_robot(login: str) -> bool:
    return _ROBOT.fullmatch(login.lower()) is not None


def _counted(count: int, total: int) -> str:
    return f"{count} of {total} pull requests in 90 days"
