"""An asset database on loopback, an API that answers whatever a test says, and sources that look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from integrations.calling import retrying
from integrations.http import INTEGRATION
from integrations.http.source import HttpSource
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.cmdb import Cmdb, load_cmdb
from playground.vendors.vendor import Faults
from workflows.ports import Opening

ACME_CMDB = Path(__file__).parents[3] / "examples" / "acme" / "vendors" / "cmdb.yaml"
TOKEN = "planted-token-that-nobody-may-see"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MAPPING: dict[str, Any] = {"name": "name", "id": "id"}


class Odd:
    """An API that answers what a test says."""

    name = "odd"

    def __init__(self) -> None:
        self.faults = Faults()
        self.answer: Callable[[Request], Response] = lambda _request: JSONResponse([])
        self.bodies: list[bytes] = []

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/{path:path}", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        self.bodies.append(await request.body())
        return self.answer(request)


class Opens(Protocol):
    """Opens a source on a path below the vendors; keys go into its block."""

    def __call__(self, path: str, **block: Any) -> HttpSource: ...


class Servers:
    """The running workspace with both vendors."""

    def __init__(self, playground: Playground, cmdb: Cmdb, odd: Odd) -> None:
        self.playground, self.cmdb, self.odd = playground, cmdb, odd

    def url(self, path: str) -> str:
        return f"{self.playground.url}/vendors/{path}"


@pytest.fixture(scope="session")
def running() -> Iterator[Servers]:
    cmdb, odd = Cmdb(load_cmdb(ACME_CMDB)), Odd()
    with Playground(Seed(), vendors=[cmdb, odd]) as playground:
        yield Servers(playground, cmdb, odd)


@pytest.fixture
def servers(running: Servers) -> Servers:
    """Both vendors as new."""
    fresh, odd = Cmdb(load_cmdb(ACME_CMDB)), Odd()
    running.cmdb.assets, running.cmdb.token = fresh.assets, TOKEN
    running.odd.answer, running.odd.bodies = odd.answer, []
    running.cmdb.faults.clear()
    running.odd.faults.clear()
    return running


@pytest.fixture
def cmdb(servers: Servers) -> Cmdb:
    return servers.cmdb


@pytest.fixture
def odd(servers: Servers) -> Odd:
    return servers.odd


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let retries come at once; return how many seconds each would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waited.append(seconds))
    return waited


@pytest.fixture
def opens(servers: Servers) -> Iterator[Opens]:
    opened: list[HttpSource] = []

    def opening(path: str, **block: Any) -> HttpSource:
        block = {
            "url": servers.url(path),
            "auth": {"value": "Bearer $CMDB_TOKEN"},
            "mapping": MAPPING,
            **block,
        }
        options = INTEGRATION.options.model_validate(block)
        source = INTEGRATION.open(Opening("cmdb", options, {"CMDB_TOKEN": TOKEN}.get, lambda: NOW))
        assert isinstance(source, HttpSource)
        opened.append(source)
        return source

    yield opening
    for each in opened:
        each.close()
