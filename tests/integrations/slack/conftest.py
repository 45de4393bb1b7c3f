"""One playground for all tests of a process; each test has a workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from playground.seed import Seed
from playground.server import Playground
from playground.vendors.vendor import Faults, Faulty
from tests.integrations.slack.stage import Directory, SlackStage


class Changing:
    """Serves the workspace of whichever test is running, with its faults before it."""

    name = "slack"

    def __init__(self) -> None:
        self.faults = Faults()  # of nobody: each workspace brings its own
        self.directory = Directory()

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/api/{method:path}", _Current(self))]


class _Current:
    """An ASGI application, which a route hands every method to."""

    def __init__(self, changing: Changing) -> None:
        self._changing = changing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        directory = self._changing.directory

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            response: Response = await directory.serve(Request(scope, receive))
            await response(scope, receive, send)

        await Faulty(serve, directory.faults)(scope, receive, send)


@pytest.fixture(scope="session")
def serving() -> Iterator[tuple[Playground, Changing]]:
    changing = Changing()
    with Playground(Seed(), vendors=[changing]) as playground:
        yield playground, changing


@pytest.fixture
def stage(serving: tuple[Playground, Changing]) -> Iterator[SlackStage]:
    playground, changing = serving
    changing.directory = Directory()
    stage = SlackStage(playground.url, changing.directory)
    yield stage
    for each in stage.opened:
        each.close()
