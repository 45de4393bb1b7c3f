"""A workspace, a Bolt app in it and people at the keyboard, for the tests of this room."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

from playground.clock import ManualClock
from playground.person import Person
from playground.seed import Seed
from playground.server import Playground
from tests.playground.raw_app import RawApp

SEED = Seed.model_validate(
    {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "people": [
            {"id": "U0ANA", "name": "ana", "real_name": "Ana Silva", "email": "ana@acme.example"},
            {"id": "U0BO", "name": "bo", "real_name": "Bo Berg", "email": "bo@acme.example"},
            {"id": "U0GONE", "name": "gone", "email": "gone@acme.example", "deleted": True},
        ],
        "channels": [
            {"id": "C0GENERAL", "name": "general"},
            {"id": "C0SECRET", "name": "secret", "is_private": True, "members": ["bo"]},
            {"id": "C0OLD", "name": "old", "is_archived": True},
            {"id": "C0QUIET", "name": "quiet", "members": ["ana"], "bot": False},
        ],
        "usergroups": [{"id": "S0PAY", "handle": "team-payments", "name": "Payments", "users": ["ana"]}],
    }
)


class StartBot(Protocol):
    """Connects an app, with so many sockets, and returns its handlers."""

    def __call__(self, app: App, sockets: int = 1) -> list[SocketModeHandler]: ...


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def new_playground() -> Iterator[Callable[..., Playground]]:
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(Playground(SEED, **settings))


@pytest.fixture
def playground(new_playground: Callable[..., Playground], clock: ManualClock) -> Playground:
    return new_playground(clock=clock)


@pytest.fixture(scope="session")
def untouched() -> Iterator[Playground]:
    """A workspace for tests that change nothing."""
    with Playground(SEED) as running:
        yield running


@pytest.fixture
def client(playground: Playground) -> WebClient:
    return WebClient(token=playground.bot_token, base_url=playground.api_url)


@pytest.fixture
def app(client: WebClient) -> App:
    return new_app(client)


def new_app(client: WebClient) -> App:
    app = App(client=client, listener_executor=ThreadPoolExecutor(4))
    app.error(lambda error: pytest.fail(f"a listener raised {error!r}"))
    return app


@pytest.fixture
def start(playground: Playground) -> Iterator[StartBot]:
    handlers: list[SocketModeHandler] = []

    def starting(app: App, sockets: int = 1) -> list[SocketModeHandler]:
        for _ in range(sockets):
            handler = SocketModeHandler(app, playground.app_token)
            handlers.append(handler)
            handler.connect()  # type: ignore[no-untyped-call] # the adapter has no annotations there
        wait_for(lambda: playground.connections >= sockets)
        return handlers

    yield starting
    # The server ends the sockets first: a client that closes its own may wait ten seconds in its select.
    for handler in handlers:
        handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    playground.stop()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda handler: handler.close(), handlers))
    handlers.clear()
    with (
        warnings.catch_warnings()
    ):  # websocket-client leaves the socket of a dropped connection to the collector
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def raw_app(playground: Playground) -> Iterator[RawApp]:
    app = RawApp(playground)
    yield app
    app.close()


@pytest.fixture
def ana(playground: Playground) -> Iterator[Person]:
    with Person(playground.url, "ana") as person:
        yield person


@pytest.fixture
def bo(playground: Playground) -> Iterator[Person]:
    with Person(playground.url, "bo") as person:
        yield person


def wait_for(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """Return what `condition` gives as soon as it is true; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)
    return found


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any]], Any]:
    return wait_for
