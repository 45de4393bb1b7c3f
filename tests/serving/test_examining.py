"""Sources that try what they need: at once, each only so long, and none in the way of another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot import source_blocks
from bot.examining import examine_all
from bot.portal_file import PortalFile
from bot.source_blocks import ConfiguredSource, configured
from domain.clock import system_clock
from domain.errors import BadConfiguration
from domain.sources import Permission
from workflows.ports import Integration, Look, Opening, Task

released = threading.Event()


class Options(BaseModel):
    """What a probe's block may hold."""

    manner: str = "good"


class Probe:
    """A source whose `validate` does what its block says."""

    def __init__(self, opening: Opening) -> None:
        assert isinstance(opening.options, Options)
        self._manner, self._opening = opening.options.manner, opening
        if self._manner == "unset":
            raise BadConfiguration("PROBE_TOKEN is not set", "Set it.")

    def fetch(self, task: Task | None = None) -> Look:
        raise AssertionError(f"nobody looks here: {task}")

    def validate(self) -> tuple[Permission, ...]:
        if self._manner == "hangs":
            released.wait(30)
        if self._manner == "breaks":
            raise RuntimeError("a defect")
        self._opening.secret("PROBE_TOKEN")
        return (Permission("reachable: here", True), Permission("credential PROBE_TOKEN and PROBE_ID", True))

    def close(self) -> None:
        """Nothing is open."""


PROBE = Integration("probe", "Probe", Options, Probe)


@pytest.fixture(autouse=True)
def _probes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    released.clear()
    monkeypatch.setattr(source_blocks, "load", lambda _name: PROBE)
    yield
    released.set()


def sources(**manners: str) -> tuple[ConfiguredSource, ...]:
    blocks = {name: {"type": "probe", "manner": manner} for name, manner in manners.items()}
    return configured(PortalFile.model_validate({"sources": blocks}))


def test_a_source_that_hangs_holds_no_other() -> None:
    began = time.monotonic()
    stuck, good, other = examine_all(sources(a="hangs", b="good", c="hangs"), system_clock, bound=0.3)
    assert time.monotonic() - began < 5
    assert [each.source for each in (stuck, good, other)] == ["a", "b", "c"]
    (row,) = stuck.rows
    assert (row.granted, row.problem) == (False, "it did not answer within 0.3 s")
    assert row.remedy
    assert good.well
    assert not stuck.well


def test_a_defect_of_one_is_a_row_and_stops_no_other() -> None:
    broken, good = examine_all(sources(a="breaks", b="good"), system_clock)
    assert "something broke on our side" in broken.rows[0].problem
    assert "a defect" not in repr(broken)
    assert good.well


def test_what_cannot_be_opened_says_why() -> None:
    (unset,) = examine_all(sources(a="unset"), system_clock)
    assert unset.misconfigured
    assert (unset.rows[0].problem, unset.rows[0].remedy) == ("PROBE_TOKEN is not set", "Set it.")


def test_a_credential_from_a_file_is_told_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush-hush-hush", encoding="utf-8")
    monkeypatch.setenv("PROBE_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("PROBE_ID", "from-the-environment")
    (good,) = examine_all(sources(a="good"), system_clock)
    assert good.rows[1].name == "credential PROBE_TOKEN (from a file) and PROBE_ID"
    assert "hush" not in repr(good)
