"""What happens in an organization: errors are thrown, resolved, archived; releases come out; names change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from playground.vendors.sentry.state import Issue, Organization, Project, Release


@dataclass(frozen=True, slots=True)
class Event:
    """News for the webhook."""

    action: str
    project: Project
    issue: Issue


class Changes:
    """Changes an organization, and says what its webhook is to be told."""

    def __init__(
        self, state: Organization, now: Callable[[], datetime], tell: Callable[[Event], None]
    ) -> None:
        self._state = state
        self._now = now
        self._tell = tell

    def throw(self, slug: str, title: str, times: int = 1) -> Issue:
        """Let a project throw an error so often: a new issue, or a known one, which that reopens."""
        project, now = self._project(slug), self._now()
        project.events.append((now, times))
        issue = next((each for each in project.issues if each.title == title), None)
        if issue is None:
            number = len(project.issues) + 1
            issue = Issue(self._state.next_id(), number, title, now, now, count=times)
            project.issues.append(issue)
            self._tell(Event("created", project, issue))
            return issue
        issue.count, issue.last_seen = issue.count + times, now
        if issue.status != "unresolved":
            issue.status = "unresolved"
            self._tell(Event("unresolved", project, issue))
        return issue

    def resolve(self, slug: str, title: str) -> Issue:
        """Resolve an issue."""
        return self._settle(slug, title, "resolved", "resolved")

    def archive(self, slug: str, title: str) -> Issue:
        """Archive an issue, which its status calls ignored."""
        return self._settle(slug, title, "ignored", "archived")

    def release(self, version: str, *slugs: str) -> Release:
        """Bring out a release of projects."""
        found = Release(int(self._state.next_id()), version, self._now(), list(slugs), self._now())
        self._state.releases.append(found)
        return found

    def rename(self, slug: str, new: str) -> None:
        """Give a project another slug."""
        self._project(slug).slug = new
        for each in self._state.releases:
            each.projects = [new if name == slug else name for name in each.projects]

    def delete(self, slug: str) -> None:
        """Delete a project with all that it threw."""
        self._state.projects.remove(self._project(slug))

    def _settle(self, slug: str, title: str, status: str, action: str) -> Issue:
        project = self._project(slug)
        issue = next(each for each in project.issues if each.title == title)
        issue.status = status
        self._tell(Event(action, project, issue))
        return issue

    def _project(self, slug: str) -> Project:
        found = self._state.project(slug)
        if found is None:
            raise LookupError(f"there is no project {slug}")
        return found
