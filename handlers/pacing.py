"""Spreads calls to Slack over time: what is over the rate waits in a line, each person in it once.

Knows no method and no limit: whoever makes it says how many calls a minute there may be.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

Job = Callable[[], None]
"""Something to do that raises nothing."""


class Pace:
    """Lets `burst` jobs go at once, and from then on `per_minute`; safe for any number of threads.

    A later job of a key takes the place of the one that waits. A job runs on the caller's thread when it need
    not wait, else on one thread that ends when the line is empty.
    """

    def __init__(self, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._every = 60.0 / per_minute
        self._burst = burst
        self._clock = clock
        self._due = clock()
        """When the next one would be due if none were let go early."""
        self._waiting: dict[str, Job] = {}
        self._working = False
        self._lock = threading.Lock()

    def submit(self, key: str, job: Job) -> None:
        """Do a job now, or when it is its turn."""
        with self._lock:
            waits = self._working or self._wait() > 0
            if waits:
                self._waiting[key] = job
                start, self._working = not self._working, True
            else:
                self._let_go()
        if not waits:
            job()
        elif start:
            threading.Thread(target=self._work, name="pace", daemon=True).start()

    def _wait(self) -> float:
        """Return the seconds until one more may go."""
        return self._due - (self._burst - 1) * self._every - self._clock()

    def _let_go(self) -> None:
        self._due = max(self._due, self._clock()) + self._every

    def _work(self) -> None:
        while True:
            with self._lock:
                pause = self._wait()
                if pause <= 0:
                    if not self._waiting:
                        self._working = False
                        return
                    key = next(iter(self._waiting))
                    job = self._waiting.pop(key)
                    self._let_go()
            if pause > 0:
                time.sleep(pause)
            else:
                job()


class Lately:
    """Remembers for a few seconds what each person was shown, so that the same is not sent again at once."""

    def __init__(
        self, seconds: float, most: int = 5_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._shown: dict[str, tuple[float, object]] = {}
        self._lock = threading.Lock()

    def is_new(self, person: str, shown: object) -> bool:
        """Note what a person is shown now; False where that is what they were shown just before."""
        now = self._clock()
        with self._lock:
            at, before = self._shown.get(person, (now - self._seconds, None))
            if now - at < self._seconds and before == shown:
                return False
            if len(self._shown) >= self._most:
                self._shown.clear()
            self._shown[person] = (now, shown)
        return True

    def forget(self, person: str) -> None:
        """Have what comes next be new, since the last was not seen."""
        with self._lock:
            self._shown.pop(person, None)
