"""Keeps the Socket Mode connections: two of them, reconnected by the SDK, closed only when all is answered.

Two, because Slack refreshes each connection every few hours and an envelope that meets a closing one is lost:
commands and clicks are never sent again. Knows nothing of what the listeners do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition
from typing import Any
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketException

from domain.errors import OutsideFailure

CONNECTIONS = 2
"""Slack allows 10 for one app, over all its processes."""
WORKERS = 16
"""Envelopes handled at once on one connection; a read takes about a millisecond."""
OPENING_SECONDS = 10.0
"""How long Slack has to say hello on a new connection."""
CLOSING_SECONDS = 2.0
"""How long Slack has to answer our close frame; after that the connection is left to the process's end."""
QUIET_SECONDS = 0.3
"""How long nothing may be in flight before a stop believes that all is answered."""


class Connections:
    """The app's Socket Mode connections. `start` returns when they are open, `stop` when all is answered."""

    def __init__(self, app: App, app_token: str, *, count: int = CONNECTIONS) -> None:
        self._app = app
        self._moved = Condition()
        self._in_flight = 0
        self._greeted: set[int] = set()
        self._last_moved = time.monotonic()
        self._clients = [self._client(app, app_token) for _ in range(count)]

    def _client(self, app: App, app_token: str) -> SocketModeClient:
        handler = SocketModeHandler(app, app_token, logger=app.logger, concurrency=WORKERS)
        client = handler.client
        client.socket_mode_request_listeners[:] = [self._counted(handler.handle)]
        client.message_listeners.append(self._greet)
        return client

    def start(self) -> None:
        """Open every connection. Raises OutsideFailure when Slack refuses the token or does not answer."""
        try:
            for client in self._clients:
                # The SDK's monitor takes a connection that is not open yet for a broken one and opens
                # another, so it starts when there is something to watch.
                client.current_app_monitor_started = True
                client.connect()
        except SlackApiError as error:
            code = error.response.get("error", "unknown_error")
            raise OutsideFailure(
                f"Slack refuses to open a Socket Mode connection: {code}",
                "Check that Socket Mode is on and that SLACK_APP_TOKEN has connections:write.",
            ) from error
        except (URLError, OSError) as error:
            raise OutsideFailure(f"Slack does not answer: {error}", "Check the network.") from error
        self._wait(lambda: len(self._greeted) == len(self._clients), time.monotonic() + OPENING_SECONDS)
        for client in self._clients:
            client.current_app_monitor.start()

    def connected(self) -> int:
        """Return how many connections are open now."""
        return sum(1 for client in self._clients if client.is_connected())

    def stop(self, patience: float = 10.0) -> bool:
        """Wait until nothing is in flight, then close; at most `patience` seconds.

        Returns whether everything was answered. The sockets stay open while waiting, since an acknowledgement
        can leave on no other; what a listener does after its acknowledgement is waited for as well.
        """
        with self._moved:  # what is on the wire towards us counts as a movement: it has time to arrive
            self._last_moved = time.monotonic()
        answered = self._wait(self._quiet, time.monotonic() + patience)
        for client in self._clients:
            _begin_closing(client)
        deadline = time.monotonic() + CLOSING_SECONDS
        for client in self._clients:
            _end_closing(client, deadline)
        self._app.listener_runner.listener_executor.shutdown(wait=answered, cancel_futures=not answered)
        return answered

    def _quiet(self) -> bool:
        queued = any(not client.message_queue.empty() for client in self._clients)
        still = time.monotonic() - self._last_moved >= QUIET_SECONDS
        return still and not queued and not self._in_flight

    def _wait(self, reached: Callable[[], bool], deadline: float) -> bool:
        with self._moved:
            while not reached():
                if time.monotonic() >= deadline:
                    return False
                self._moved.wait(timeout=0.05)
        return True

    def _counted(self, handle: Callable[..., None]) -> Callable[..., None]:
        def counted(client: SocketModeClient, request: Any) -> None:
            self._move(+1)
            try:
                handle(client, request)
            finally:
                self._move(-1)

        return counted

    def _greet(self, client: BaseSocketModeClient, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            with self._moved:
                self._greeted.add(id(client))
                self._moved.notify_all()

    def _move(self, step: int) -> None:
        with self._moved:
            self._in_flight += step
            self._last_moved = time.monotonic()
            self._moved.notify_all()


def _begin_closing(client: SocketModeClient) -> None:
    """Ask for the end of the connection and of the threads that keep it.

    The SDK's own `close` reads the answering close frame beside the thread that is reading already; when
    it wins, that thread waits for ever, and `close` for it. So we send the frame, and the reader ends by
    the answer.
    """
    client.closed = True
    client.auto_reconnect_enabled = False
    for runner in _runners(client):
        runner.event.set()
    session = client.current_session
    socket = session.sock if session else None
    if socket is not None:
        with suppress(OSError, WebSocketException):
            socket.send_close()


def _end_closing(client: SocketModeClient, deadline: float) -> None:
    for runner in _runners(client):
        if runner.is_alive():
            runner.thread.join(max(0.0, deadline - time.monotonic()))
    client.message_workers.shutdown(wait=False)


def _runners(client: SocketModeClient) -> tuple[IntervalRunner, ...]:
    return client.current_session_runner, client.current_app_monitor, client.message_processor
