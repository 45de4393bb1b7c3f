"""`idp demo` as a newcomer starts it: a process, and the address that it prints."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Start the demo in `folder`, give its address, and stop it as Ctrl-C does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IDP_", "SLACK_"))}
    with (folder / "complaints").open("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "demo", "--port", "0", "--no-browser"],
            cwd=folder,
            env={**kept, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(30)
            complaints.seek(0)
            said = complaints.read()
            if process.stdout:
                process.stdout.close()
        assert (code, said) == (0, ""), said


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the demo ended without an address")
