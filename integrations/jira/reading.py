"""Reads Jira's projects with their components, and its people; every page, or an error.

What is malformed is a finding, and then the look is not complete.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from domain.entities import Finding
from integrations.calling.failures import Absent, Forbidden
from integrations.jira.answers import Component, Person, Project, component_of, is_gone, person_of, project_of
from integrations.jira.api import PROJECTS, USERS, Api
from integrations.jira.options import JiraOptions
from workflows.ports import Task

SEARCHED = 1_000
"""Users that a data center's search finds at most, whatever page is asked for (JRASERVER-29069)."""
_EVERYBODY = "."
"""What to search a data center for: every login, name or address holds it, or is found by it."""

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Reader:
    """One look's reading."""

    api: Api
    options: JiraOptions
    task: Task
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def projects(self) -> list[Project]:
        """Return the projects that the block lets in, with their components."""
        found = [each for each in self._listed() if self.options.takes(each.key)]
        for done, project in enumerate(found):
            self.task.progress(done, len(found), f"components of {project.key}")
            found[done] = replace(project, components=self._components(self._noted(project), project.key))
        return found

    def project(self, id_: str) -> Project | None:
        """Return one project with its components; None where there is none, or the block leaves it out."""
        try:
            value = self.api.get(f"project/{id_}", stopped=self.task.stopped)
        except Absent:
            return None
        project = self._read(value, project_of, f"project {id_}")
        if project is None or not self.options.takes(project.key):
            return None
        components = self.api.list(
            self.api.object(value, "a project").get("components"), "a project's components"
        )
        return replace(project, components=self._components(components, project.key))

    def people(self) -> tuple[list[Person], bool]:
        """Return the users, as far as Jira lists them, and whether these are all."""
        if not self.options.users:
            return [], True
        found: dict[str, Person] = {}
        listed, cloud = 0, self.api.site(self.task.stopped).cloud
        path, params = (
            ("users/search", {})
            if cloud
            else ("user/search", {"username": _EVERYBODY, "includeInactive": "true"})
        )
        try:
            for page in self.api.pages(path, params, USERS, stopped=self.task.stopped):
                found.update({person.id: person for each in page if (person := person_of(each)) is not None})
                listed += len(page)
                self.task.progress(listed, None, "users")
        except Forbidden:
            listed = 0
        if not listed:  # a data center shows nobody instead of saying so; the asker is a user at least
            self._note("users are not listed: the credential may not browse users")
        elif not cloud and listed >= SEARCHED:
            self._note(f"Jira lists {listed} users and may have more; nobody is taken for gone")
        return list(found.values()), listed > 0 and (cloud or listed < SEARCHED)

    def _listed(self) -> Iterator[Project]:
        stopped = self.task.stopped
        if self.api.site(stopped).cloud:
            pages = self.api.pages(
                "project/search", {"expand": "lead", "orderBy": "key"}, PROJECTS, stopped=stopped
            )
        else:
            pages = iter(
                [self.api.list(self.api.get("project", {"expand": "lead"}, stopped=stopped), "project")]
            )
        number, seen = 0, set[str]()
        for page in pages:
            for value in page:
                number += 1
                project = self._read(value, project_of, f"project {number} of the list")
                if project is not None and project.id not in seen:
                    seen.add(project.id)
                    yield project
            self.task.progress(number, None, "projects")

    def _noted(self, project: Project) -> list[Any]:
        """Return a project's components as Jira answers, from the notebook where they are noted."""
        path = f"project/{project.id}/components"
        noted = self.task.notebook.read(path)
        if noted is not None:
            return self.api.list(json.loads(noted), path)
        value = self.api.list(self.api.get(path, stopped=self.task.stopped), path)
        self.task.notebook.write(path, json.dumps(value))
        return value

    def _components(self, values: list[Any], key: str) -> tuple[Component, ...]:
        found: dict[str, Component] = {}
        for number, value in enumerate(values, 1):
            component = (
                None if is_gone(value) else self._read(value, component_of, f"{key}: component {number}")
            )
            if component is not None:
                found.setdefault(component.id, component)
        return tuple(found.values())

    def _read(self, value: Any, reading: Callable[[Any], Thing | None], where: str) -> Thing | None:
        thing = reading(value)
        if thing is None:
            path = f"{self.api.target.source}: {where}"
            self.findings.append(
                Finding(path, 0, "it has no id, or no name", "Ask Jira's support what it is.")
            )
        return thing

    def _note(self, text: str) -> None:
        self.notes.append(f"{self.api.target.source}: {text}")
