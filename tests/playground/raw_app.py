"""An app without an SDK: one socket whose envelopes the test sees and answers itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from slack_sdk import WebClient
from websockets.sync.client import connect

from playground.server import Playground

Envelope = dict[str, Any]


class RawApp:
    """One Socket Mode connection; `next` waits for an envelope, `ack` acknowledges it."""

    def __init__(self, playground: Playground) -> None:
        self._open = ExitStack()
        opened = WebClient(base_url=playground.api_url).apps_connections_open(app_token=playground.app_token)
        self.socket = self._open.enter_context(connect(opened["url"], proxy=None, compression=None))
        self.hello = self.next("hello")

    def next(self, kind: str, accept: Callable[[Envelope], bool] = lambda _: True) -> Envelope:
        """Return the next envelope of that type that `accept` takes; others are acknowledged and dropped."""
        while True:
            envelope: Envelope = json.loads(self.socket.recv(timeout=5))
            if envelope["type"] == kind and accept(envelope):
                return envelope
            if "envelope_id" in envelope:
                self.ack(envelope)

    def event(self, name: str) -> Envelope:
        """Return the next event of that type."""
        return self.next("events_api", lambda one: bool(one["payload"]["event"]["type"] == name))

    def ack(self, envelope: Envelope, payload: Any = None) -> None:
        """Acknowledge, with a payload when one is given."""
        answer = {"envelope_id": envelope["envelope_id"]}
        self.socket.send(json.dumps(answer | ({"payload": payload} if payload is not None else {})))

    def close(self) -> None:
        self._open.close()
