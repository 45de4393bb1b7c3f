"""A running portal follows what another process does to the catalog, at most 2 s behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.portal import open_portal
from bot.schedule import start_schedule
from bot.settings import load_settings
from domain.refs import Ref
from tests.workflows.asking import until

ROOT = Path(__file__).parents[2]
BEHIND = 2.0
"""How many seconds an answer may be behind the catalog."""


def test_what_another_process_applies_is_answered_within_two_seconds(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDP_DATABASE_URL", database_url)
    with open_portal(load_settings(tmp_path)) as portal:
        portal.index.refresh()
        schedule = start_schedule(portal)
        try:
            writer = subprocess.Popen(  # noqa: S603 -- a program of ours
                [sys.executable, "-m", "tests.catalog_store.writers", "count_up", database_url, "ana", "1"],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            number = int(writer.communicate(timeout=60)[0])
            applied = time.monotonic()
            until(lambda: portal.index.current.version >= number)
            assert time.monotonic() - applied < BEHIND
            assert portal.index.current.node(Ref("component", "default", "shared")) is not None
        finally:
            schedule.shutdown(wait=True)
