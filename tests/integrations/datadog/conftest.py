"""Acme's Datadog on loopback, and sources that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from domain.clock import system_clock
from domain.entities import Claim, Snapshot
from integrations.datadog import INTEGRATION
from integrations.datadog.source import DatadogSource
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.datadog import Datadog, DatadogSeed, load_datadog
from playground.vendors.vendor import Faults
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Connected, Look, Opening

ACME = Path(__file__).parents[3] / "examples" / "acme"
ACME_DATADOG = ACME / "vendors" / "datadog.yaml"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
API_KEY, APP_KEY = f"{SECRET}-api", f"{SECRET}-app"


@dataclass
class DatadogStage:
    """The server, and what tests change on it; see `tests.integrations.adapter_suite.Stage`."""

    playground: Playground
    datadog: Datadog
    credential: str = "DD_API_KEY"
    page: int = 100
    main: str = "/api/v2/services/definitions"
    now: datetime | None = None
    """What the source takes for the time; None: the machine's."""
    opened: list[Connected] = field(default_factory=list)

    @property
    def faults(self) -> Faults:
        return self.datadog.faults

    def open(self, *, url: str = "", timeout: float = 5.0, name: str = "datadog", **block: Any) -> Connected:
        block = {"url": url or f"{self.playground.url}/vendors/datadog", "timeout_seconds": timeout, **block}
        options = INTEGRATION.options.model_validate({"site": "datadoghq.eu", **block})
        keys = {"DD_API_KEY": API_KEY, "DD_APP_KEY": APP_KEY}
        source = INTEGRATION.open(Opening(name, options, keys.get, self.clock))
        self.opened.append(source)
        return source

    def clock(self) -> datetime:
        return self.now or system_clock()

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now = (self.now or NOW) + timedelta(**by)

    def empty(self) -> None:
        self.datadog.plant(DatadogSeed(api_key=API_KEY, app_key=APP_KEY))

    def crowd(self, count: int) -> None:
        self.datadog.definitions += [
            {"schema-version": "v2.2", "dd-service": f"svc-{number:05}", "team": "team-payments"}
            for number in range(count)
        ]

    def crowded(self, look: Look) -> list[Claim]:
        return [each for each in seen(look).values() if each.name.startswith("svc-")]

    def oddly(self) -> None:
        self.datadog.odd = True

    @property
    def asked(self) -> list[str]:
        """The paths of all requests so far, without the API's own beginning."""
        return [each.partition("/api/")[2].partition("?")[0] for each in self.faults.requests]


class Looks(Protocol):
    """Opens a source with some options, and looks once."""

    def __call__(self, **block: Any) -> Look: ...


def snapshot(look: Look, evidence: str = "") -> Snapshot:
    """Return what one claimant of the source `datadog` saw."""
    (found,) = [each for each in look.snapshots if each.source == f"datadog{evidence}"]
    return found


def seen(look: Look, evidence: str = "") -> dict[str, Claim]:
    """Return a claimant's claims by their ids."""
    return {each.key: each for each in snapshot(look, evidence).claims}


def claimants(look: Look) -> list[str]:
    """Return who claims anything, in the order in which it is applied."""
    return [each.source for each in look.snapshots]


@pytest.fixture(scope="session")
def _running() -> Iterator[tuple[Playground, Datadog]]:
    datadog = Datadog(load_datadog(ACME_DATADOG))
    with Playground(Seed(), vendors=[datadog]) as playground:
        yield playground, datadog


@pytest.fixture
def stage(_running: tuple[Playground, Datadog]) -> Iterator[DatadogStage]:
    """Acme's organization as new."""
    playground, datadog = _running
    datadog.faults.clear()
    fresh = Datadog(load_datadog(ACME_DATADOG))
    datadog.plant(load_datadog(ACME_DATADOG))
    datadog.permissions = fresh.permissions
    datadog.odd, datadog.without_entities, datadog.broken_calls = False, False, ()
    datadog.left = fresh.left
    datadog.api_key, datadog.app_key = API_KEY, APP_KEY
    stage = DatadogStage(playground, datadog)
    yield stage
    for each in stage.opened:
        each.close()


@pytest.fixture
def looks(stage: DatadogStage) -> Callable[..., Look]:
    def look(**block: Any) -> Look:
        source = stage.open(**block)
        assert isinstance(source, DatadogSource)
        return source.fetch()

    return look
