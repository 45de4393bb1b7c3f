"""Fixtures for PagerDuty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.seed import Seed
from playground.server import Playground
from playground.vendors.pagerduty import PagerDuty
from tests.integrations.pagerduty.stage import PagerDutyStage, account, machine_time


@pytest.fixture(scope="session")
def running() -> Iterator[tuple[Playground, PagerDuty]]:
    pagerduty = PagerDuty(account())
    with Playground(Seed(), vendors=[pagerduty]) as playground:
        yield playground, pagerduty


@pytest.fixture
def stage(running: tuple[Playground, PagerDuty]) -> Iterator[PagerDutyStage]:
    """A fresh account, at the machine's time."""
    playground, pagerduty = running
    made = PagerDutyStage(playground, pagerduty, machine_time())
    pagerduty.now = lambda: made.now
    pagerduty.hold(account())
    yield made
    made.close()
