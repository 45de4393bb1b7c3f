"""What a source of type `pagerduty` may say in `idp.yaml`. Holds no credential."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from integrations.http.addresses import is_loopback

LONGEST_DAYS = 90
"""How far ahead PagerDuty tells on-call shifts."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class PagerDutyOptions(BaseModel):
    """One PagerDuty account."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        "https://api.pagerduty.com",
        description="Where the API is: `https://api.eu.pagerduty.com` for accounts in the EU region.",
    )
    token_env: str = Field(
        "PAGERDUTY_TOKEN", min_length=1, description="The variable that holds a read-only API key."
    )
    auth: Literal["token", "bearer"] = Field(
        "token", description="`bearer` where the variable holds an OAuth access token instead of a key."
    )
    webhook_secret_env: str = Field(
        "PAGERDUTY_WEBHOOK_SECRET",
        min_length=1,
        description="The variable that holds the webhook subscription's secret.",
    )
    services: Literal["seen", "remark"] = Field(
        "seen",
        description="`seen`: a service that nothing in the catalog matches becomes a component; `remark`: "
        "services only add to components that are there.",
    )
    business_services: bool = Field(
        True, description="Whether business services become systems, where the account has them."
    )
    days: int = Field(
        7, ge=1, le=LONGEST_DAYS, description="For how many days ahead the on-call plan is read."
    )
    structure_every: timedelta = Field(
        timedelta(hours=1),
        description="How often teams, users and business services are read: `30m`, `1h`, `1d`. Every look "
        "reads services, escalation policies, on-calls and incidents.",
    )
    timeout_seconds: float = Field(
        20, ge=0.1, le=300, description="How long PagerDuty may be silent before a request is given up."
    )

    @field_validator("url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        found = urlsplit(value)
        if found.scheme not in ("http", "https") or not found.hostname or found.query or found.fragment:
            raise ValueError("write an address such as https://api.eu.pagerduty.com")
        if found.username or found.password:
            raise ValueError("leave credentials out of the address: the token comes from token_env")
        if found.scheme == "http" and not is_loopback(found.hostname):
            raise ValueError("write https://: the token would go over the network for everybody to read")
        return value.rstrip("/")

    @field_validator("structure_every", mode="before")
    @classmethod
    def _length_of_time(cls, value: object) -> object:
        if isinstance(value, str) and value[:-1].isdigit() and value[-1:] in _UNITS:
            return timedelta(**{_UNITS[value[-1]]: int(value[:-1])})
        return value
