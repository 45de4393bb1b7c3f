"""What a PagerDuty account holds: read from YAML and checked; the server and tests change it in place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from playground.seed import SeedError, load_yaml


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Thing(_Part):
    """Something with an id of its own."""

    id: str


class Team(Thing):
    """A team."""

    name: str
    description: str = ""


class User(Thing):
    """Somebody who can be called."""

    name: str
    email: str
    title: str = ""
    time_zone: str = "UTC"
    role: str = "user"
    teams: list[str] = []
    """Ids."""
    invited: bool = False


class Layer(_Part):
    """People who take turns, in the schedule's time zone."""

    start: datetime
    """The first handoff, without a zone."""
    turn_days: int = Field(7, ge=1)
    users: list[str] = Field(min_length=1)
    from_hour: int = Field(0, ge=0, le=23)
    hours: int = Field(24, ge=1, le=24)
    """For how many hours a day, from `from_hour` on; 24: all day."""


class Override(_Part):
    """Somebody who is on instead."""

    user: str
    start: datetime | None = None
    end: datetime | None = None
    """With a zone."""
    in_hours: float = 0
    for_hours: float = 0
    """Instead of `start` and `end`: counted from when the account opens."""


class Schedule(Thing):
    """Who is on when: later layers go before earlier ones, overrides before all."""

    name: str
    time_zone: str = "UTC"
    layers: list[Layer] = []
    overrides: list[Override] = []

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)


class Policy(Thing):
    """An escalation policy: whom to call, level by level."""

    name: str
    team: str = ""
    levels: list[list[str]] = []
    """Ids of schedules and users."""


class Key(_Part):
    """A service's integration."""

    id: str
    name: str = "Events API V2"
    key: str = ""


class Service(Thing):
    """Something that can break."""

    name: str
    policy: str
    description: str | None = ""
    status: str = "active"
    integrations: list[Key] = []


class BusinessService(Thing):
    """What customers see, and what it stands on."""

    name: str
    description: str = ""
    team: str = ""
    supported_by: list[str] = []
    """Ids of services and business services."""


class Incident(Thing):
    """Something that is broken, or was."""

    number: int
    title: str
    service: str
    status: str = "triggered"
    urgency: str = "high"
    priority: str = ""
    ago_hours: float = 0
    """Since when, counted from when the account opens; `created` goes before it."""
    created: datetime | None = None


class Account(_Part):
    """The whole account."""

    subdomain: str = "acme"
    token: str = Field(min_length=1)
    abilities: list[str] = ["teams", "business_services", "urgencies"]
    teams: list[Team] = []
    users: list[User] = []
    schedules: list[Schedule] = []
    policies: list[Policy] = []
    services: list[Service] = []
    business_services: list[BusinessService] = []
    incidents: list[Incident] = []

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        """Refuse ids that lead nowhere, and one that is given twice."""
        everything: list[Thing] = [
            *self.teams, *self.users, *self.schedules, *self.policies, *self.services,
            *self.business_services, *self.incidents,
        ]  # fmt: skip
        ids = [each.id for each in everything]
        if twice := {each for each in ids if ids.count(each) > 1} if len(ids) < 2_000 else set():
            raise ValueError(f"given twice: {', '.join(sorted(twice))}")
        named = {
            *(team for user in self.users for team in user.teams),
            *(user for each in self.schedules for layer in each.layers for user in layer.users),
            *(one.user for each in self.schedules for one in each.overrides),
            *(target for each in self.policies for level in each.levels for target in level),
            *(each.team for each in self.policies if each.team),
            *(each.team for each in self.business_services if each.team),
            *(each.policy for each in self.services),
            *(one for each in self.business_services for one in each.supported_by),
            *(each.service for each in self.incidents),
        }
        if lost := named - set(ids):
            raise ValueError(f"there is nothing with the id {', '.join(sorted(lost))}")
        return self


def load_pagerduty(path: Path) -> Account:
    """Read a seed; raises SeedError that names the file and what is wrong."""
    try:
        return Account.model_validate(load_yaml(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from error
