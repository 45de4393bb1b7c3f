"""What this GitLab holds: users, groups, projects. Names may change; numbers stay.

Knows no HTTP and tells nobody of changes: `changes` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class User:
    """A person, or the user behind a token."""

    id: int
    username: str
    name: str
    email: str = ""
    state: str = "active"


@dataclass(slots=True)
class Group:
    """A group; its full path comes from those above it."""

    id: int
    path: str
    name: str
    parent: int | None
    description: str = ""
    members: dict[int, int] = field(default_factory=dict)
    """Access levels by the user's number."""


@dataclass(slots=True)
class MergeRequest:
    """A merge request: `opened`, `merged` or `closed`."""

    id: int
    iid: int
    project: int
    title: str
    author: int
    state: str
    created_at: datetime
    updated_at: datetime
    merged_by: int | None = None
    merged_at: datetime | None = None


@dataclass(slots=True)
class Pipeline:
    """A pipeline of a branch."""

    id: int
    project: int
    ref: str
    status: str
    at: datetime


@dataclass(slots=True)
class Release:
    """A release."""

    tag: str
    at: datetime


@dataclass(slots=True)
class Project:
    """A project and its repository's files."""

    id: int
    path: str
    name: str
    group: int
    created_at: datetime
    last_activity_at: datetime
    updated_at: datetime
    description: str = ""
    topics: list[str] = field(default_factory=list)
    languages: dict[str, float] = field(default_factory=dict)
    visibility: str = "private"
    archived: bool = False
    forked_from: int | None = None
    default_branch: str = "main"
    files: dict[str, bytes] = field(default_factory=dict)
    shared_with: dict[int, int] = field(default_factory=dict)
    """Access levels by the group's number."""
    protected: list[str] = field(default_factory=list)
    approvals: int = 0
    must_pass: bool = False
    pipelines: list[Pipeline] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    vulnerabilities: dict[str, int] | None = None


@dataclass(slots=True)
class Hook:
    """A webhook; of a group, of a project, or of the whole GitLab where it has neither."""

    id: int
    url: str
    token: str
    group: int | None = None
    project: int | None = None


@dataclass(slots=True)
class State:
    """All of it."""

    url: str
    version: str
    enterprise: bool
    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    merge_requests: list[MergeRequest] = field(default_factory=list)
    hooks: dict[int, Hook] = field(default_factory=dict)
    _last: Counter[str] = field(default_factory=Counter)

    def number(self, kind: str) -> int:
        """Return a number that nothing of a kind had yet; a project may have the number of a group."""
        self._last[kind] += 1
        return self._last[kind]

    def group_path(self, group: int) -> str:
        """Return a group's full path."""
        each = self.groups[group]
        return each.path if each.parent is None else f"{self.group_path(each.parent)}/{each.path}"

    def project_path(self, project: Project) -> str:
        """Return a project's full path."""
        return f"{self.group_path(project.group)}/{project.path}"

    def group_named(self, name: str) -> Group | None:
        """Return a group by number or full path; case does not count."""
        if name.isdigit():
            return self.groups.get(int(name))
        return next((g for g in self.groups.values() if self.group_path(g.id).lower() == name.lower()), None)

    def project_named(self, name: str) -> Project | None:
        """Return a project by number or full path; case does not count."""
        if name.isdigit():
            return self.projects.get(int(name))
        return next((p for p in self.projects.values() if self.project_path(p).lower() == name.lower()), None)

    def user_named(self, username: str) -> User:
        """Return a user by name. Raises KeyError."""
        for user in self.users.values():
            if user.username == username:
                return user
        raise KeyError(username)

    def below(self, group: int) -> Iterator[Group]:
        """Yield the groups below a group, at any depth, by number."""
        return (each for each in self.groups.values() if group in self._above(each))

    def _above(self, group: Group) -> Iterator[int]:
        while group.parent is not None:
            yield group.parent
            group = self.groups[group.parent]

    def projects_in(self, group: int, deep: bool) -> list[Project]:
        """Return the projects of a group, and of those below it if `deep`."""
        holders = {group, *(each.id for each in self.below(group))} if deep else {group}
        return [each for each in self.projects.values() if each.group in holders]
