"""A workspace, and the bot in a process of its own, as `idp run` serves it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app_manifest import load_manifest
from bot.socket_mode import CONNECTIONS
from playground.person import Person
from playground.seed import Seed
from playground.server import Playground

SEED = Seed.model_validate(
    {
        "team": {"id": "T1", "name": "Acme", "domain": "acme"},
        "people": [{"id": "U0ANA", "name": "ana", "real_name": "Ana Silva", "email": "ana@acme.example"}],
        "channels": [{"id": "C1", "name": "general", "members": "all"}],
    }
)
CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team-payments
spec:
  type: team
  children: []
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments
spec:
  type: service
  lifecycle: production
  owner: team-payments
"""


class Bot:
    """`idp run` as a process. `stop` asks it to leave and returns its exit code."""

    def __init__(self, workspace: Playground, portal: Path, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("IDP_", "SLACK_"))}
        tokens = {
            "SLACK_API_BASE_URL": workspace.api_url,
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
        }
        self._log = (portal / "log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", "bot.cli", "run", "--portal", str(portal)],
            env={**kept, **tokens, **environment},
            stderr=self._log,
        )
        deadline = time.monotonic() + 30
        while workspace.connections < CONNECTIONS:
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    @property
    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def ask_to_leave(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def leave(self) -> int:
        return self.process.wait(20)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(20)
        self._log.close()


@pytest.fixture
def workspace() -> Iterator[Playground]:
    with Playground(SEED, manifest=load_manifest()) as playground:
        yield playground


@pytest.fixture
def bot(workspace: Playground, tmp_path: Path) -> Iterator[Bot]:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "all.yaml").write_text(CATALOG, encoding="utf-8")
    bot = Bot(workspace, tmp_path)
    yield bot
    bot.close()


@pytest.fixture
def ana(workspace: Playground) -> Iterator[Person]:
    with Person(workspace.url, "ana") as person:
        yield person
