"""What a Datadog organization holds when it opens: read from YAML and checked."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.seed import SeedError, load_yaml

ACCOUNTS = ("Active", "Pending", "Disabled")
_IDS = uuid.UUID("8f1e3c52-6f0a-4bb5-9c3c-2d0a7a0d0d06")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class User(_Part):
    """An account; its id follows from its e-mail."""

    email: str
    name: str = ""
    title: str = ""
    status: Literal["Active", "Pending", "Disabled"] = "Active"
    service_account: bool = False

    @cached_property
    def id(self) -> str:
        """The id that Datadog has for it."""
        return str(uuid.uuid5(_IDS, self.email))


class Team(_Part):
    """A team; members are e-mails."""

    handle: str
    name: str
    summary: str = ""
    members: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """The id that Datadog has for it."""
        return str(uuid.uuid5(_IDS, f"team:{self.handle}"))


class Objective(_Part):
    """A service level objective, with how it stands; status and what is left of the budget are percents."""

    id: str
    name: str
    tags: tuple[str, ...] = ()
    target: float
    timeframe: Literal["7d", "30d", "90d"] = "30d"
    status: float | None = None
    """None: it was not reckoned yet."""
    budget_left: float | None = None
    state: Literal["ok", "warning", "breached", "no_data"] = "ok"


class Monitor(_Part):
    """A monitor and its state."""

    id: int
    name: str
    tags: tuple[str, ...] = ()
    type: str = "query alert"
    query: str = "avg(last_5m):avg:trace.http.request.errors{env:prod} > 5"
    state: Literal["Alert", "Ignored", "No Data", "OK", "Skipped", "Unknown", "Warn"] = "OK"
    since: datetime | None = None
    """Since when it is in that state."""
    multi: bool = False
    muted: bool = False


class DatadogSeed(_Part):
    """The whole organization."""

    as_of: datetime | None = None
    """The time at which its times were written; None: they stay what they are."""
    api_key: str = Field(min_length=1)
    app_key: str = Field(min_length=1)
    users: tuple[User, ...] = ()
    teams: tuple[Team, ...] = ()
    definitions: tuple[dict[str, Any], ...] = ()
    """Service definitions of v1 to v2.2, as written."""
    entities: tuple[dict[str, Any], ...] = ()
    """Entities of v3, as written."""
    calls: dict[str, dict[str, tuple[str, ...]]] = Field(default={})
    """By environment and service, what it calls."""
    slos: tuple[Objective, ...] = ()
    monitors: tuple[Monitor, ...] = ()


def moved(seed: DatadogSeed, now: datetime) -> DatadogSeed:
    """Return a seed whose times are as long before `now` as they were before it was written."""
    if seed.as_of is None:
        return seed
    later = now - seed.as_of
    monitors = tuple(
        each.model_copy(update={"since": each.since and each.since + later}) for each in seed.monitors
    )
    return seed.model_copy(update={"as_of": now, "monitors": monitors})


def load_datadog(path: Path) -> DatadogSeed:
    """Read a seed; raises SeedError that names the file and what is wrong."""
    try:
        return DatadogSeed.model_validate(load_yaml(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from error
