"""`idp run`: the bot, served over Socket Mode until a signal stops it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from bot.journal import open_journal
from bot.portal import open_portal
from bot.serving import serving
from bot.settings import load_settings


def run(portal: Path | None, *, verbose: bool) -> int:
    """Serve until SIGTERM or Ctrl-C, then stop in order. Returns 0."""
    settings = load_settings(portal)
    open_journal(settings.environment.idp_log_format, verbose=verbose)
    wait_for_stop = stop_signal()
    with open_portal(settings) as wired, serving(wired):
        wait_for_stop()
    return 0


def stop_signal() -> Callable[[], object]:
    """Take SIGTERM and Ctrl-C from now on; return what waits for the first of them.

    An Event would not do: its `set` in a handler waits for ever when the signal comes just as `wait` holds the
    Event's lock. A SimpleQueue may be put to from a handler at any moment.
    """
    arrived: SimpleQueue[int] = SimpleQueue()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _frame: arrived.put(number))
    return arrived.get
