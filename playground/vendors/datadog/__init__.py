"""A Datadog organization: its software catalog, teams and users, APM's dependencies, SLOs and monitors."""

from __future__ import annotations

from playground.vendors.datadog.seed import (
    ACCOUNTS,
    DatadogSeed,
    Monitor,
    Objective,
    Team,
    User,
    load_datadog,
)
from playground.vendors.datadog.server import PERMISSIONS, Datadog

__all__ = [
    "ACCOUNTS",
    "PERMISSIONS",
    "Datadog",
    "DatadogSeed",
    "Monitor",
    "Objective",
    "Team",
    "User",
    "load_datadog",
]
