"""Evidence on owners: which teams have a project, and whom its ownership rules name. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.entities import Claim, Grounds
from domain.refs import Ref
from integrations.sentry.answers import Project
from integrations.sentry.naming import Names
from integrations.sentry.rules import Rule, deciding
from integrations.tools import claims

ONE_TEAM = 0.5
"""One team has the project: somebody gave it to them, perhaps only so that they can see it."""
FEWEST_PROJECTS = 0.35
"""Several have it, and one of them has fewer projects than the others."""
RULE_TEAM = 0.6
"""A rule on everything names a team: who is told of every error mostly owns what throws it."""
RULE_PERSON = 0.4
"""It names a person, who may have changed teams since."""
FEW = 8
"""Projects up to which no team counts as one for everything."""


class Access:
    """Knows how many projects each team has; made of every project of the organization."""

    def __init__(self, projects: Iterable[Project]) -> None:
        every = list(projects)
        self._reach = Counter(slug for each in every for slug in each.teams)
        self._total = len(every)

    def teams(self, project: Project) -> tuple[str, ...]:
        """Return the teams that have a project, but for those that have most projects, fewest first."""
        several = [slug for slug in project.teams if not self._is_for_everything(slug)]
        return tuple(sorted(several, key=lambda slug: (self._reach[slug], slug)))

    def is_clear(self, project: Project) -> bool:
        """Tell whether just one team has a project, but for those that have most projects."""
        return len(project.teams) == 1 or len(self.teams(project)) == 1

    def claim(self, project: Project, names: Names) -> Claim | None:
        """Return who owns a project by who has it; None where that does not tell."""
        teams = self.teams(project)
        if not teams:
            return None
        first, others = teams[0], teams[1:]
        words, confidence = f"#{first} is the only team that has the project in Sentry", ONE_TEAM
        if others:
            if self._reach[others[0]] == self._reach[first]:
                return None
            words = f"#{first} has the project in Sentry, and the fewest projects ({self._reach[first]}); "
            words += f"{_named(others)} {'have' if len(others) > 1 else 'has'} it, too"
            confidence = FEWEST_PROJECTS
        elif len(project.teams) > 1:
            words += ", but for teams that have most projects"
        fields = {"owner": str(claims.team_ref(first))}
        grounds = {"owner": Grounds(confidence, words)}
        return names.remark(project, {**fields}, url=names.page(project), grounds=grounds)

    def _is_for_everything(self, slug: str) -> bool:
        return self._total > FEW and self._reach[slug] * 2 > self._total


@dataclass(frozen=True, slots=True)
class Owners:
    """Who can be named as an owner."""

    teams: frozenset[str]
    """Slugs."""
    people: Mapping[str, Ref]
    """By address, lower case; empty where people may not be read."""

    def of(self, rule: Rule) -> tuple[Ref, float] | None:
        """Return a rule's first team, else its first person, and how sure that is."""
        for owner in rule.owners:
            if owner.startswith("#") and owner[1:].lower() in self.teams:
                return claims.team_ref(owner[1:]), RULE_TEAM
        for owner in rule.owners:
            if owner in self.people:
                return self.people[owner], RULE_PERSON
        return None


def rule_claim(project: Project, rules: tuple[Rule, ...], owners: Owners, names: Names) -> Claim | None:
    """Return who owns a project by its rules; None where none is on all of it, or names nobody known."""
    rule = deciding(rules)
    found = owners.of(rule) if rule is not None else None
    if rule is None or found is None:
        return None
    ref, confidence = found
    words = f"Sentry's ownership rule in line {rule.line} says: {rule.text}"
    grounds = {"owner": Grounds(confidence, words, names.rules_page(project))}
    return names.remark(project, {"owner": str(ref)}, url=names.page(project), grounds=grounds)


def rules_note(source: str, rules: Mapping[str, tuple[Rule, ...]]) -> str:
    """Return one line on what became of all rules, by project; empty where there are none."""
    every = [rule for each in rules.values() for rule in each]
    if not every:
        return ""
    whole = sum(rule.covers_everything for rule in every)
    kinds = ", ".join(sorted({rule.kind.partition(".")[0] for rule in every if not rule.covers_everything}))
    parts = f"{len(every) - whole} of parts of one ({kinds}), which say nothing of the whole"
    projects = sum(1 for each in rules.values() if each)
    told = f"{source}: {len(every)} ownership rules in {projects} projects: {whole} of a whole project"
    return f"{told}; {parts}" if len(every) > whole else told


def _named(teams: tuple[str, ...]) -> str:
    shown = ", ".join(f"#{slug}" for slug in teams[:2])
    return f"{shown} and {len(teams) - 2} more" if len(teams) > 2 else shown.replace(", ", " and ")
