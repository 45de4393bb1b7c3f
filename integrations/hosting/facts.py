"""Facts on repositories, teams and people in no vendor's words: what an adapter fetches.

Pure values. A fact that the credential may not see, or the vendor does not have, is None or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release that is no draft."""

    tag: str
    at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks or pipeline on the newest commit of the default branch."""

    state: str
    """`success`, `failure`, `pending` or `none`."""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """What guards the default branch."""

    protected: bool
    reviews: int = 0
    """Approving reviews that a change needs."""
    checks: tuple[str, ...] = ()
    """Checks that must pass, by name."""
    force_push: bool = False
    by: str = ""
    """`branch protection` or `ruleset`; empty when nothing does."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a team may do in a repository."""

    team: str
    """The team's slug with the organization's: `acme/payments`, lower case."""
    permission: str
    """`admin`, `maintain`, `write`, `triage` or `read`."""


@dataclass(frozen=True, slots=True)
class RepositoryFacts:
    """One repository (GitLab: project). Times are in UTC."""

    id: str
    """The host's own id, which stays when it is renamed or transferred."""
    slug: str
    """`acme/payments-api`, as written; GitLab's with all groups: `acme/money/payments-api`."""
    web_url: str
    """Where people see it, without a slash at the end."""
    description: str = ""
    homepage: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    languages: Mapping[str, int] = field(default_factory=dict)
    """Bytes by language; where the host only tells shares, per mille."""
    visibility: str = "private"
    archived: bool = False
    fork: bool = False
    template: bool = False
    default_branch: str = ""
    """Empty: the repository has no commit."""
    created_at: datetime | None = None
    pushed_at: datetime | None = None
    release: Release | None = None
    open_pull_requests: int | None = None
    checks: Checks | None = None
    protection: Protection | None = None
    alerts: Mapping[str, int] | None = None
    """Open vulnerability alerts by `critical`, `high`, `moderate`, `low`."""
    teams: tuple[Access, ...] = ()
    paths: tuple[str, ...] = ()
    """The files that were seen, from the top: at least those of the two uppermost levels."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The texts of the files of `wanted.py` that are there, by path."""
    mergers: Mapping[str, int] = field(default_factory=dict)
    """How many pull requests each login merged in the last 90 days."""
    problems: tuple[str, ...] = ()
    """What could not be read of it, one line each; the rest of its facts holds."""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """One team (GitLab: group)."""

    id: str
    slug: str
    """With the organization's: `acme/payments`, lower case."""
    name: str
    description: str = ""
    parent: str = ""
    """The slug of the team above it; empty: none."""
    members: tuple[str, ...] = ()
    """Logins."""
    web_url: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member of the organization."""

    id: str
    login: str
    name: str = ""
    email: str = ""
    """Empty unless the host shows it."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What one look at a host came to."""

    host: str
    """`github` or `gitlab`, with which its aliases begin: `github:acme/pay`, `github-team:…`."""
    repositories: tuple[RepositoryFacts, ...] = ()
    teams: tuple[TeamFacts, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    repositories_within: tuple[str, ...] = ()
    """As `Snapshot.within`, for repositories: their ids, or EVERYTHING. One that is here by its id and is not
    among `repositories` is gone."""
    teams_complete: bool = False
    """Whether `teams` and `people` are all that there are; False: the look did not ask for them."""
