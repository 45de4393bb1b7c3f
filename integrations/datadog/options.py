"""What a Datadog source's block in `idp.yaml` may hold.

Holds no credential: the two keys come from DD_API_KEY and DD_APP_KEY.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

_SITE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_LENGTH = re.compile(r"(?P<number>[0-9]+)\s*(?P<unit>[smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _length(value: object) -> object:
    """Read `1h`; what is written otherwise is left to pydantic."""
    match = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    return value if match is None else timedelta(seconds=int(match["number"]) * _SECONDS[match["unit"]])


def _listed(value: object) -> object:
    """Take one for a list of one."""
    return (value,) if isinstance(value, str) else value


Length = Annotated[timedelta, BeforeValidator(_length)]


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
    environments: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        default=("prod",),
        description="The environments whose APM traces tell what calls what; none with an empty list.",
    )
    traces_of: Length = Field(
        default=timedelta(days=1),
        ge=timedelta(hours=1),
        le=timedelta(days=30),
        description="How far back those traces are looked at, such as `6h`: a nightly job must be in it.",
    )
    teams: bool = Field(default=True, description="Whether to read teams.")
    people: bool = Field(default=True, description="Whether to read users, and who is in which team.")
    structure_every: Length = Field(
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
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("write the API's address, such as https://api.datadoghq.eu")
        if parts.username or parts.password:
            raise ValueError("leave credentials out of the address: the keys are DD_API_KEY and DD_APP_KEY")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("write https://: the keys would go over the network for everybody to read")
        return value.rstrip("/")

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
