"""A PagerDuty account: services, escalation policies, schedules that turn, incidents, and signed webhooks."""

from __future__ import annotations

from playground.vendors.pagerduty.seed import Account, load_pagerduty
from playground.vendors.pagerduty.server import PagerDuty

__all__ = ["Account", "PagerDuty", "load_pagerduty"]
