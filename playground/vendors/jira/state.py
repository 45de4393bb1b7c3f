"""The things of one Jira, which tests and the demo may change while it runs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from playground.vendors.jira.seed import JiraSeed, SeedProject, SeedUser

CATEGORIES = {"Open": "To Do", "In Progress": "In Progress", "Done": "Done"}
"""The category of each status, by the status's name."""
_NAMESPACE = uuid.UUID("8c5d4c57-6a0b-4d5b-9a5d-0d8f3f1f0a11")


@dataclass(slots=True)
class User:
    """One account."""

    id: str
    """Its accountId (cloud), or its key (data center)."""
    login: str
    name: str
    email: str
    hidden: bool
    active: bool
    type: str


@dataclass(slots=True)
class Component:
    """A component of a project."""

    id: str
    name: str
    lead: str
    """A login; empty: nobody."""
    description: str = ""
    archived: bool = False


@dataclass(slots=True)
class Project:
    """A project; `components` are by id."""

    id: str
    key: str
    name: str
    lead: str
    components: dict[str, Component] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    numbers: count[int] = field(default_factory=lambda: count(1))


@dataclass(slots=True)
class Issue:
    """An issue; `components` are ids."""

    id: str
    key: str
    project: str
    """An id."""
    type: str
    status: str = "Open"
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    summary: str = ""
    description: object = None
    unseen: int = 0
    """How many searches it is not found by yet: the cloud's index is behind."""


class State:
    """Everything, by id; users by login."""

    def __init__(self, seed: JiraSeed) -> None:
        self.types = list(seed.types)
        self.users: dict[str, User] = {}
        self.projects: dict[str, Project] = {}
        self.issues: dict[str, Issue] = {}
        self._cloud = seed.deployment == "cloud"
        self._ids = {"project": count(10_001), "component": count(20_001), "issue": count(100_001)}
        for user in seed.users:
            self.add_user(user)
        for project in seed.projects:
            self._plant(project)
        for each in seed.issues:
            project_ = self.project(each.project)
            assert project_ is not None  # noqa: S101 - the seed was checked
            ids = [id_ for id_, known in project_.components.items() if known.name in each.components]
            for status, times in (("Open", each.open), ("Done", each.done)):
                for _ in range(times):
                    self.add_issue(project_, each.type, status=status, components=ids, labels=each.labels)

    def add_user(self, user: SeedUser) -> User:
        """Add an account."""
        number = 10_100 + len(self.users)
        id_ = f"712020:{uuid.uuid5(_NAMESPACE, user.login)}" if self._cloud else f"JIRAUSER{number}"
        added = User(id_, user.login, user.name, user.email, user.hidden, user.active, user.type)
        self.users[user.login] = added
        return added

    def add_project(self, key: str, name: str, lead: str) -> Project:
        """Add a project without components."""
        project = Project(str(next(self._ids["project"])), key, name, lead)
        self.projects[project.id] = project
        return project

    def add_component(self, project: Project, name: str, lead: str = "", description: str = "") -> Component:
        """Add a component."""
        component = Component(str(next(self._ids["component"])), name, lead, description)
        project.components[component.id] = component
        return component

    def add_issue(
        self,
        project: Project,
        type_: str,
        *,
        status: str = "Open",
        components: Iterable[str] = (),
        labels: Iterable[str] = (),
        summary: str = "",
        description: object = None,
        unseen: int = 0,
    ) -> Issue:
        """Add an issue with the project's next key."""
        id_, key = str(next(self._ids["issue"])), f"{project.key}-{next(project.numbers)}"
        issue = Issue(
            id_,
            key,
            project.id,
            type_,
            status,
            tuple(components),
            tuple(labels),
            summary,
            description,
            unseen,
        )
        self.issues[id_] = issue
        return issue

    def project(self, named: str) -> Project | None:
        """Return a project by its id or key."""
        if named in self.projects:
            return self.projects[named]
        return next((each for each in self.projects.values() if each.key == named.upper()), None)

    def type_id(self, name: str) -> str:
        """Return the id of a type of issue."""
        return str(10_000 + self.types.index(name))

    def clear(self) -> None:
        """Leave nothing in it, and nobody."""
        self.users.clear()
        self.projects.clear()
        self.issues.clear()

    def _plant(self, seed: SeedProject) -> None:
        project = self.add_project(seed.key, seed.name, seed.lead)
        project.required = seed.required
        for each in seed.components:
            self.add_component(project, each.name, each.lead, each.description)
