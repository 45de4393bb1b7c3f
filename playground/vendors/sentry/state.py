"""One organization of Sentry, as it is now. Times are in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playground.vendors.sentry.seed import SeedIssue, SeedProject, SentrySeed, State

FIRST_ID = 4505278496000000
"""Ids have sixteen digits, as the cloud's have."""


@dataclass(slots=True)
class Issue:
    """Errors that are the same."""

    id: str
    number: int
    """Among the project's."""
    title: str
    first_seen: datetime
    last_seen: datetime
    status: str = "unresolved"
    category: str = "error"
    count: int = 1


@dataclass(slots=True)
class Release:
    """A release of one or several projects."""

    id: int
    version: str
    added: datetime
    projects: list[str]
    """Slugs."""
    released: datetime | None = None


@dataclass(slots=True)
class Project:
    """A project."""

    id: str
    slug: str
    name: str
    platform: str | None
    teams: list[str]
    created: datetime
    ownership: str = ""
    ownership_active: bool = True
    issues: list[Issue] = field(default_factory=list)
    events: list[tuple[datetime, int]] = field(default_factory=list)
    """How many came at a time."""


@dataclass(slots=True)
class Team:
    """A team."""

    id: str
    slug: str
    name: str
    members: list[str]
    """Addresses."""
    created: datetime


@dataclass(slots=True)
class Member:
    """A membership, or an invitation."""

    id: str
    email: str
    name: str
    state: State
    since: datetime


@dataclass(slots=True)
class Organization:
    """Everything."""

    slug: str
    name: str
    members: list[Member] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    made: int = 0

    def next_id(self) -> str:
        """Return an id that nothing had before."""
        self.made += 1
        return str(FIRST_ID + self.made)

    def project(self, named: str) -> Project | None:
        """Return a project by its slug or id."""
        return next((each for each in self.projects if named in (each.slug, each.id)), None)

    def team(self, named: str) -> Team | None:
        """Return a team by its slug or id."""
        return next((each for each in self.teams if named in (each.slug, each.id)), None)

    def newest(self) -> dict[str, Release]:
        """Return the newest release by the project's slug."""
        found: dict[str, Release] = {}
        for release in sorted(self.releases, key=lambda each: each.added):
            found.update(dict.fromkeys(release.projects, release))
        return found


def planted(seed: SentrySeed, now: datetime) -> Organization:
    """Return the organization of a seed."""
    it = Organization(seed.organization, seed.name or seed.organization)
    made = now - timedelta(days=400)
    it.members = [Member(it.next_id(), each.email, each.name, each.state, made) for each in seed.members]
    it.teams = [
        Team(it.next_id(), each.slug, each.name or each.slug, list(each.members), made) for each in seed.teams
    ]
    for each in seed.projects:
        add_project(it, each, now)
    return it


def add_project(it: Organization, seed: SeedProject, now: datetime) -> Project:
    """Add a project with its issues, events and releases."""
    project = Project(
        it.next_id(), seed.slug, seed.name or seed.slug, seed.platform or None, list(seed.teams),
        now - timedelta(days=300), seed.ownership,
    )  # fmt: skip
    project.issues = list(_issues(it, seed.issues, now))
    project.events = [(now - timedelta(days=3), seed.last_week), (now - timedelta(days=10), seed.week_before)]
    it.projects.append(project)
    for release in seed.releases:
        at = now - timedelta(days=release.days_ago)
        it.releases.append(Release(int(it.next_id()), release.version, at, [seed.slug], at))
    return project


def _issues(it: Organization, seeds: tuple[SeedIssue, ...], now: datetime) -> Iterator[Issue]:
    for number, each in enumerate(seeds, 1):
        first, last = now - timedelta(days=each.first_seen), now - timedelta(days=each.last_seen)
        yield Issue(it.next_id(), number, each.title, first, last, each.status, each.category)
