"""How long `idp import` takes as a whole process, and how much memory at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.company import yaml_of
from bench.environment import plain_environment
from bench.figures import Figure, median

RUNS = 3
COMPONENTS = 10_000


def measure() -> list[Figure]:
    first: list[float] = []
    again: list[float] = []
    peaks: list[float] = []
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        file = Path(folder) / "company.yaml"
        file.write_text("".join(yaml_of(COMPONENTS)), encoding="utf-8")
        size = file.stat().st_size / 1e6
        for run in range(RUNS):
            portal = Path(folder) / f"portal-{run}"
            portal.mkdir()
            for seconds_of in (first, again):
                seconds, peak = timed(["import", str(file), "--portal", str(portal)])
                seconds_of.append(seconds)
                peaks.append(peak)
        ask = [
            timed(["ask", "who owns checkout-quota-worker-1", "--portal", str(portal)])[0]
            for _ in range(RUNS)
        ]
    what = f"{COMPONENTS:,} components ({size:.1f} MB of YAML), whole process"
    return [
        Figure(f"first import, {what}", median(first), "s", 5),
        Figure(f"repeated import, {what}", median(again), "s", 2),
        Figure("import, peak memory", max(peaks), "MB", 300),
        Figure("idp ask on that catalog, whole process", median(ask), "s"),
    ]


def timed(arguments: list[str]) -> tuple[float, float]:
    """Return seconds and peak megabytes of one `idp` process; a failure of the command ends the bench."""
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bot.cli", *arguments], stdout=subprocess.DEVNULL, env=plain_environment()
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"idp {' '.join(arguments)} failed")
    return seconds, usage.ru_maxrss / 1024
