"""One Socket Mode connection: answers its envelopes through the app, and can be replaced and ended in peace.

The SDK's client does the protocol; here is what it lacks. On a refresh it closes the old connection before
the new one is open, and its `close` can wait for ever.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Event
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocket, WebSocketApp, WebSocketException

from bot.late_answers import answer_later, is_answerable_later

_SILENT = logging.getLogger(f"{__name__}.silent")
_SILENT.disabled = True

WORKERS = 2
"""Envelopes handled at once on one connection: an acknowledgement takes about a millisecond, slower work is
lazy, and more threads would only take turns at the interpreter's lock."""
PING_SECONDS = 10.0
PONG_SECONDS = 5.0
"""How long Slack has to answer a ping before the connection counts as dead; the SDK would wait for ever."""
QUIET_SECONDS = 0.3
"""How long nothing may be in flight before a connection counts as quiet."""


DEEP = 50
"""With so many envelopes under way on one connection, the next are acknowledged before they are answered."""


class SocketClient(SocketModeClient):
    """A connection that is opened once; `on_refresh` is told when Slack is about to end it."""

    def __init__(self, app: App, app_token: str, on_refresh: Callable[[SocketClient], None]) -> None:
        self._app = app
        self._on_refresh = on_refresh
        self._moved = Condition()
        self._in_flight = 0
        self._told: set[str] = set()
        """The envelopes that were acknowledged before their turn came."""
        self._greeted = False
        self._begun = Event()
        """Set when there is a session to read, or never will be."""
        self._leaving: WebSocket | None = None
        self._last_moved = time.monotonic()
        super().__init__(app_token=app_token, logger=app.logger, web_client=app.client, concurrency=WORKERS)
        self.message_listeners.append(self._greet)
        self.socket_mode_request_listeners.append(self._answer)

    def open(self, patience: float) -> bool:
        """Connect; return whether Slack said hello within `patience` seconds.

        Raises SlackApiError when Slack refuses the token, OSError when it does not answer.
        """
        # The SDK's monitor takes a connection that is not open yet for a broken one and opens another, so it
        # starts when there is something to watch.
        self.current_app_monitor_started = True
        self.connect()
        self._begun.set()
        greeted = self._wait(lambda: self._greeted, time.monotonic() + patience)
        self.current_app_monitor.start()
        return greeted

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Reconnect after a loss as the SDK does; before a refresh (`force`) let a new client take over."""
        if force:
            self._on_refresh(self)
        else:
            super().connect_to_new_endpoint()

    def _run_current_session(self) -> None:
        """Read the connection until it ends; the SDK's runner calls this over and over.

        Unlike the SDK's own, it notices a peer that has gone without a word, and has messages decoded at once
        (`_hear_text`) instead of checked: websocket-client checks one byte at a time in Python, which took a
        fifth of the bot's time.
        """
        # The runner comes by twice a second: to be there already saves half of that at each opening.
        self._begun.wait()
        if self.current_session is not None:
            _hear_text(self.current_session)
            self.current_session.run_forever(
                ping_interval=PING_SECONDS, ping_timeout=PONG_SECONDS, skip_utf8_validation=True
            )

    def enqueue_message(self, message: str) -> None:
        """Hand an envelope to the workers at once, and all else to the SDK's queue.

        The SDK passes envelopes through a thread more, which costs a change of threads for each. Where many
        wait already, Slack hears at once that it arrived: after three seconds it shows the person an error.
        """
        parsed = json.loads(message)
        if "envelope_id" in parsed:
            if self._in_flight >= DEEP and is_answerable_later(parsed):
                self._told.add(parsed["envelope_id"])
                self.send_socket_mode_response(SocketModeResponse(parsed["envelope_id"]))
            self._move(+1)
            self.message_workers.submit(self._work, parsed, message)
        else:
            super().enqueue_message(message)

    def _work(self, message: dict[str, Any], text: str) -> None:
        try:
            self.run_message_listeners(message, text)
        finally:
            self._move(-1)

    def wait_until_quiet(self, deadline: float) -> bool:
        """Return True when nothing was in flight for QUIET_SECONDS, False when the deadline comes first.

        The deadline is on `time.monotonic`'s scale. Quiet counts from now on: what is on the wire towards us
        has time to arrive.
        """
        with self._moved:
            self._last_moved = time.monotonic()
        return self._wait(self._quiet, deadline)

    def begin_closing(self) -> None:
        """Ask for the end of the connection and of the threads that keep it; returns at once.

        The SDK's `close` reads the answering close frame beside the thread that is reading already; when it
        wins, that thread waits for ever. So we send the frame, and the reader ends by the answer.
        """
        self.closed = True
        self._begun.set()
        self.auto_reconnect_enabled = False
        self.logger = _SILENT  # the SDK reports the end that we ask for as an error
        for runner in self._runners():
            runner.event.set()
        session = self.current_session
        self._leaving = session.sock if session else None
        if self._leaving is not None:
            with suppress(OSError, WebSocketException):
                self._leaving.send_close()

    def end_closing(self, deadline: float) -> None:
        """Wait for the threads until the `deadline` (monotonic); what is left ends with the process."""
        for runner in self._runners():
            if runner.is_alive():
                runner.thread.join(max(0.0, deadline - time.monotonic()))
        self.message_workers.shutdown(wait=False)
        if self._leaving is not None:
            # The SDK forgets its socket on a close frame, and leaves it open.
            self._leaving.shutdown()  # type: ignore[no-untyped-call]  # websocket-client has no types here

    def _runners(self) -> tuple[IntervalRunner, ...]:
        return self.current_session_runner, self.current_app_monitor, self.message_processor

    def _quiet(self) -> bool:
        still = time.monotonic() - self._last_moved >= QUIET_SECONDS
        return still and not self._in_flight and self.message_queue.empty()

    def _wait(self, reached: Callable[[], bool], deadline: float) -> bool:
        with self._moved:
            while not reached():
                if time.monotonic() >= deadline:
                    return False
                self._moved.wait(timeout=0.05)
        return True

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        response = run_bolt_app(self._app, request)
        if request.envelope_id in self._told:
            self._told.discard(request.envelope_id)
            answer_later(request, response)
        else:
            send_response(client, request, response, time.time())

    def _greet(self, _client: BaseSocketModeClient, message: dict[Any, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            with self._moved:
                self._greeted = True
                self._moved.notify_all()

    def _move(self, step: int) -> None:
        with self._moved:
            self._in_flight += step
            self._last_moved = time.monotonic()
            self._moved.notify_all()


def _hear_text(session: WebSocketApp) -> None:
    """Have a session's messages decoded before anybody hears of them; harmless to repeat.

    What is not checked for UTF-8 comes as bytes. The SDK's own logging takes none: with it switched on, every
    message ended in an error, and the bot heard nothing.
    """
    hear = session.on_message
    if hear is None or isinstance(hear, _Decoding):
        return
    session.on_message = _Decoding(hear)


class _Decoding:
    """Passes messages on as text."""

    def __init__(self, hear: Callable[[Any, str], None]) -> None:
        self._hear = hear

    def __call__(self, session: Any, message: str | bytes) -> None:
        self._hear(session, message.decode() if isinstance(message, bytes) else message)
