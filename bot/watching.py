"""Threads for sources that tell by themselves when something changed: one a source, begun anew at its end."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from typing import Protocol, runtime_checkable

import structlog

from bot.news import News
from bot.source_blocks import ConfiguredSource
from bot.syncs import Syncs
from domain.defects import defect_code
from domain.errors import IdpError, Stopped
from domain.redaction import redacted

FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds before a watch that ended is begun anew: twice as long each time, up to the second; from the first
again when it had gone well for a while."""

log = structlog.get_logger("idp")


@runtime_checkable
class Watching(Protocol):
    """A source that can wait for changes."""

    def watch(self, changed: Callable[..., None], stopped: Callable[[], bool]) -> None:
        """Call `changed` after each change, with the things that did if they are known, until stopped."""
        ...


class Watches:
    """All watches of a portal."""

    def __init__(self, syncs: Syncs, news: News) -> None:
        self._syncs = syncs
        self._news = news

    def start(self) -> None:
        """Watch every source that can be, and whose options do not say `watch: false`.

        A source's own failures are logged, and its schedule goes on.
        """
        watched = (each for each in self._syncs.enabled if getattr(each.options, "watch", True))
        for source in watched:
            threading.Thread(
                target=self._keep, args=(source,), name=f"watch of {source.name}", daemon=True
            ).start()

    def _keep(self, source: ConfiguredSource) -> None:
        wait = FIRST_WAIT
        while not self._syncs.stopping.is_set():
            began = time.monotonic()
            try:
                if not self._watch(source):
                    return
            except Stopped:
                return
            except IdpError as error:
                log.warning("watch failed", source=source.name, problem=redacted(str(error)), hint=error.hint)
            except Exception as error:  # noqa: BLE001 - the outer edge of a thread
                trace = redacted("".join(traceback.format_exception(error)))
                log.error("defect", code=defect_code(), doing=f"watch {source.name}", exception=trace)
            if time.monotonic() - began > LONGEST_WAIT:
                wait = FIRST_WAIT
            self._syncs.stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _watch(self, source: ConfiguredSource) -> bool:
        """Watch until it ends; False when the source cannot be watched."""
        opened = source.open(self._syncs.clock)
        try:
            if not isinstance(opened, Watching):
                return False
            opened.watch(lambda only=(): self._news.tell(source.name, only), self._syncs.stopping.is_set)
            return True
        finally:
            opened.close()
