"""What a Jira source's block in `idp.yaml` may hold.

Holds no credential: it names the variables that do.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from integrations.calling.options import Texts, plain_address

CLOUD, DATA_CENTER = "cloud", "datacenter"
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)


class JiraOptions(BaseModel):
    """One Jira, in the cloud or in a data center."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        description="Jira's address; one in a data center may be below a path.",
        examples=["https://acme.atlassian.net", "https://tools.acme.example/jira"],
    )
    deployment: Literal["cloud", "datacenter"] | None = Field(
        default=None, description="`cloud` or `datacenter`; asked of Jira itself unless set."
    )
    email_env: str = Field(
        default="JIRA_EMAIL",
        min_length=1,
        description="The variable that holds the account's e-mail address; for the cloud alone.",
    )
    token_env: str = Field(
        default="JIRA_TOKEN",
        min_length=1,
        description="The variable that holds the API token, in a data center the personal access token.",
    )
    webhook_secret_env: str = Field(
        default="JIRA_WEBHOOK_SECRET",
        min_length=1,
        description="The variable that holds the secret of the webhooks.",
    )
    include: Texts = Field(
        default=(), description="Patterns of project keys (`PAY`, `OPS*`); only those are looked at."
    )
    exclude: Texts = Field(default=(), description="Patterns of project keys; those are left out.")
    bugs: str = Field(
        default="issuetype = Bug",
        description="Which issues are bugs, in JQL; empty: none. Only those that are not done are counted.",
        examples=["issuetype in (Bug, Defect)"],
    )
    incidents: str = Field(
        default="issuetype = Incident",
        description="Which issues are incidents, likewise.",
        examples=["issuetype = Bug AND labels = incident"],
    )
    match_names: bool = Field(
        default=True,
        description="Whether a Jira component also finds the catalog's component of just its name.",
    )
    users: bool = Field(
        default=True, description="Whether to list all users, and not only those who lead something."
    )
    timeout_seconds: float = Field(default=20.0, gt=0, le=300, description="How long one answer may take.")

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        return re.sub(
            r"/rest(/api(/\w+)?)?$",
            "",
            plain_address(value, "Jira's address, such as https://acme.atlassian.net"),
        )

    @field_validator("bugs", "incidents")
    @classmethod
    def _conditions(cls, value: str) -> str:
        if _ORDER.search(value):
            raise ValueError("write a condition alone, without ORDER BY")
        return value.strip()

    def takes(self, key: str) -> bool:
        """Tell whether `include` and `exclude` let a project in; case does not count."""
        key = key.lower()
        if self.include and not _matches(key, self.include):
            return False
        return not _matches(key, self.exclude)

    @property
    def takes_all(self) -> bool:
        """Whether no project is left out."""
        return not self.include and not self.exclude


def _matches(key: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(key, pattern.lower()) for pattern in patterns)
