"""Reads one project whole: settings, languages, release, pipeline, protection, files and merge requests.

What the token may not see of it is left out; what fails fails the look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.gitlab.answers import (
    Answer,
    accesses,
    checks_of,
    global_id,
    id_of,
    moment,
    newest_release,
    protection_of,
    shares,
    text,
    topics,
)
from integrations.gitlab.api import Api
from integrations.gitlab.contents import paths_of, texts_of
from integrations.gitlab.failures import Denied
from integrations.gitlab.merges import Tally
from integrations.hosting.facts import Checks, Protection, RepositoryFacts


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all projects of a look."""

    api: Api
    tally: Tally
    folders: frozenset[str]
    """The full paths, lower case, of the groups that hold projects and are no team of anybody."""
    approvals: bool
    """Whether GitLab has approval rules: its Enterprise Edition does."""
    alerts: Mapping[int, Mapping[str, int]]
    """Open vulnerabilities by the project's number; those of one that is missing are not for the token."""


def read_project(project: Answer, around: Surroundings) -> RepositoryFacts | None:
    """Return the facts on a project of a list; None when it was deleted since."""
    number = id_of(project, "project")
    branch = text(project, "default_branch") if project.get("empty_repo") is not True else ""
    problems: list[str] = []
    paths = paths_of(around.api, number, branch, problems) if branch else ()
    if paths is None:
        if around.api.maybe(f"/projects/{number}") is None:
            return None
        problems.append("its files are not for this token: it needs the role Reporter")
        paths = ()
    languages = shares(around.api.maybe(f"/projects/{number}/languages")) if branch else {}
    return RepositoryFacts(
        id=global_id("Project", number),
        slug=text(project, "path_with_namespace"),
        web_url=text(project, "web_url").rstrip("/"),
        description=text(project, "description"),
        topics=topics(project),
        language=next(iter(languages), ""),
        languages=languages,
        visibility=text(project, "visibility") or "private",
        archived=project.get("archived") is True,
        fork=bool(project.get("forked_from_project")),
        default_branch=branch,
        created_at=moment(project, "created_at"),
        pushed_at=moment(project, "last_activity_at"),
        release=newest_release(_newest(around.api, project, "releases")) if branch else None,
        open_pull_requests=around.tally.open_in(number) if _has(project, "merge_requests") else None,
        checks=_checks(around.api, project, branch),
        protection=_protection(around, project, branch),
        alerts=around.alerts.get(number),
        teams=accesses(project, around.folders),
        paths=paths,
        files=texts_of(around.api, number, text(project, "path_with_namespace"), branch, paths, problems),
        mergers=around.tally.mergers_in(number) if _has(project, "merge_requests") else {},
        problems=tuple(problems),
    )


def _has(project: Answer, feature: str) -> bool:
    """Tell whether a feature is switched on, as far as the list says."""
    return text(project, f"{feature}_access_level") != "disabled"


def _newest(api: Api, project: Answer, what: str, count: int = 5) -> list[Answer]:
    """Return the newest few of a project's releases: the first may be an upcoming one."""
    if not _has(project, what):
        return []
    page = api.first(f"/projects/{id_of(project, 'project')}/{what}", per_page=count)
    return page.items if page else []


def _checks(api: Api, project: Answer, branch: str) -> Checks | None:
    if not branch or not _has(project, "builds"):
        return None
    number = id_of(project, "project")
    page = api.first(f"/projects/{number}/pipelines", ref=branch, per_page=1, order_by="id", sort="desc")
    return checks_of(page.items) if page else None


def _protection(around: Surroundings, project: Answer, branch: str) -> Protection | None:
    if not branch:
        return None
    number = id_of(project, "project")
    try:
        protected = around.api.every(f"/projects/{number}/protected_branches")
    except Denied:
        return None
    rules: list[Answer] = []
    if protected and around.approvals:
        page = around.api.first(f"/projects/{number}/approval_rules")
        rules = page.items if page else []
    return protection_of(project, protected, rules, branch)
