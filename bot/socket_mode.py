"""Keeps two Socket Mode connections: replaced before Slack ends them, closed when all is answered.

Slack refreshes a connection every few hours, and an envelope that meets a closing one is lost: commands and
clicks are never sent again. Knows nothing of what the listeners do.
"""

from __future__ import annotations

import time
from threading import Lock, Thread
from urllib.error import URLError

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.socket_client import SocketClient
from domain.errors import OutsideFailure

CONNECTIONS = 2
"""Slack allows 10 for one app, over all its processes; a refresh takes one more for a moment."""
OPENING_SECONDS = 10.0
"""How long Slack has to say hello on a new connection."""
REPLACED_SECONDS = 8.0
"""How long a connection that is being replaced goes on answering; Slack ends it 10 s after its warning."""
CLOSING_SECONDS = 2.0
"""How long Slack has to answer our close frame; after that the connection is left to the process's end."""

log = structlog.get_logger(__name__)


class Connections:
    """The app's Socket Mode connections. `start` returns when they are open, `stop` when all is answered."""

    def __init__(self, app: App, app_token: str, *, count: int = CONNECTIONS) -> None:
        self._app = app
        self._app_token = app_token
        self._lock = Lock()
        self._stopping = False
        self._clients = [self._client() for _ in range(count)]

    def start(self) -> None:
        """Open every connection. Raises OutsideFailure when Slack refuses the token or does not answer."""
        try:
            for client in self._clients:
                client.open(OPENING_SECONDS)
        except SlackApiError as error:
            code = error.response.get("error", "unknown_error")
            raise OutsideFailure(
                f"Slack refuses to open a Socket Mode connection: {code}",
                "Check that Socket Mode is on and that SLACK_APP_TOKEN has connections:write.",
            ) from error
        except (URLError, OSError) as error:
            raise OutsideFailure(f"Slack does not answer: {error}", "Check the network.") from error

    def connected(self) -> int:
        """Return how many connections are open now."""
        with self._lock:
            return sum(1 for client in self._clients if client.is_connected())

    def stop(self, patience: float = 10.0) -> bool:
        """Wait until nothing is in flight, then close; at most `patience` seconds.

        Returns whether everything was answered. The sockets stay open while waiting, since an acknowledgement
        can leave on no other; what a listener does after its acknowledgement is waited for as well.
        """
        with self._lock:
            self._stopping = True
            clients = list(self._clients)
        deadline = time.monotonic() + patience
        quiet = [client.wait_until_quiet(deadline) for client in clients]
        answered = all(quiet)
        for client in clients:
            client.begin_closing()
        deadline = time.monotonic() + CLOSING_SECONDS
        for client in clients:
            client.end_closing(deadline)
        self._app.listener_runner.listener_executor.shutdown(wait=answered, cancel_futures=not answered)
        return answered

    def _client(self) -> SocketClient:
        return SocketClient(self._app, self._app_token, self._refresh)

    def _refresh(self, old: SocketClient) -> None:
        """Begin to replace a connection that Slack is about to end; the old one goes on reading meanwhile."""
        Thread(target=self._replace, args=(old,), name="refresh", daemon=True).start()

    def _replace(self, old: SocketClient) -> None:
        new = self._client()
        try:
            opened = new.open(OPENING_SECONDS)
        except (SlackApiError, OSError) as error:
            # The old one reconnects by itself when Slack ends it, and tries until it succeeds.
            log.warning("refresh failed", problem=str(error))
            opened = False
        leaving = self._take_over(old, new) if opened else new
        leaving.wait_until_quiet(time.monotonic() + REPLACED_SECONDS)
        leaving.begin_closing()
        leaving.end_closing(time.monotonic() + CLOSING_SECONDS)

    def _take_over(self, old: SocketClient, new: SocketClient) -> SocketClient:
        """Put `new` in the place of `old`; return the one that is to leave, which is `new` during a stop."""
        with self._lock:
            if self._stopping or old not in self._clients:
                return new
            self._clients[self._clients.index(old)] = new
            return old
