"""Which projects a look is about: all of the groups, those that changed lately, or those that were named.

Reads the lists alone; what is in a project is `details`' job.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.entities import EVERYTHING
from domain.errors import OutsideFailure
from integrations.gitlab.answers import Answer, doomed, global_id, id_of, moment, number_in, text
from integrations.gitlab.api import Api
from integrations.gitlab.failures import Denied
from integrations.gitlab.options import GitLabOptions

_BELOW = {"include_subgroups": True, "with_shared": False}
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """The projects to look at, and how far that says which there are."""

    projects: tuple[Answer, ...]
    within: tuple[str, ...]
    """As `HostFacts.repositories_within`."""


class Choice:
    """Chooses among the projects of the root groups."""

    def __init__(self, api: Api, options: GitLabOptions, roots: Sequence[Answer]) -> None:
        self._api = api
        self._numbers = [id_of(each, "group") for each in roots]
        self._paths = [f"{text(each, 'full_path')}/".lower() for each in roots]
        self._options = options

    def everything(self) -> Chosen:
        """Return all projects."""
        found: dict[int, Answer] = {}
        for group in self._numbers:
            found |= self._settled(f"/groups/{group}/projects")
        return Chosen(self._taken(found.values()), (EVERYTHING,))

    def changed(self, since: datetime) -> Chosen:
        """Return the projects with activity or a change of settings since a time.

        A deleted one is not found so; a complete look or a webhook tells.
        """
        found: dict[int, Answer] = {}
        for group in self._numbers:
            for field in ("last_activity_at", "updated_at"):
                found |= self._newest(f"/groups/{group}/projects", field, since)
        return Chosen(
            self._taken(found.values()), tuple(global_id("Project", each) for each in sorted(found))
        )

    def named(self, only: Iterable[str]) -> Chosen:
        """Return the projects of some ids and of some groups' ids, as far as they are in the root groups."""
        found: dict[int, Answer | None] = {}
        for id_ in only:
            if (number := number_in(id_, "Project")) is not None:
                project = self._api.maybe(f"/projects/{number}")
                found[number] = project if project and self._within_roots(project) else None
            elif (group := number_in(id_, "Group")) is not None:
                found |= self._of_group(group)
        return Chosen(
            self._taken(each for each in found.values() if each),
            tuple(global_id("Project", each) for each in sorted(found)),
        )

    def _of_group(self, group: int) -> Mapping[int, Answer]:
        try:
            found = self._settled(f"/groups/{group}/projects")
        except Denied:  # it was deleted meanwhile; its projects' own webhooks tell of each
            return {}
        return {number: each for number, each in found.items() if self._within_roots(each)}

    def _settled(self, path: str) -> dict[int, Answer]:
        """Return a whole list by id.

        A project that goes while pages are read would shift another over a page's edge, unseen.
        """
        for _ in range(_ATTEMPTS):
            pages = list(self._api.pages(path, **_BELOW, order_by="id", sort="asc"))
            if len({page.total for page in pages}) == 1:
                return {id_of(each, "project"): each for page in pages for each in page.items}
        raise OutsideFailure(
            f"GitLab's list {path} changed {_ATTEMPTS} times while it was read", "The next look tries again."
        )

    def _newest(self, path: str, field: str, since: datetime) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        for page in self._api.pages(path, **_BELOW, order_by=field, sort="desc"):
            for each in page.items:
                at = moment(each, field)
                if at is None or at < since:
                    return found
                found[id_of(each, "project")] = each
        return found

    def _taken(self, projects: Iterable[Answer]) -> tuple[Answer, ...]:
        return tuple(each for each in projects if self._takes(each))

    def _takes(self, project: Answer) -> bool:
        if doomed(project) or not self._options.takes(text(project, "path_with_namespace")):
            return False
        if not self._options.forks and project.get("forked_from_project"):
            return False
        return self._options.archived or project.get("archived") is not True

    def _within_roots(self, project: Answer) -> bool:
        return text(project, "path_with_namespace").lower().startswith(tuple(self._paths))
