"""Listens to the feed as an open page does, and remembers which views stand open."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TypeVar
from urllib.parse import quote

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from playground.seen import Json

Seen = TypeVar("Seen")
LOOK_AGAIN = 0.2
"""Seconds after which a waiting eye looks again even when the feed was silent."""


class Watch:
    """One page's ear, on a thread of its own."""

    def __init__(self, url: str, person: str) -> None:
        address = f"{url.replace('http', 'ws', 1)}/play/feed?as={quote(person)}"
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(address, proxy=None, compression=None))
        self._changed = threading.Condition()
        self.views: list[Json] = []
        self.home: Json | None = None
        self.toasts: list[str] = []
        self.bot_connected: bool | None = None
        self.publications = 0
        self.notes = 0
        self._thread = threading.Thread(target=self._listen, name=f"watch-{person}", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            for text in self._socket:
                with self._changed:
                    self._take(json.loads(text))
                    self.notes += 1
                    self._changed.notify_all()
        except (WebSocketException, OSError):
            return

    def _take(self, note: Json) -> None:
        kind = note["type"]
        if kind == "view_open":
            self.views.append(note["view"])
        elif kind == "view_update":
            self.views = [note["view"] if one["id"] == note["view"]["id"] else one for one in self.views]
        elif kind == "view_close":
            self.views = [one for one in self.views if one["id"] != note["view_id"]]
        elif kind == "home":
            self.home = note["view"]
            self.publications += 1
        elif kind == "bot":
            self.bot_connected = note["connected"]
        elif kind == "toast":
            self.toasts.append(note["text"])

    def until(self, look: Callable[[], Seen | None], patience: float) -> Seen | None:
        """Look whenever something happened until something is found; None after `patience` seconds."""
        deadline = monotonic() + patience
        while True:
            with self._changed:
                seen = self.notes
            found = look()
            left = deadline - monotonic()
            if found is not None or left <= 0:
                return found
            with self._changed:
                if self.notes == seen:
                    self._changed.wait(min(left, LOOK_AGAIN))

    def close(self) -> None:
        """Stop listening."""
        self._open.close()
        self._thread.join(5)
