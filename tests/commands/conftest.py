"""The command line as its users have it: a process, its output and its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Idp = Callable[..., Ran]


@pytest.fixture
def idp(tmp_path: Path) -> Idp:
    """Run `idp` in a folder of its own, with nothing of the machine's environment but the path."""
    home = tmp_path / "home"
    home.mkdir()

    def run(
        *arguments: str | Path,
        program: tuple[str, ...] = ("-m", "bot.cli"),
        out: Path | None = None,
        cwd: Path | None = None,
        **environment: str,
    ) -> Ran:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        with out.open("w") if out else nullcontext(subprocess.PIPE) as output:
            process = subprocess.run(  # noqa: S603 - our own command line
                [sys.executable, *program, *map(str, arguments)],
                stdout=output,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                cwd=cwd or tmp_path,
                env={**kept, "HOME": str(home), "PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}
                | environment,
            )
        assert "Traceback" not in process.stderr, process.stderr
        return Ran(process.returncode, process.stdout or "", process.stderr)

    return run


@pytest.fixture
def portal(tmp_path: Path, idp: Idp) -> Path:
    """A portal fresh from `idp init`."""
    folder = tmp_path / "portal"
    assert idp("init", folder).code == 0
    return folder
