"""`idp run`: the bot, served over Socket Mode until a signal stops it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

import structlog

from bot.journal import open_journal
from bot.portal import open_portal
from bot.serving import serving
from bot.settings import load_settings
from workflows.importing import ImportReport

log = structlog.get_logger("idp")

LOOK_SECONDS = 0.5
"""The longest that a stop signal can stay unnoticed."""


def run(portal: Path | None, *, verbose: bool) -> int:
    """Serve until SIGTERM or Ctrl-C, then stop in order. Returns 0."""
    settings = load_settings(portal)
    open_journal(settings.environment.idp_log_format, verbose=verbose)
    wait_for_stop = stop_signal()
    with open_portal(settings, fill="always", told=_log_import) as wired, serving(wired):
        wait_for_stop()
    return 0


def _log_import(report: ImportReport) -> None:
    counts = {what: report.count(what) for what in ("created", "changed", "unchanged")}
    log.info("portal files read", files=report.look.read, left_out=report.errors, **counts)
    for finding in report.look.findings:
        log.warning("finding", what=str(finding))


def stop_signal() -> Callable[[], None]:
    """Take SIGTERM and Ctrl-C from now on; return what waits for the first of them.

    Two races are closed here. An Event's `set` in a handler waits for ever when the signal comes just as
    `wait` holds the Event's lock; a SimpleQueue may be put to at any moment. And a signal that comes between
    Python's last look for one and the start of a wait is noticed only after that wait, so no wait is long.
    """
    arrived: SimpleQueue[int] = SimpleQueue()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _frame: arrived.put(number))

    def wait() -> None:
        while True:
            with suppress(Empty):
                arrived.get(timeout=LOOK_SECONDS)
                return

    return wait
