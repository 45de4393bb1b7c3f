"""The time of the workspace: the machine's own, or one that a test turns by hand.

It refuses to let anything else in the room ask the system for the time.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol


class Cancellable(Protocol):
    """A call put off until later."""

    def cancel(self) -> None:
        """Make sure that it is never made."""


class Clock(Protocol):
    """Tells the time and makes calls later, on the workspace's loop."""

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make every later call on `loop`."""

    def now(self) -> float:
        """Return seconds since 1970 in UTC."""

    def after(self, seconds: float, call: Callable[[], None]) -> Cancellable:
        """Make `call` in `seconds` seconds; only from within the loop."""


async def pause(clock: Clock, seconds: float) -> None:
    """Wait `seconds` of that clock's time."""
    woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = clock.after(seconds, lambda: None if woken.done() else woken.set_result(None))
    try:
        await woken
    finally:
        timer.cancel()


class SystemClock:
    """The machine's own time."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make every later call on `loop`."""
        self._loop = loop

    def now(self) -> float:
        """Return seconds since 1970 in UTC."""
        return time.time()

    def after(self, seconds: float, call: Callable[[], None]) -> Cancellable:
        """Make `call` in `seconds` seconds."""
        if self._loop is None:
            raise RuntimeError("the clock belongs to no loop yet: call bind first")
        return self._loop.call_later(seconds, call)


class _Later:
    def __init__(self, call: Callable[[], None]) -> None:
        self.call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self.call = None


class ManualClock:
    """A clock that stands still until `advance`; safe to turn from any thread."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._due: list[tuple[float, int, _Later]] = []
        self._count = itertools.count()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make every later call on `loop`."""
        self._loop = loop

    def now(self) -> float:
        """Return seconds since 1970 in UTC."""
        return self._now

    def after(self, seconds: float, call: Callable[[], None]) -> Cancellable:
        """Make `call` once the clock has been advanced by `seconds`."""
        later = _Later(call)
        with self._lock:
            heapq.heappush(self._due, (self._now + seconds, next(self._count), later))
        return later

    def advance(self, seconds: float) -> None:
        """Turn the clock on by `seconds` and return when the loop has made all calls that fell due."""
        done: Future[None] = Future()

        def turn() -> None:
            self._turn_to(self._now + seconds)
            done.set_result(None)

        if self._loop is None:
            self._turn_to(self._now + seconds)
            return
        self._loop.call_soon_threadsafe(turn)
        done.result(timeout=10)

    def _turn_to(self, target: float) -> None:
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > target:
                    self._now = target
                    return
                self._now, _, later = heapq.heappop(self._due)
            if later.call is not None:
                later.call()
