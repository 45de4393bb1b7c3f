"""What a source of type `pagerduty` may say in `idp.yaml`. Holds no credential."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.durations import Duration
from integrations.calling.options import plain_address

LONGEST_DAYS = 90
"""How far ahead PagerDuty tells on-call shifts."""


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
    structure_every: Duration = Field(
        timedelta(hours=1),
        description="How often teams, users, schedules and business services are read: `30m`, `1h`, `1d`. "
        "Every look reads services, escalation policies, on-calls and incidents.",
    )
    timeout_seconds: float = Field(
        20, ge=0.1, le=300, description="How long PagerDuty may be silent before a request is given up."
    )

    @field_validator("url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        return plain_address(value, "an address such as https://api.eu.pagerduty.com")
