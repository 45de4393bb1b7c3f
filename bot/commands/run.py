"""`idp run`: the bot, served over Socket Mode until a signal stops it."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event

from bot.journal import open_journal
from bot.portal import open_portal
from bot.serving import serving
from bot.settings import load_settings


def run(portal: Path | None, *, verbose: bool) -> int:
    """Serve until SIGTERM or Ctrl-C, then stop in order. Returns 0."""
    settings = load_settings(portal)
    open_journal(settings.environment.idp_log_format, verbose=verbose)
    stopping = stop_signal()
    with open_portal(settings) as wired, serving(wired):
        stopping.wait()
    return 0


def stop_signal() -> Event:
    """Return an event that SIGTERM and Ctrl-C set from now on."""
    stopping = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    return stopping
