"""Replicas that tests run as processes of their own: `python -m tests.serving.ticking NAME URL FOLDER`.

Each line on standard input lets one tick go; its look is waited for and answered with a line.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.due_sources import DueSources
from bot.journal import open_journal
from bot.portal_file import PortalFile
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from integrations import registry
from tests.workflows.small_store import SmallStore

LEASE = timedelta(seconds=1)


def portal_file(folder: str, **more: object) -> PortalFile:
    """Return an `idp.yaml` with one source, a shelf."""
    block = {"folder": folder, "jitter": "0%", **more}
    return PortalFile.model_validate({"sources": {"shelf": block}})


@contextmanager
def replica(url: str, folder: str) -> Iterator[Syncs]:
    """Give the syncs of one process."""
    open_journal("json")
    registry.OURS = {**registry.OURS, "shelf": "tests.workflows.shelf"}
    with Catalog.open(url) as catalog:
        syncs = Syncs(portal_file(folder, every="1d"), SmallStore(catalog), lease=LEASE)
        yield syncs
        syncs.stop()


def on_call(url: str, folder: str) -> None:
    """Tick each time that a line comes."""
    with replica(url, folder) as syncs:
        tick = DueSources(syncs)
        say("ready")
        for _line in sys.stdin:
            tick()
            while syncs.under_way("shelf"):
                time.sleep(0.005)
            say("ticked")


def steadily(url: str, folder: str) -> None:
    """Tick until a look was applied."""
    with replica(url, folder) as syncs:
        tick = DueSources(syncs)
        while syncs.states()[0].looked_at is None:
            tick()
            time.sleep(0.05)
        say("applied")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


PROGRAMS: dict[str, Callable[[str, str], None]] = {"on_call": on_call, "steadily": steadily}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
