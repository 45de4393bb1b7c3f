"""How long `idp ask` takes on the demo company as a whole process, as a person in a terminal waits."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bench.figures import Figure, median
from bench.import_speed import timed
from bot.commands.demo import demo_company

RUNS = 7


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        portal = Path(folder) / "acme"
        shutil.copytree(demo_company(), portal, ignore=shutil.ignore_patterns(".idp"))
        ask = ["ask", "who owns payments", "--portal", str(portal)]
        first, _ = timed(ask)
        seconds = [timed(ask)[0] for _ in range(RUNS)]
    return [
        Figure("idp ask on the demo catalog, whole process", median(seconds), "s", 1.5),
        Figure("the very first one, which reads the catalog files", first, "s"),
    ]
