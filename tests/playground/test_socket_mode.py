"""Socket Mode: tickets, envelopes and deadlines, redelivery, drops, refreshes; on a clock turned by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from playground.clock import ManualClock
from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import StartBot
from tests.playground.raw_app import RawApp

Eventually = Callable[[Callable[[], Any]], Any]


def test_a_connection_opens_with_hello(raw_app: RawApp) -> None:
    assert raw_app.hello["num_connections"] == 1
    assert raw_app.hello["connection_info"] == {"app_id": "A0IDP"}
    assert raw_app.hello["debug_info"]["approximate_connection_time"] > 0


def test_only_an_app_token_opens_a_connection(client: WebClient, playground: Playground) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token=playground.bot_token)


def test_a_ticket_opens_one_connection_and_soon_expires(playground: Playground, clock: ManualClock) -> None:
    opened = WebClient(base_url=playground.api_url).apps_connections_open(app_token=playground.app_token)
    clock.advance(31)
    with pytest.raises(InvalidStatus), connect(opened["url"], proxy=None):
        pass


def test_there_are_at_most_ten_connections(playground: Playground) -> None:
    apps = [RawApp(playground) for _ in range(10)]
    try:
        with pytest.raises(ConnectionClosed):
            RawApp(playground)
    finally:
        for app in apps:
            app.close()


def test_a_late_acknowledgement_is_a_timeout_for_the_person(
    playground: Playground, raw_app: RawApp, ana: Person, clock: ManualClock, eventually: Eventually
) -> None:
    ana.types("/idp help")
    envelope = raw_app.next("slash_commands")
    assert envelope["accepts_response_payload"] is True
    clock.advance(2.9)
    assert ana.messages() == []
    clock.advance(0.2)
    assert ana.last_reply.text == '/idp failed with the error "operation_timeout"'
    raw_app.ack(envelope, {"text": "too late"})
    log = f"{playground.url}/play/log"
    eventually(lambda: "too late or unknown" in httpx.get(log, trust_env=False).text)
    assert len(ana.messages()) == 1


def test_an_unacknowledged_event_comes_again_at_once_after_one_and_after_five_minutes(
    raw_app: RawApp, ana: Person, clock: ManualClock
) -> None:
    ana.types("hello")
    first = raw_app.next("events_api")
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    attempts = []
    for wait in (0, 60, 300):
        clock.advance(3.1)
        clock.advance(wait)
        again = raw_app.next("events_api")
        attempts.append((again["retry_attempt"], again["retry_reason"]))
        assert again["payload"]["event_id"] == first["payload"]["event_id"]
        assert again["envelope_id"] != first["envelope_id"]
    assert attempts == [(1, "timeout"), (2, "timeout"), (3, "timeout")]
    clock.advance(4_000)
    ana.types("/idp next")
    assert json.loads(raw_app.socket.recv(timeout=5))["type"] == "slash_commands", "no fourth redelivery"


def test_an_acknowledged_event_comes_once_unless_redelivery_is_on(
    playground: Playground, raw_app: RawApp, ana: Person
) -> None:
    playground.faults.set(redeliver=True)
    ana.types("hello")
    one = raw_app.next("events_api")
    raw_app.ack(one)
    other = raw_app.next("events_api")
    raw_app.ack(other)
    assert one["payload"]["event_id"] == other["payload"]["event_id"]
    playground.faults.clear()
    ana.types("again")
    raw_app.ack(raw_app.next("events_api"))
    ana.types("/idp next")
    assert json.loads(raw_app.socket.recv(timeout=5))["type"] == "slash_commands"


def test_an_envelope_goes_to_one_of_the_connections(
    playground: Playground, raw_app: RawApp, ana: Person
) -> None:
    other = RawApp(playground)
    try:
        for _ in range(24):
            ana.types("/idp x")
        ana.types("/idp last")
        counts = [_drain(raw_app), _drain(other)]
    finally:
        other.close()
    assert sum(counts) == 25
    assert all(counts), "the choice is random: 25 envelopes on one side alone happen once in 16 million runs"


def _drain(app: RawApp) -> int:
    count = 0
    while True:
        try:
            app.socket.recv(timeout=0.1)
        except TimeoutError:
            return count
        count += 1


def test_an_abrupt_drop_has_no_close_frame_and_the_client_comes_back(
    playground: Playground, app: App, start: StartBot, ana: Person, eventually: Eventually
) -> None:
    app.command("/idp")(lambda ack: ack("still here"))
    start(app)
    playground.faults.set(drop_sockets=True)
    eventually(lambda: playground.connections == 0)
    eventually(lambda: playground.connections == 1)
    ana.types("/idp x")
    assert ana.last_reply.text == "still here"


def test_a_drop_reaches_the_client_without_a_close_frame(playground: Playground, raw_app: RawApp) -> None:
    playground.faults.set(drop_sockets=True)
    with pytest.raises(ConnectionClosed) as closed:
        raw_app.socket.recv(timeout=5)
    assert closed.value.rcvd is None


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_an_announced_end_comes_ten_seconds_later(
    playground: Playground, raw_app: RawApp, clock: ManualClock, reason: str
) -> None:
    playground.faults.set(disconnect=reason)
    assert raw_app.next("disconnect")["reason"] == reason
    assert playground.connections == 1
    clock.advance(10)
    with pytest.raises(ConnectionClosed) as closed:
        raw_app.socket.recv(timeout=5)
    assert closed.value.rcvd is not None, "an announced end has a close frame"


def test_the_page_is_told_when_the_bot_comes_and_goes(
    playground: Playground, ana: Person, eventually: Eventually
) -> None:
    app = RawApp(playground)
    eventually(lambda: ana.bot_connected is True)
    app.close()
    eventually(lambda: ana.bot_connected is False)
