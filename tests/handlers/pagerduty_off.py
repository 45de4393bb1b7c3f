"""The playground's PagerDuty with one service, whose on-call turns are given; it can be switched off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from playground.seed import Seed
from playground.server import Playground
from playground.vendors.pagerduty import Account, PagerDuty

TOKEN = "pagerduty-token-of-the-test"


def account(now: datetime) -> Account:
    """Return an account in which Ana is on until six hours from now, then Bo for a day."""

    def turn(user: str, begins: int, ends: int) -> dict[str, Any]:
        return {
            "user": user,
            "start": now + timedelta(hours=begins),
            "end": now + timedelta(hours=ends),
        }

    return Account.model_validate(
        {
            "token": TOKEN,
            "users": [
                {"id": "PU1", "name": "A. Silva", "email": "u1@acme.example"},
                {"id": "PU2", "name": "Bo <Li>", "email": "u2@acme.example"},
            ],
            "schedules": [
                {"id": "PC1", "name": "Cards", "overrides": [turn("PU1", -2, 6), turn("PU2", 6, 30)]}
            ],
            "policies": [{"id": "PE1", "name": "Cards", "levels": [["PC1"]]}],
            "services": [{"id": "PS1", "name": "Card payments", "policy": "PE1"}],
        }
    )


@contextmanager
def pagerduty(now: datetime) -> Iterator[tuple[Playground, PagerDuty]]:
    """Serve it; who stops the playground switches it off."""
    vendor = PagerDuty(account(now), now=lambda: now)
    playground = Playground(Seed(), vendors=[vendor])
    playground.start()
    try:
        yield playground, vendor
    finally:
        playground.stop()
