"""Gathers what webhooks and watches say has changed, and has just that looked at, within seconds.

Several deliveries within a second become one look. What is lost with the process, the next look finds.
"""

from __future__ import annotations

import threading

import structlog

from bot.syncs import Syncs
from workflows.sync_report import Order, Outcome, SyncReport

GATHERING_SECONDS = 1.0
"""How long is waited for more news before what is known is looked at."""
MOST = 200
"""With news of more things than this, the source is looked at as on schedule instead."""

log = structlog.get_logger("idp")


class News:
    """What changed, by source, until it was looked at."""

    def __init__(self, syncs: Syncs, *, gathering: float = GATHERING_SECONDS) -> None:
        self._syncs = syncs
        self._gathering = gathering
        self._changed = threading.Condition()
        self._pending: dict[str, set[str] | None] = {}
        """The things to look at; None: whatever changed."""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="news", daemon=True)

    def start(self) -> None:
        """Begin to have things looked at."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no more looks."""
        with self._changed:
            self._stopped.set()
            self._changed.notify_all()
        self._thread.join()

    def tell(self, name: str, only: tuple[str, ...] = ()) -> None:
        """Have these things of a source looked at; without any, whatever changed in it."""
        with self._changed:
            known = self._pending.get(name, set())
            together = None if known is None or not only else known | set(only)
            self._pending[name] = together if together is None or len(together) <= MOST else None
            self._changed.notify_all()

    def _work(self) -> None:
        while not self._stopped.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._pending or self._stopped.is_set())
            if self._stopped.wait(self._gathering):
                return
            with self._changed:
                pending, self._pending = self._pending, {}
            for name, only in pending.items():
                self._look(name, tuple(sorted(only or ())))

    def _look(self, name: str, only: tuple[str, ...]) -> None:
        def heard(report: SyncReport) -> None:
            if report.outcome is Outcome.BUSY:
                self.tell(name, only)  # whoever looks at it may have passed these things by already

        if not self._syncs.submit(name, Order("news", only=only, resumable=True), heard):
            self.tell(name, only)
