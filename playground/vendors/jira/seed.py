"""What a Jira holds when it opens: read from YAML and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from playground.seed import SeedError, load_yaml


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedUser(_Part):
    """One account."""

    login: str
    """How the seed calls it, and its login name in a data center."""
    name: str
    email: str = ""
    hidden: bool = False
    """Whether it hides its address (in the cloud)."""
    active: bool = True
    type: str = "atlassian"


class SeedComponent(_Part):
    """A component of a project."""

    name: str
    lead: str = ""
    description: str = ""


class SeedProject(_Part):
    """One project."""

    key: str
    name: str
    lead: str
    components: tuple[SeedComponent, ...] = ()
    required: tuple[str, ...] = ()
    """Names of custom fields without which no issue can be created."""


class SeedIssues(_Part):
    """Some issues of a kind."""

    project: str
    type: str = "Bug"
    components: tuple[str, ...] = ()
    open: int = Field(0, ge=0)
    done: int = Field(0, ge=0)
    labels: tuple[str, ...] = ()


class JiraSeed(_Part):
    """The whole Jira."""

    url: str
    """Where people open it."""
    deployment: Literal["cloud", "datacenter"] = "cloud"
    email: str
    token: str = Field(min_length=1)
    user: str
    """Whose e-mail and token these are, by login."""
    types: tuple[str, ...] = ("Bug", "Incident", "Story", "Task", "Sub-task")
    users: tuple[SeedUser, ...]
    projects: tuple[SeedProject, ...] = ()
    issues: tuple[SeedIssues, ...] = ()

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> JiraSeed:
        users = {each.login for each in self.users}
        leads = {
            name
            for project in self.projects
            for name in (project.lead, *(c.lead for c in project.components))
        }
        if missing := ({self.user} | leads) - users - {""}:
            raise ValueError(f"no users: {', '.join(sorted(missing))}")
        components = {project.key: {each.name for each in project.components} for project in self.projects}
        for each in self.issues:
            if each.project not in components or not set(each.components) <= components[each.project]:
                raise ValueError(f"issues of {each.project}: no such project, or no such component")
            if each.type not in self.types:
                raise ValueError(f"issues of {each.project}: no type {each.type}")
        return self


def load_jira(path: Path) -> JiraSeed:
    """Read a seed; raises SeedError that names the file and what is wrong."""
    try:
        return JiraSeed.model_validate(load_yaml(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from error
