"""What a GitLab source's block in `idp.yaml` may hold.

Holds no credential: it names the variables that do.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from integrations.calling.options import plain_address


def _listed(value: object) -> object:
    """Take one for a list of one; a group's id may be written as a number."""
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(
        str(each) if isinstance(each, int) and not isinstance(each, bool) else each for each in values
    )


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class GitLabOptions(BaseModel):
    """One GitLab and the groups of it that are looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        default="https://gitlab.com",
        description="GitLab's address; a self-managed one may be below a path.",
        examples=["https://gitlab.acme.example", "https://tools.acme.example/gitlab"],
    )
    group: Texts = Field(
        min_length=1,
        description="The group, or a list of groups, by full path or id; their subgroups are looked at, too.",
        examples=["acme", ["acme/money", "acme/shop"]],
    )
    token_env: str = Field(
        default="GITLAB_TOKEN",
        min_length=1,
        description="The variable that holds a token with the scope read_api and the role Reporter.",
    )
    webhook_secret_env: str = Field(
        default="GITLAB_WEBHOOK_SECRET",
        min_length=1,
        description="The variable that holds the secret token of the webhooks.",
    )
    include: Texts = Field(
        default=(),
        description="Patterns of full paths (`acme/money/*`); only projects that match one are looked at.",
    )
    exclude: Texts = Field(
        default=(), description="Patterns of full paths; projects that match one are left out."
    )
    forks: bool = Field(default=False, description="Whether to look at forks.")
    archived: bool = Field(default=True, description="Whether to look at archived projects.")
    merges: bool = Field(
        default=True,
        description="Whether to count who merged in the last 90 days, as evidence of ownership.",
    )

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        write = "GitLab's address, such as https://gitlab.acme.example"
        return plain_address(value, write).removesuffix("/api/v4")

    @field_validator("group")
    @classmethod
    def _full_paths(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        groups = tuple(each.strip().strip("/") for each in value)
        if not all(groups) or any("://" in each for each in groups):
            raise ValueError("write a group's full path, such as acme/money, without the host")
        return groups

    def takes(self, full_path: str) -> bool:
        """Tell whether `include` and `exclude` let a project in; case does not count."""
        path = full_path.lower()
        if self.include and not _matches(path, self.include):
            return False
        return not _matches(path, self.exclude)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern.lower()) for pattern in patterns)
