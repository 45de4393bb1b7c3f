"""What a Datadog source's block in `idp.yaml` may hold.

Holds no credential: the two keys come from DD_API_KEY and DD_APP_KEY.
"""

from __future__ import annotations

import re
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.durations import Duration
from integrations.calling.options import Texts, plain_address

_SITE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class DatadogOptions(BaseModel):
    """One Datadog organization."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: str = Field(
        default="datadoghq.com",
        description="The organization's Datadog site.",
        examples=["datadoghq.eu", "us3.datadoghq.com", "ddog-gov.com"],
    )
    url: str = Field(
        default="", description="Where the API is, if elsewhere than the site says (`https://api.<site>`)."
    )
    environments: Texts = Field(
        default=("prod",),
        description="The environments whose APM traces tell what calls what; none with an empty list.",
    )
    traces_of: Duration = Field(
        default=timedelta(days=1),
        ge=timedelta(hours=1),
        le=timedelta(days=30),
        description="How far back those traces are looked at, such as `6h`: a nightly job must be in it.",
    )
    teams: bool = Field(default=True, description="Whether to read teams.")
    people: bool = Field(default=True, description="Whether to read users, and who is in which team.")
    structure_every: Duration = Field(
        default=timedelta(hours=1),
        ge=timedelta(0),
        le=timedelta(days=30),
        description="How often users and memberships are read, which takes a request for each team.",
    )
    slos: bool = Field(default=True, description="Whether to read service level objectives.")
    monitors: bool = Field(default=True, description="Whether to read monitors and their states.")
    timeout_seconds: float = Field(
        default=20, ge=0.1, le=300, description="How long Datadog may be silent on one request."
    )

    @field_validator("site")
    @classmethod
    def _is_site(cls, value: str) -> str:
        site = value.strip().lower().removeprefix("https://").rstrip("/").removeprefix("app.")
        if not _SITE.fullmatch(site):
            raise ValueError("write the site alone, such as datadoghq.eu")
        return site

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not value:
            return value
        keys = "the keys are DD_API_KEY and DD_APP_KEY"
        return plain_address(value, "the API's address, such as https://api.datadoghq.eu", keys)

    @property
    def api(self) -> str:
        """Where the API begins."""
        return self.url or f"https://api.{self.site}"

    @property
    def has_entities(self) -> bool:
        """Whether the site has entities of v3: those of the government do not."""
        return not self.site.endswith("ddog-gov.com")

    @property
    def web(self) -> str:
        """Where people see Datadog: sites of two parts have it at `app.`, the others at their own name."""
        return f"https://app.{self.site}" if self.site.count(".") == 1 else f"https://{self.site}"
