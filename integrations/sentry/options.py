"""What a Sentry source's block in `idp.yaml` may hold.

Holds no credential: it names the variables that do.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from integrations.calling.options import plain_address

CLOUD = "sentry.io"


class SentryOptions(BaseModel):
    """One organization of one Sentry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organization: str = Field(
        min_length=1, description="The organization, by its slug.", examples=["acme", "acme-shop"]
    )
    url: str = Field(
        default="https://sentry.io",
        description="Sentry's address: the cloud, its region's host, or your own.",
        examples=["https://de.sentry.io", "https://sentry.acme.example"],
    )
    projects: Literal["seen", "remark"] = Field(
        default="seen",
        description="`seen`: a project that nobody declares becomes a component. `remark`: it is evidence on "
        "components that others know, and no more.",
    )
    include: tuple[str, ...] = Field(
        default=(), description="Patterns of slugs (`pay-*`); only projects that match one are looked at."
    )
    exclude: tuple[str, ...] = Field(
        default=(), description="Patterns of slugs; projects that match one are left out."
    )
    ownership_rules: Literal["unclear", "all", "none"] = Field(
        default="unclear",
        description="Of which projects the ownership rules are read, at one request each: of those that no "
        "team or several have, of all, or of none.",
    )
    seen_within_days: int = Field(
        default=14,
        ge=7,
        le=90,
        description="An unresolved issue counts when it happened within so many days, as in Sentry's list.",
    )
    token_env: str = Field(
        default="SENTRY_TOKEN", min_length=1, description="The variable that holds the token."
    )
    webhook_secret_env: str = Field(
        default="SENTRY_WEBHOOK_SECRET",
        min_length=1,
        description="The variable that holds the client secret of the internal integration, for webhooks.",
    )
    timeout_seconds: float = Field(default=20, ge=0.1, le=300, description="How long Sentry may be silent.")

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        address = plain_address(value, "Sentry's address, such as https://sentry.io")
        return address.removesuffix("/api/0")

    @field_validator("organization")
    @classmethod
    def _slug(cls, value: str) -> str:
        if any(char in value for char in "/?#% ") or value in (".", ".."):
            raise ValueError("write the organization's slug alone, as it stands in its addresses: acme")
        return value

    @property
    def web_url(self) -> str:
        """Where people see the organization, without a slash at the end."""
        own = f"{self.url}/organizations/{self.organization}"
        return f"https://{self.organization}.{CLOUD}" if self._in_the_cloud else own

    @property
    def settings_url(self) -> str:
        """Where people change the organization's settings, without a slash at the end."""
        own = f"{self.url}/settings/{self.organization}"
        return f"{self.web_url}/settings" if self._in_the_cloud else own

    @property
    def _in_the_cloud(self) -> bool:
        host = urlsplit(self.url).hostname or ""
        return host == CLOUD or host.endswith(f".{CLOUD}")

    def takes(self, slug: str) -> bool:
        """Tell whether `include` and `exclude` let a project in; case does not count."""
        slug = slug.lower()
        if self.include and not _matches(slug, self.include):
            return False
        return not _matches(slug, self.exclude)


def _matches(slug: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(slug, pattern.lower()) for pattern in patterns)
