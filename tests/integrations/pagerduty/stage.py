"""PagerDuty on loopback with a small account in it, and sources that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.entities import Claim, Json, Snapshot
from integrations.pagerduty import INTEGRATION
from playground.server import Playground
from playground.vendors.pagerduty import Account, PagerDuty
from playground.vendors.pagerduty.seed import Service
from playground.vendors.vendor import Exchange
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Connected, Look, Opening, Webhook

TOKEN = f"{SECRET}-x9Q7"
KEY = "0123456789abcdef0123456789abcdef"
"""An integration key, which nobody may see either."""
HOOK_SECRET = f"{SECRET}-of-webhooks"

SMALL: Mapping[str, Any] = {
    "token": TOKEN,
    "teams": [
        {"id": "PTEAMPA", "name": "Payments", "description": "Takes the money"},
        {"id": "PTEAMPL", "name": "Platform"},
    ],
    "users": [
        {"id": "PUANA", "name": "Ana Silva", "email": "Ana.Silva@acme.example", "title": "Staff Engineer",
         "teams": ["PTEAMPA"]},
        {"id": "PUKWAME", "name": "Kwame Mensah", "email": "kwame.mensah@acme.example",
         "teams": ["PTEAMPA", "PTEAMPL"]},
        {"id": "PUMIKKEL", "name": "Mikkel Jensen", "email": "mikkel.jensen@acme.example", "invited": True},
    ],
    "schedules": [
        {"id": "PSPRIM", "name": "Payments Primary", "time_zone": "Europe/Berlin",
         "layers": [{"start": "2025-01-06T09:00:00", "users": ["PUANA", "PUKWAME"]}]},
    ],
    "policies": [
        {"id": "PEPAY", "name": "Payments On-Call", "team": "PTEAMPA", "levels": [["PSPRIM"], ["PUKWAME"]]},
        {"id": "PEEMPTY", "name": "Nobody", "levels": []},
    ],
    "services": [
        {"id": "PPAY1AP", "name": "Payments API", "description": "Moves the money", "policy": "PEPAY",
         "integrations": [{"id": "PINT001", "key": KEY}]},
        {"id": "PFAX001", "name": "fax-gateway", "policy": "PEEMPTY", "status": "disabled"},
    ],
    "business_services": [
        {"id": "PBUYING", "name": "Buying", "team": "PTEAMPA", "supported_by": ["PPAY1AP", "PBCARDS"]},
        {"id": "PBCARDS", "name": "Cards"},
    ],
    "incidents": [
        {"id": "QINC001", "number": 7, "title": "Refunds hang", "service": "PPAY1AP", "priority": "P2",
         "ago_hours": 2},
        {"id": "QINC000", "number": 6, "title": "It was slow", "service": "PPAY1AP", "status": "resolved",
         "ago_hours": 30},
    ],
}  # fmt: skip


class PagerDutyStage:
    """An account at an address."""

    credential = "PAGERDUTY_TOKEN"
    page = 100
    main = "/services"

    def __init__(self, playground: Playground, pagerduty: PagerDuty, now: datetime) -> None:
        self.pagerduty, self.now = pagerduty, now
        self.faults = pagerduty.faults
        self.url = f"{playground.url}/vendors/pagerduty"
        self._opened: list[Connected] = []

    def opening(self, **options: Any) -> Opening:
        block = INTEGRATION.options.model_validate({"url": self.url, "timeout_seconds": 5, **options})
        known = {"PAGERDUTY_TOKEN": TOKEN, "PAGERDUTY_WEBHOOK_SECRET": HOOK_SECRET}
        return Opening("pagerduty", block, known.get, lambda: self.now)

    def open(self, *, url: str = "", timeout: float = 5.0, **options: Any) -> Connected:
        opening = self.opening(**{"url": url or self.url, "timeout_seconds": timeout, **options})
        self._opened.append(INTEGRATION.open(opening))
        return self._opened[-1]

    def webhook(self) -> Webhook:
        assert INTEGRATION.webhook is not None
        return INTEGRATION.webhook(self.opening())

    def empty(self) -> None:
        account = self.pagerduty.account
        for things in (
            account.teams, account.users, account.schedules, account.policies, account.services,
            account.business_services, account.incidents,
        ):  # fmt: skip
            things.clear()

    def crowd(self, count: int) -> None:
        made = (
            Service(id=f"PC{number:05}", name=f"crowd-{number}", policy="PEPAY") for number in range(count)
        )
        self.pagerduty.account.services.extend(made)

    def crowded(self, look: Look) -> list[Claim]:
        return [each for each in of(look, "pagerduty").claims if each.name.startswith("crowd-")]

    def oddly(self) -> None:
        self.pagerduty.rewrite = strangely

    def later(self, by: timedelta) -> None:
        self.now += by

    def asked(self) -> list[str]:
        """Return the paths of the requests so far."""
        return [each.partition("?")[0].rpartition("/vendors/pagerduty")[2] for each in self.faults.requests]

    def watched(self) -> list[Exchange]:
        """Return a list that fills with every request and its answer from now on."""
        self.faults.exchanges = kept = list[Exchange]()
        return kept

    def close(self) -> None:
        for each in self._opened:
            each.close()


def strangely(value: Any) -> None:
    """Add fields that nobody knows, and give enumerations values that nobody knows."""
    if isinstance(value, list):
        for each in value:
            strangely(each)
    elif isinstance(value, dict):
        for each in value.values():
            strangely(each)
        value["brand_new"] = {"deeply": [None, 1]}
        value.update({name: f"new-{name}" for name in ("status", "urgency", "role") if name in value})
        if "type" in value:
            value["type"] = f"{value['type']}_v9"


def of(look: Look, claimant: str) -> Snapshot:
    """Return the one snapshot of a claimant."""
    (found,) = [each for each in look.snapshots if each.source == claimant]
    return found


def fields(look: Look, claimant: str) -> dict[str, dict[str, Json]]:
    """Return what a claimant claims, by the claims' ids."""
    return {each.id: dict(each.fields) for each in of(look, claimant).claims}


def account(**changes: Any) -> Account:
    return Account.model_validate({**SMALL, **changes})


def machine_time() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
