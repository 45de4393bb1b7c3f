"""Fetches what an organization has: its projects, teams, members and ownership rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.entities import Finding
from integrations.calling.client import Params
from integrations.calling.failures import Absent, Forbidden
from integrations.sentry import answers
from integrations.sentry.answers import Member, Project, Read, Team
from integrations.sentry.api import PAGE, SentryApi
from integrations.sentry.options import SentryOptions
from integrations.sentry.rules import Rule, rules_in
from workflows.ports import Task

TRIES = 3
"""Projects in a row whose rules are refused, after which no more are asked."""


def read_projects(api: SentryApi, options: SentryOptions, task: Task, query: str = "") -> Read[Project]:
    """Return the projects that the options let in; with a `query`, those with it in their name or slug."""
    asked: Params = {"per_page": PAGE, **({"query": query} if query else {})}
    read: Read[Project] = Read()
    for page in api.pages(api.of_organization("projects"), asked, stopped=task.stopped):
        read.take(f"{api.target.source}: projects", page, answers.project)
        task.progress(len(read.items), None, "projects")
    read.items = [each for each in read.items if options.takes(each.slug)]
    return read


def read_teams(api: SentryApi, task: Task) -> Read[Team]:
    """Return all teams, without their projects: projects say their teams."""
    read: Read[Team] = Read()
    asked: Params = {"per_page": PAGE, "detailed": "0"}
    for page in api.pages(api.of_organization("teams"), asked, stopped=task.stopped):
        read.take(f"{api.target.source}: teams", page, answers.team)
    return read


def read_members(api: SentryApi, task: Task) -> Read[Member]:
    """Return everybody in the organization, and everybody who is invited."""
    read: Read[Member] = Read()
    for page in api.pages(api.of_organization("members"), stopped=task.stopped):
        read.take(f"{api.target.source}: members", page, answers.member)
        task.progress(len(read.items), None, "members")
    return read


def read_teams_of(
    api: SentryApi, teams: Iterable[Team], task: Task, findings: list[Finding]
) -> Mapping[str, list[str]]:
    """Return the slugs of each member's teams by the member's id: a request for each team with members.

    Adds what cannot be read to `findings`.
    """
    found: dict[str, list[str]] = {}
    for number, team in enumerate(teams, 1):
        if team.members == 0:
            continue
        task.progress(number, None, "members of teams")
        read: Read[Member] = Read()
        try:
            for page in api.pages(api.of_team(team.slug, "members"), stopped=task.stopped):
                read.take(f"{api.target.source}: #{team.slug}", page, answers.member)
        except Absent:  # it is gone since the teams were listed
            continue
        findings += read.findings
        for member in read.items:
            found.setdefault(member.id, []).append(team.slug)
    return found


@dataclass
class ReadRules:
    """The ownership rules of projects, by the project's id."""

    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Slugs of the projects that the token may not see the rules of."""


def read_rules(api: SentryApi, projects: Iterable[Project], task: Task) -> ReadRules:
    """Return the rules of projects, at one request each.

    Raises Forbidden when the token may see none. Rules that are switched off are none.
    """
    read = ReadRules()
    for number, project in enumerate(projects, 1):
        task.progress(number, None, "ownership rules")
        try:
            raw = api.get(api.of_project(project.id, "ownership"), stopped=task.stopped)
        except Absent:
            read.rules[project.id] = ()
        except Forbidden:
            read.refused.append(project.slug)
            if not read.rules and len(read.refused) == TRIES:
                raise
        else:
            active = raw.get("isActive") is not False
            read.rules[project.id] = rules_in(answers.text(raw, "raw")) if active else ()
    return read
