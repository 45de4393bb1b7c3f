"""The newest release of each project, in few requests.

Sentry lists an organization's releases, the newest first. Each request asks for those of the projects whose
newest is not known yet, so that one which is released every hour hides the others for one page and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from domain.entities import Json
from integrations.sentry.answers import Project, moment, text
from integrations.sentry.api import PAGE, SentryApi
from integrations.sentry.naming import Names
from workflows.ports import Task

AT_ONCE = 100
"""Projects whose ids fit into one address: an id has sixteen digits, and servers take 8,000 characters."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it is told."""

    version: str
    at: str
    """When it was released, else when Sentry heard of it; ISO 8601, UTC. Empty: not told."""

    def told(self, project: Project, names: Names) -> dict[str, Json]:
        """Return `releases` of a project, by its key."""
        said: dict[str, Json] = {"version": self.version}
        if self.at:
            said["at"] = self.at
        return {names.key(project): {**said, "url": names.release_page(project, self.version)}}


def read_releases(api: SentryApi, projects: Iterable[Project], task: Task) -> Mapping[str, Release]:
    """Return the newest release by a project's id; a project without one is not in it.

    Raises OutsideFailure when releases may not be read.
    """
    found: dict[str, Release] = {}
    ids = iter([each.id for each in projects if each.released])
    while some := list(islice(ids, AT_ONCE)):
        found |= _newest(api, some, task)
        task.progress(len(found), None, "newest releases")
    return found


def _newest(api: SentryApi, ids: Sequence[str], task: Task) -> dict[str, Release]:
    path = api.of_organization("releases")
    found: dict[str, Release] = {}
    left = list(ids)
    while left:
        page, more = api.page(path, {"project": left, "per_page": PAGE}, stopped=task.stopped)
        news = dict(_releases(page, frozenset(left)))
        found |= news
        if not news or not more:
            break
        left = [id_ for id_ in left if id_ not in news]
    return found


def _releases(page: Iterable[object], wanted: frozenset[str]) -> Iterable[tuple[str, Release]]:
    """Yield the first release of each wanted project."""
    taken: set[str] = set()
    for each in page:
        raw: Mapping[str, Any] = each if isinstance(each, Mapping) else {}
        version, projects = text(raw, "version"), raw.get("projects")
        if not version or not isinstance(projects, list):
            continue
        at = moment(raw.get("dateReleased")) or moment(raw.get("dateCreated"))
        for project in projects:
            id_ = text(project, "id") if isinstance(project, Mapping) else ""
            if id_ in wanted and id_ not in taken:
                taken.add(id_)
                yield id_, Release(version, at.isoformat() if at else "")
