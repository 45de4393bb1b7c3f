"""How connections are replaced and ended, seen from the side of Slack."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

import pytest

from bot.settings import Environment
from bot.slack_app import build_app
from bot.socket_client import DEEP, QUIET_SECONDS
from bot.socket_mode import Connections
from domain.answers import Answer, Asker, Unclear
from domain.syncs import Done
from handlers.portal import Portal, Told
from playground.person import Person
from playground.server import Playground
from tests.handlers.unasked import Unasked

NOBODY = Asker()


class Oracle(Unasked):
    """Questions that are answered when `before` has returned."""

    def __init__(self, before: Callable[[], object]) -> None:
        self._before = before

    @property
    def readers(self) -> Told:
        raise AssertionError("nobody mentions the bot here")

    def answer(self, words: str, asker: Asker = NOBODY) -> Answer:
        self._before()
        return Unclear(words, f"{asker.slack_user_id} said {words}", ())


class Events:
    """Lets every event be claimed, and does nothing."""

    def channel(self, _text: str) -> None:
        return None

    def claim_once(self, key: str) -> bool:
        return bool(key)

    def require(self, asker: Asker) -> str:
        return asker.slack_user_id

    def carry_out(self, *_: object) -> Done:
        return Done("")


@contextmanager
def connected(workspace: Playground, before: Callable[[], object]) -> Iterator[Connections]:
    environment = Environment.model_validate(
        {"slack_bot_token": workspace.bot_token, "slack_api_base_url": workspace.api_url}
    )
    portal = Portal(Oracle(before), Events(), Events(), lambda: datetime(2026, 3, 4, tzinfo=UTC))
    connections = Connections(build_app(environment, portal), workspace.app_token, count=1)
    connections.start()
    try:
        yield connections
    finally:
        connections.stop(patience=0)


def test_a_new_connection_is_open_before_the_old_one_closes(workspace: Playground) -> None:
    with connected(workspace, before=lambda: None):
        counts = [workspace.connections]
        workspace.faults.set(disconnect="warning")
        deadline = time.monotonic() + 5
        while counts != [1, 2, 1]:
            assert time.monotonic() < deadline, counts
            if workspace.connections != counts[-1]:
                counts.append(workspace.connections)
            time.sleep(0.005)


def test_a_stop_waits_for_an_answer_that_takes_longer_than_the_quiet(workspace: Playground) -> None:
    arrived = Event()

    def slowly() -> None:
        arrived.set()
        time.sleep(QUIET_SECONDS * 3)

    with connected(workspace, before=slowly) as connections:
        asked = workspace.submit("ana", "/idp who owns payments")
        assert arrived.wait(5)
        assert connections.stop()
        assert "said who owns payments" in str(asked.result(5))


@pytest.mark.parametrize("patience", [0.0, QUIET_SECONDS * 2])
def test_a_stop_gives_up_on_an_answer_that_does_not_come(workspace: Playground, patience: float) -> None:
    arrived, released = Event(), Event()

    def hang() -> None:
        arrived.set()
        released.wait(10)

    with connected(workspace, before=hang) as connections:
        workspace.submit("ana", "/idp who owns payments")
        assert arrived.wait(5)
        assert not connections.stop(patience)
        released.set()


def test_a_bot_that_logs_all_that_the_sdk_does_hears_as_well(
    workspace: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with connected(workspace, before=lambda: None):
        assert "said hello" in str(workspace.submit("ana", "/idp hello").result(5))
    assert "on_message invoked" in caplog.text


def test_a_crowd_is_acknowledged_at_once_and_everybody_answered_in_the_end(
    workspace: Playground, ana: Person
) -> None:
    begun, released = Event(), Event()

    def hold() -> None:
        begun.set()
        released.wait(10)

    with connected(workspace, before=hold):
        first = [workspace.submit("ana", f"/idp first {number}") for number in range(DEEP)]
        assert begun.wait(5)
        late = [workspace.submit("ana", f"/idp late {number}") for number in range(3)]
        assert [each.result(2) for each in late] == [None, None, None]
        assert not any(each.done() for each in first)
        released.set()
        assert all("said first" in str(each.result(5)) for each in first)
        for number in range(3):
            ana.sees(f"said late {number}")
