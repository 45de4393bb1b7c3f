"""The index at 100,000 components: built and patched, its memory in a process alone, and misspelt names."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.company import name_of, snapshot_of
from bench.environment import plain_environment
from bench.figures import Figure, median, percentile
from bench.typos import typos
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Ambiguous, Answer, Found, Missing
from questions.asking import Questions

COMPONENTS = 100_000
RUNS = 3
PATCHES = 8
PATCHED = 100
TYPOS = 2_000
SUGGESTED = 5
COMMON = ("service", "component", "checkout", "audit api", "number 5")
"""Words that many names have."""


def measure() -> list[Figure]:
    what = f"{COMPONENTS:,} components"
    with _catalog() as folder:
        alone = [_alone(folder) for _ in range(RUNS)]
        seconds, processor, peak, held = (median(each) for each in zip(*alone, strict=True))
        figures = [
            Figure(f"index of {what}, read and built", seconds, "s", 5),
            Figure(f"index of {what}, time of one processor for that", processor, "s"),
            Figure(f"index of {what}, peak memory over the bare process", peak, "MB", 150),
            Figure(f"index of {what}, memory held", held, "MB"),
        ]
        with Catalog.open(sqlite_url(folder)) as catalog:
            index = LiveIndex(catalog)
            index.refresh()
            gc.collect()
            figures += _misspelt(Questions(catalog, index))
            figures.append(_common(index))
            figures.append(_patched(catalog, index))
    return figures


@contextmanager
def _catalog() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as name:
        folder = Path(name)
        upgrade(sqlite_url(folder))
        with Catalog.open(sqlite_url(folder)) as catalog:
            catalog.apply(snapshot_of(COMPONENTS), actor="bench")
        yield folder


def _alone(folder: Path) -> tuple[float, ...]:
    """Return what a process that builds the index and no more needs.

    Seconds by the clock and of the processor, and megabytes at the peak and held.
    """
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bench.index_speed", str(folder)],
        stdout=subprocess.PIPE,
        env=plain_environment(),
        text=True,
        check=True,
    )
    return tuple(map(float, done.stdout.split()))


def _build(folder: Path) -> str:
    with Catalog.open(sqlite_url(folder)) as catalog:
        index = LiveIndex(catalog)
        catalog.version()
        gc.collect()
        bare = _memory("VmRSS")
        started, processor = time.perf_counter(), time.process_time()
        index.refresh()
        seconds, processor = time.perf_counter() - started, time.process_time() - processor
        return f"{seconds} {processor} {_memory('VmHWM') - bare} {_memory('VmRSS') - bare}"


def _memory(field: str) -> float:
    """Return megabytes by Linux; what getrusage calls the peak may be that of the process forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) * 1024 / 1e6


def _misspelt(questions: Questions) -> list[Figure]:
    names = [name_of(number) for number in range(COMPONENTS)]
    found, wrong, samples = 0, 0, []
    for _, typed, meant in typos(names, TYPOS, seed=7):
        started = time.perf_counter()
        answer = questions.answer(f"who owns {typed}")
        samples.append(time.perf_counter() - started)
        found += meant in _named(answer)[:SUGGESTED]
        wrong += isinstance(answer, Found) and meant not in _named(answer)
    return [
        Figure(
            f"{TYPOS:,} typos: the right service is found or suggested", found / TYPOS * 100, "%", 95, True
        ),
        Figure(f"{TYPOS:,} typos: answered for another service", wrong, "times", 0),
        Figure("a question with a typo, p50", percentile(samples, 50) * 1000, "ms"),
        Figure("a question with a typo, p99", percentile(samples, 99) * 1000, "ms", 10),
    ]


def _named(answer: Answer) -> list[str]:
    """Return the names that an answer shows, in order."""
    if isinstance(answer, Found):
        return [answer.entity.ref.name]
    if isinstance(answer, Ambiguous):
        return [each.thing.ref.name for each in answer.candidates]
    return [each.thing.ref.name for each in answer.suggestions] if isinstance(answer, Missing) else []


def _common(index: LiveIndex) -> Figure:
    samples = []
    for words in COMMON * 40:
        started = time.perf_counter()
        index.current.names.with_words(words)
        samples.append(time.perf_counter() - started)
    return Figure("things with a common word, p99", percentile(samples, 99) * 1000, "ms", 10)


def _patched(catalog: Catalog, index: LiveIndex) -> Figure:
    company = snapshot_of(COMPONENTS)
    samples = []
    for run in range(PATCHES):
        moved = tuple(
            replace(
                each, fields={**each.fields, "owner": f"group:default/team-{run}", "title": f"Moved {run}"}
            )
            for each in company.claims[run * 1_000 : run * 1_000 + PATCHED]
        )
        catalog.apply(replace(company, claims=moved), actor="bench")
        started = time.perf_counter()
        index.refresh()
        samples.append(time.perf_counter() - started)
    what = f"index of {COMPONENTS:,} patched with {PATCHED} changed entities, read included"
    return Figure(what, median(samples) * 1000, "ms", 100)


if __name__ == "__main__":
    sys.stdout.write(_build(Path(sys.argv[1])))
