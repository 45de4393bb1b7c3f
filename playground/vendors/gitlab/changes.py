"""What can happen to a GitLab, and the events that its webhooks tell of it.

Delivers nothing itself: each change returns what is to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playground.vendors.gitlab import shapes
from playground.vendors.gitlab.state import Group, Project, State


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for the hooks of a group (and those above it), a project and the whole."""

    header: str
    """X-Gitlab-Event for hooks of groups and projects; system hooks say `System Hook`."""
    body: Mapping[str, Any]
    group: int
    project: int | None = None


class Changes:
    """Changes a state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def create(self, group: int, path: str, now: datetime) -> tuple[Project, Event]:
        """Create an empty project."""
        number = self._state.number("project")
        project = Project(number, path, path, group, now, now, now)
        self._state.projects[number] = project
        return project, self._of_project("project_create", project)

    def rename(self, project: Project, path: str, now: datetime) -> Event:
        """Give a project another path and name."""
        before = self._state.project_path(project)
        project.path = project.name = path
        project.updated_at = now
        return self._of_project("project_rename", project, old_path_with_namespace=before)

    def transfer(self, project: Project, group: int, now: datetime) -> Event:
        """Move a project to another group."""
        before = self._state.project_path(project)
        project.group = group
        project.updated_at = now
        return self._of_project("project_transfer", project, old_path_with_namespace=before)

    def archive(self, project: Project, archived: bool, now: datetime) -> Event:
        """Make a project read-only, or writable again."""
        project.archived = archived
        project.updated_at = now
        return self._of_project("project_update", project)

    def delete(self, project: Project) -> Event:
        """Remove a project for good."""
        told = self._of_project("project_destroy", project)
        del self._state.projects[project.id]
        self._state.merge_requests = [
            each for each in self._state.merge_requests if each.project != project.id
        ]
        return told

    def push(
        self, project: Project, files: Mapping[str, bytes | None], now: datetime, branch: str = ""
    ) -> Event:
        """Write files to the default branch, or remove those that are None; on another branch, only tell."""
        ref = branch or project.default_branch
        if ref == project.default_branch:
            kept = {
                path: content for path, content in {**project.files, **files}.items() if content is not None
            }
            project.files = kept
        project.last_activity_at = project.updated_at = now
        shape = shapes.project(self._state, project)
        body = {
            "object_kind": "push",
            "event_name": "push",
            "ref": f"refs/heads/{ref}",
            "project_id": project.id,
            "project": {
                "id": project.id,
                "name": project.name,
                "web_url": shape["web_url"],
                "path_with_namespace": shape["path_with_namespace"],
                "default_branch": project.default_branch,
            },
            "commits": [],
            "total_commits_count": 1,
        }
        return Event("Push Hook", body, project.group, project.id)

    def join(self, group: Group, user: int, level: int) -> Event:
        """Make somebody a member of a group."""
        group.members[user] = level
        return self._of_member("user_add_to_group", group, user)

    def leave(self, group: Group, user: int) -> Event:
        """End somebody's membership."""
        told = self._of_member("user_remove_from_group", group, user)
        del group.members[user]
        return told

    def _of_project(self, name: str, project: Project, **more: str) -> Event:
        body = {
            "event_name": name,
            "created_at": shapes.iso(project.created_at),
            "updated_at": shapes.iso(project.updated_at),
            "name": project.name,
            "path": project.path,
            "path_with_namespace": self._state.project_path(project),
            "project_id": project.id,
            "project_namespace_id": project.group,
            "project_visibility": project.visibility,
            "owners": [],
            **more,
        }
        return Event("Project Hook", body, project.group, project.id)

    def _of_member(self, name: str, group: Group, user: int) -> Event:
        member = self._state.users[user]
        body = {
            "event_name": name,
            "group_name": group.name,
            "group_path": group.path,
            "group_id": group.id,
            "user_id": user,
            "user_username": member.username,
            "user_name": member.name,
            "user_email": member.email,
        }
        return Event("Member Hook", body, group.id)


def above(state: State, group: int) -> Iterable[int]:
    """Yield a group and those above it."""
    number: int | None = group
    while number is not None:
        yield number
        number = state.groups[number].parent
