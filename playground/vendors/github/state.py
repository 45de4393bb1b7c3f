"""What an organization on the playground's GitHub consists of: repositories, teams and people.

Knows neither GraphQL nor REST, and tells nobody of a change.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from dataclasses import dataclass, field
from datetime import datetime

PERMISSIONS = ("read", "triage", "write", "maintain", "admin")


def node_id(prefix: str, number: int) -> str:
    """Return the global node id that GitHub would give: `R_kgDOAAAE0g`."""
    packed = b"\x92\x00\xce" + number.to_bytes(4, "big")
    return f"{prefix}_{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def object_id(text: str) -> str:
    """Return 40 hexadecimal digits for a text, as git does for its objects."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class Person:
    """A member of the organization."""

    number: int
    login: str
    name: str = ""
    email: str = ""
    admin: bool = False

    @property
    def id(self) -> str:
        """The node id."""
        return node_id("U", self.number)


@dataclass(slots=True)
class Team:
    """A team; `parent` is the slug of the one above it."""

    number: int
    slug: str
    name: str
    description: str = ""
    parent: str = ""
    members: list[str] = field(default_factory=list)
    """Logins."""

    @property
    def id(self) -> str:
        """The node id."""
        return node_id("T", self.number)


@dataclass(slots=True)
class Merge:
    """A pull request that was merged."""

    number: int
    login: str
    at: datetime
    bot: bool = False


@dataclass(slots=True)
class Guarding:
    """A branch protection rule, or a ruleset, on the default branch."""

    reviews: int = 1
    checks: tuple[str, ...] = ()
    force_push: bool = False
    ruleset: bool = False


@dataclass(slots=True)
class Repository:
    """A repository and its default branch."""

    number: int
    owner: str
    name: str
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime | None = None
    description: str = ""
    homepage: str = ""
    topics: tuple[str, ...] = ()
    languages: dict[str, int] = field(default_factory=dict)
    visibility: str = "private"
    archived: bool = False
    fork: bool = False
    template: bool = False
    default_branch: str = "main"
    release: tuple[str, datetime] | None = None
    open_pull_requests: int = 0
    merges: list[Merge] = field(default_factory=list)
    checks: str = ""
    """GitHub's StatusState: `SUCCESS`, `FAILURE`, …; empty: none ran."""
    guarding: Guarding | None = None
    alerts: dict[str, int] = field(default_factory=dict)
    """Open vulnerability alerts by `CRITICAL`, `HIGH`, `MODERATE`, `LOW`."""
    teams: dict[str, str] = field(default_factory=dict)
    """Permission by the team's slug."""
    files: dict[str, str] = field(default_factory=dict)
    """Texts by path."""

    @property
    def id(self) -> str:
        """The node id."""
        return node_id("R", self.number)

    @property
    def slug(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    @property
    def head(self) -> str:
        """The newest commit's object id."""
        return object_id(f"commit {self.id} {self.pushed_at} {len(self.files)}")


@dataclass(slots=True)
class Organization:
    """The organization, with what was renamed or deleted."""

    login: str
    number: int = 9_101
    name: str = ""
    description: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    """By login."""
    teams: dict[str, Team] = field(default_factory=dict)
    """By slug."""
    repositories: dict[str, Repository] = field(default_factory=dict)
    """By node id; also those that were transferred to another owner."""
    deleted: dict[str, Repository] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    """Node ids by former slug, lower case."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held by whoever reads or changes more than one thing."""

    @property
    def id(self) -> str:
        """The node id."""
        return node_id("O", self.number)

    def own(self) -> list[Repository]:
        """Return the organization's repositories, by name."""
        mine = (each for each in self.repositories.values() if each.owner.lower() == self.login.lower())
        return sorted(mine, key=lambda each: each.name.lower())

    def named(self, owner: str, name: str) -> Repository | None:
        """Return a repository by its name of today; None: there is none."""
        wanted = f"{owner}/{name}".lower()
        return next((each for each in self.repositories.values() if each.slug.lower() == wanted), None)

    def formerly(self, owner: str, name: str) -> Repository | None:
        """Return the repository that had this name before; None: there is none, or the name is taken."""
        return self.repositories.get(self.renamed.get(f"{owner}/{name}".lower(), ""))

    def visible(self, id_: str) -> Repository | None:
        """Return a repository by node id, as far as the organization's token sees it."""
        found = self.repositories.get(id_)
        elsewhere = found is not None and found.owner.lower() != self.login.lower()
        return None if found is None or (elsewhere and found.visibility != "public") else found

    def called(self, name: str) -> Repository:
        """Return one of the organization's repositories. Raises LookupError when there is none."""
        found = self.named(self.login, name)
        if found is None:
            raise LookupError(f"there is no repository {self.login}/{name}")
        return found

    def next_number(self) -> int:
        """Return a database id that nothing has."""
        return (
            max([600_000, *(each.number for each in (*self.repositories.values(), *self.deleted.values()))])
            + 7
        )
