"""What Sentry holds when it opens: read from YAML and checked.

Times are days before the start, so that what is recent stays recent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.seed import SeedError, load_yaml

State = Literal["active", "invited", "expired", "restricted"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedMember(_Part):
    """Somebody in the organization, or invited to it."""

    email: str
    name: str = ""
    state: State = "active"
    """`restricted`: more members than the plan has room for."""


class SeedTeam(_Part):
    """A team."""

    slug: str
    name: str = ""
    members: tuple[str, ...] = ()
    """Addresses."""


class SeedIssue(_Part):
    """An error that happened."""

    title: str
    first_seen: float = 30.0
    last_seen: float = 1.0
    status: Literal["unresolved", "resolved", "ignored"] = "unresolved"
    category: str = "error"


class SeedRelease(_Part):
    """A release."""

    version: str
    days_ago: float = 1.0


class SeedProject(_Part):
    """A project."""

    slug: str
    name: str = ""
    platform: str = ""
    teams: tuple[str, ...] = ()
    ownership: str = ""
    """Its rules, as people write them."""
    last_week: int = 0
    """Events."""
    week_before: int = 0
    issues: tuple[SeedIssue, ...] = ()
    releases: tuple[SeedRelease, ...] = ()


class SentrySeed(_Part):
    """The whole organization."""

    token: str = Field(min_length=1)
    client_secret: str = ""
    """Of the internal integration; signs webhooks."""
    organization: str
    name: str = ""
    members: tuple[SeedMember, ...] = ()
    teams: tuple[SeedTeam, ...] = ()
    projects: tuple[SeedProject, ...] = ()


def load_sentry(path: Path) -> SentrySeed:
    """Read a seed; raises SeedError that names the file and what is wrong."""
    try:
        return SentrySeed.model_validate(load_yaml(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from error
