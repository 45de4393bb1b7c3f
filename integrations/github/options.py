"""What the block of a GitHub source in `idp.yaml` may hold, and the addresses that follow from it.

Holds no credential, only the names of the variables that do.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from integrations.calling.options import one_or_many, plain_address

MONOREPO_FOLDERS = (
    "apps", "applications", "charts", "cmd", "components", "functions", "jobs", "lambdas", "libs",
    "microservices", "modules", "packages", "plugins", "projects", "services", "sites", "tools", "workers",
)  # fmt: skip


class Batches(BaseModel):
    """How much one request asks for; halved when GitHub cannot answer in time, and grown again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    repositories: int = Field(
        50, ge=1, le=100, description="Repositories a request, with everything but texts."
    )
    texts: int = Field(500, ge=1, le=1_000, description="File texts and folders a request.")
    teams: int = Field(25, ge=1, le=100, description="Teams a request, with members and repositories.")


class GitHubOptions(BaseModel):
    """A source of type `github`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organization: tuple[str, ...] = Field(
        description="The organization's login, or a list of them.", min_length=1
    )
    url: str = Field(
        "https://api.github.com",
        description="Where the REST API is; for Enterprise Server `https://ghe.example/api/v3`.",
    )
    token_env: str = Field("GITHUB_TOKEN", description="The variable that holds the token.")
    app_id: str = Field("", description="The GitHub App's id or client id; then no token is needed.")
    installation_id: str = Field("", description="The id of the App's installation in the organization.")
    private_key_env: str = Field(
        "GITHUB_APP_PRIVATE_KEY", description="The variable that holds the App's private key, in PEM."
    )
    webhook_secret_env: str = Field(
        "GITHUB_WEBHOOK_SECRET", description="The variable that holds the webhook's secret."
    )
    include: tuple[str, ...] = Field(
        (), description="Patterns (`*`, `?`) of repository names to read; all unless given."
    )
    exclude: tuple[str, ...] = Field((), description="Patterns of repository names to leave out.")
    forks: bool = Field(False, description="Whether to read forks.")
    archived: bool = Field(True, description="Whether to read archived repositories.")
    merges: bool = Field(True, description="Whether to count who merged pull requests in the last 90 days.")
    folders: tuple[str, ...] = Field(
        MONOREPO_FOLDERS, description="Top folders whose subfolders are looked into for parts of a monorepo."
    )
    batch: Batches = Field(default_factory=lambda: Batches(), description="How much one request asks for.")

    @field_validator("organization", "include", "exclude", "folders", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return one_or_many(value)

    @field_validator("app_id", "installation_id", mode="before")
    @classmethod
    def _number_or_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("url")
    @classmethod
    def _https(cls, value: str) -> str:
        return plain_address(
            value, "a plain address such as https://ghe.example/api/v3", "they come from the environment"
        )

    @model_validator(mode="after")
    def _app_whole(self) -> Self:
        if bool(self.app_id) != bool(self.installation_id):
            raise ValueError("app_id and installation_id go together")
        return self

    @property
    def graphql_url(self) -> str:
        """Where the GraphQL API is: `/api/graphql` beside Enterprise Server's `/api/v3`."""
        return f"{self.url.removesuffix('/v3')}/graphql"

    def wants(self, name: str, *, fork: bool, archived: bool) -> bool:
        """Return whether a repository of this name is to be read."""
        if (fork and not self.forks) or (archived and not self.archived):
            return False
        low = name.lower()
        if self.include and not any(fnmatchcase(low, each.lower()) for each in self.include):
            return False
        return not any(fnmatchcase(low, each.lower()) for each in self.exclude)
