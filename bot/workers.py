"""A few threads for work that takes long. They never keep the process from ending."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from queue import SimpleQueue

import structlog

from domain.defects import defect_code
from domain.redaction import redacted

Job = Callable[[], None]

log = structlog.get_logger("idp")


class Workers:
    """Threads that are started as jobs come. A job that raises is a defect: it is logged and ends no thread.

    Python's own pools wait at the end of the process for a job that hangs; these are left behind.
    """

    def __init__(self, name: str, count: int) -> None:
        self._name = name
        self._count = count
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._changed = threading.Condition()
        self._threads = 0
        self._unfinished = 0

    def submit(self, job: Job) -> None:
        """Have a job done as soon as a thread is free."""
        with self._changed:
            self._unfinished += 1
            if self._threads < min(self._count, self._unfinished):
                self._threads += 1
                threading.Thread(target=self._work, name=f"{self._name} {self._threads}", daemon=True).start()
        self._jobs.put(job)

    def wait_until_idle(self, patience: float) -> bool:
        """Wait at most `patience` seconds until every job is done; return whether they are."""
        deadline = time.monotonic() + patience
        with self._changed:
            return self._changed.wait_for(lambda: not self._unfinished, max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception as error:  # noqa: BLE001 - the outer edge of a thread
                trace = redacted("".join(traceback.format_exception(error)))
                log.error("defect", code=defect_code(), doing=self._name, exception=trace)
            with self._changed:
                self._unfinished -= 1
                self._changed.notify_all()
