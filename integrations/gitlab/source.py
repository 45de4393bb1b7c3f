"""One look at a GitLab: which projects and groups it is about, and the facts on each.

Leaves what the facts mean for the catalog to `integrations.hosting`. When an answer fails, nothing leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from domain.clock import Clock
from domain.entities import EVERYTHING
from domain.sources import Permission, Quota
from integrations.gitlab.alerts import alerts_of
from integrations.gitlab.answers import Answer, global_id, id_of, moment, number_in, text
from integrations.gitlab.api import RETRIES, Api
from integrations.gitlab.cursor import OVERLAP, cursor_of, since_of
from integrations.gitlab.details import Surroundings, read_project
from integrations.gitlab.groups import groups_of, roots_of, teams_of
from integrations.gitlab.merges import Tally
from integrations.gitlab.options import GitLabOptions
from integrations.gitlab.permissions import permissions_of
from integrations.gitlab.projects import Choice, Chosen
from integrations.hosting.facts import HostFacts, RepositoryFacts
from workflows.ports import Look, Task

HOST = "gitlab"
_NOTED = TypeAdapter(RepositoryFacts)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look came to, and what it took."""

    facts: HostFacts
    observed_at: datetime
    """When the look began, UTC."""
    requests: int
    quota: Quota | None
    cursor: str
    """Where an incremental look goes on; a look at named things alone leaves it as it was."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a look has found out before it reads projects."""

    api: Api
    roots: Sequence[Answer]
    chosen: Chosen
    folders: frozenset[str]
    """As `Surroundings.folders`; after a look at named things, the roots alone."""


class LookOf(Protocol):
    """Turns a host's facts into claims: `integrations.hosting.looks.look_of`."""

    def __call__(
        self,
        facts: HostFacts,
        *,
        source: str,
        observed_at: datetime,
        requests: int,
        quota: Quota | None,
        cursor: str,
    ) -> Look:
        """Return the look that the facts come to."""
        ...


class GitLabSource:
    """Looks at the groups of one GitLab."""

    def __init__(self, name: str, options: GitLabOptions, token: str, clock: Clock, look_of: LookOf) -> None:
        self._name = name
        self._options = options
        self._token = token
        self._clock = clock
        self._look_of = look_of

    def fetch(self, task: Task | None = None) -> Look:
        """Look once, at everything without a task; see `workflows.ports.Source`."""
        seen = self.facts(task or Task())
        return self._look_of(
            seen.facts,
            source=self._name,
            observed_at=seen.observed_at,
            requests=seen.requests,
            quota=seen.quota,
            cursor=seen.cursor,
        )

    def facts(self, task: Task) -> Seen:
        """Return the facts of one look.

        `task.only` holds Global IDs of projects (bare numbers will do), of groups, which stand for their
        projects and all teams, or `teams`. Raises OutsideFailure and Stopped, as `Source.fetch` does.
        """
        began = self._clock()
        with self._connected(task) as api:
            roots = roots_of(api, self._options.group)
            chosen = self._choose(Choice(api, self._options, roots), task)
            complete = EVERYTHING in chosen.within
            with_teams = complete or any(number_in(each, "Project") is None for each in task.only)
            teams, people = teams_of(api, groups_of(api, roots), task.progress) if with_teams else ((), ())
            folders = {text(each, "full_path").lower() for each in roots}
            folders |= {team.slug for team in teams if not team.members}
            sight = _Sight(api, roots, chosen, frozenset(folders))
            repositories = tuple(self._read(sight, task))
            if api.denials:
                # A ban of our address answers everything with 403: without this, as projects without files.
                roots_of(api, self._options.group)
            return Seen(
                HostFacts(HOST, repositories, teams, people, chosen.within, with_teams),
                began,
                api.requests,
                api.quota,
                task.cursor if task.only else cursor_of(began, self._options),
            )

    def _choose(self, choice: Choice, task: Task) -> Chosen:
        if task.only:
            return choice.named(task.only)
        since = since_of(task.cursor, self._options)
        return choice.everything() if since is None else choice.changed(since)

    def _read(self, sight: _Sight, task: Task) -> Iterator[RepositoryFacts]:
        """Read the chosen projects, as far as the notebook does not hold them already."""
        projects = sight.chosen.projects
        noted = {id_of(each, "project"): _noted(task.notebook.read(_page_of(each))) for each in projects}
        unread = [number for number, facts in noted.items() if facts is None]
        around = self._surroundings(sight, unread) if unread else None
        for done, project in enumerate(projects):
            facts = noted[id_of(project, "project")]
            if facts is None and around is not None:
                task.progress(done, len(projects), f"reading {text(project, 'path_with_namespace')}")
                facts = read_project(project, around)
                if facts is not None and _at_rest(project, self._clock()):
                    task.notebook.write(_page_of(project), _NOTED.dump_json(facts).decode())
            if facts is not None:
                yield facts

    def _surroundings(self, sight: _Sight, unread: Sequence[int]) -> Surroundings:
        api = sight.api
        tally = Tally(api, self._clock(), self._options.merges)
        if EVERYTHING in sight.chosen.within:
            tally.of_groups(id_of(each, "group") for each in sight.roots)
        enterprise = (api.maybe("/metadata") or {}).get("enterprise") is True
        alerts = dict(alerts_of(api, unread)) if enterprise else {}
        return Surroundings(api, tally, sight.folders, enterprise, alerts)

    def validate(self) -> tuple[Permission, ...]:
        """Try the token, its scope, and what each group shows it."""
        with self._connected(Task(), retries=1) as api:
            return permissions_of(api, self._options)

    def close(self) -> None:
        """Nothing is kept open between looks."""

    @contextmanager
    def _connected(self, task: Task, retries: int = RETRIES) -> Iterator[Api]:
        api = Api(self._options.url, self._token, task.stopped, self._clock, retries=retries)
        try:
            yield api
        finally:
            api.close()


def _page_of(project: Answer) -> str:
    """Return the notebook's key for a project as it is now: one that changed since is read again."""
    number = id_of(project, "project")
    return f"{global_id('Project', number)}@{text(project, 'last_activity_at')}/{text(project, 'updated_at')}"


def _at_rest(project: Answer, now: datetime) -> bool:
    """Tell whether another push would show in `last_activity_at`, and so in the notebook's key."""
    active = moment(project, "last_activity_at")
    return active is not None and active < now - OVERLAP


def _noted(page: str | None) -> RepositoryFacts | None:
    try:
        return None if page is None else _NOTED.validate_json(page)
    except ValidationError:  # an older version's note
        return None
