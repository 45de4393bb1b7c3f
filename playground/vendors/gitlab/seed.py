"""What a GitLab starts with, as `gitlab.yaml` writes it.

Times are days before the start, so that what is recent stays recent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from playground.seed import load_yaml

Role = Literal["guest", "reporter", "developer", "maintainer", "owner"]
ACCESS_LEVELS: dict[Role, int] = {"guest": 10, "reporter": 20, "developer": 30, "maintainer": 40, "owner": 50}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SeedUser(_Part):
    """A person, or the user behind a token."""

    username: str
    name: str = ""
    email: str = ""
    state: Literal["active", "blocked"] = "active"


class SeedGroup(_Part):
    """A group; the one above it must come before it."""

    path: str
    """The full path: `acme/money`."""
    name: str = ""
    description: str = ""
    members: dict[str, Role] = {}


class SeedMergeRequest(_Part):
    """A merge request; merged when somebody merged it."""

    title: str
    author: str
    merged_by: str = ""
    days_ago: float = 1.0


class SeedPipeline(_Part):
    """A pipeline of the default branch."""

    status: str
    days_ago: float = 1.0


class SeedRelease(_Part):
    """A release."""

    tag: str
    days_ago: float = 1.0


class SeedProject(_Part):
    """A project with its repository."""

    path: str
    """The full path: `acme/money/ledger`."""
    folder: str = ""
    """Where its files are, below the folder that is given with the seed."""
    files: dict[str, str] = {}
    """More files, by path."""
    name: str = ""
    description: str = ""
    topics: list[str] = []
    languages: dict[str, float] = {}
    """Per cent."""
    visibility: Literal["private", "internal", "public"] = "private"
    archived: bool = False
    forked_from: str = ""
    """A project's full path."""
    default_branch: str = "main"
    created_days_ago: float = 1000.0
    active_days_ago: float = 1.0
    shared_with: dict[str, Role] = {}
    """Roles of groups, by full path."""
    protected: list[str] = ["main"]
    """Protected branches, or patterns of them."""
    approvals: int = 0
    must_pass: bool = False
    """Whether the pipeline must succeed before a merge."""
    merge_requests: list[SeedMergeRequest] = []
    pipelines: list[SeedPipeline] = []
    releases: list[SeedRelease] = []
    vulnerabilities: dict[Literal["critical", "high", "medium", "low"], int] | None = None


class GitLabSeed(_Part):
    """A whole GitLab."""

    url: str = "https://gitlab.example"
    """Its address as people know it: `web_url` begins with it."""
    version: str = "18.5.1-ee"
    enterprise: bool = True
    users: list[SeedUser] = []
    groups: list[SeedGroup] = []
    projects: list[SeedProject] = []


class Seeded(BaseModel):
    """A seed and where its projects' folders are."""

    seed: GitLabSeed = Field(default_factory=GitLabSeed)
    folder: Path | None = None


def load(path: Path, folder: Path) -> Seeded:
    """Read a seed; projects' folders are below `folder`. Raises OSError and pydantic's ValidationError."""
    return Seeded(seed=GitLabSeed.model_validate(load_yaml(path.read_text("utf-8"))), folder=folder)
