"""Holds a source while it is looked at: in all processes one look at a source goes on at a time."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from datetime import timedelta
from types import TracebackType
from typing import Self

import structlog

from catalog_store.source_states import SourceStates
from domain.errors import Stopped, StoreError

LENGTH = timedelta(seconds=60)
"""How long a source stays taken when who looks at it died. Clocks may differ by less than half of it."""
LONGEST = timedelta(hours=2)
"""How long a look may take; a source that hangs despite its own time-outs is given up then."""

log = structlog.get_logger("idp")


class Lease:
    """One hold on one source. As a context it is renewed by a thread until the context ends, or is too old.

    A look that hangs, and does not even ask whether to stop, so holds its source no longer than `longest`.
    """

    def __init__(
        self, sources: SourceStates, name: str, *, length: timedelta = LENGTH, longest: timedelta = LONGEST
    ) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        """Who holds it; no other hold has this name."""
        self._sources = sources
        self._name = name
        self._length = length
        self._longest = longest
        self._ended = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease of {name}", daemon=True)

    def begin(self, *, whole: bool) -> bool:
        """Take the source; False while somebody else has it. `whole` as in `SourceStates.begin`."""
        return self._sources.begin(self._name, self.holder, self._length, whole=whole)

    def lost(self) -> bool:
        """Whether somebody else has taken the source, or may have."""
        return self._lost.is_set()

    def confirm(self) -> None:
        """Make sure that the source is still held. Raises Stopped when it is not."""
        if self.lost() or not self._sources.renew(self._name, self.holder, self._length):
            raise Stopped(f"another process has taken over {self._name}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    def _keep(self) -> None:
        length = self._length.total_seconds()
        began = renewed = time.monotonic()
        ends = began + self._longest.total_seconds()
        while not self._ended.wait(length / 4):
            asked = time.monotonic()
            if asked > ends + length:
                log.error(
                    "look hangs", source=self._name, hours=round(self._longest.total_seconds() / 3600, 1)
                )
                self._lost.set()
                return
            try:
                held = self._sources.renew(self._name, self.holder, self._length)
            except StoreError as error:
                log.warning("lease not renewed", source=self._name, problem=str(error))
                held = asked - renewed < length
            else:
                renewed = asked
            if not held and not self._ended.is_set():
                self._lost.set()
                return
