"""Ticks in a cluster: each due time is taken once, and what a dead process left is gone on with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.due_sources import DueSources
from bot.portal_file import PortalFile
from bot.schedule import Steadily
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from domain.clock import system_clock
from domain.errors import BadInput, Refused, StoreUnavailable
from domain.sources import SourceState
from integrations import registry
from tests.databases import Sqlite
from tests.workflows.asking import until
from tests.workflows.shelf import Shelf
from tests.workflows.small_store import SmallStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf("shelf", tmp_path / "shelf", system_clock)
    shelf.put("pay", tier="1")
    shelf.put("ship", tier="2")
    return shelf


class Replica:
    """A process that ticks."""

    def __init__(self, program: str, url: str, shelf: Shelf) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - a program of ours
            [sys.executable, "-m", "tests.serving.ticking", program, url, str(shelf.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def hears(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=20)


Start = Callable[[str], Replica]


@pytest.fixture
def start(database_url: str, shelf: Shelf) -> Iterator[Start]:
    replicas: list[Replica] = []

    def begin(program: str) -> Replica:
        replicas.append(Replica(program, database_url, shelf))
        return replicas[-1]

    yield begin
    for each in replicas:
        each.close()


def looks(shelf: Shelf) -> int:
    return sum(line.startswith("look") for line in shelf.log)


def test_of_two_processes_exactly_one_takes_a_tick(start: Start, shelf: Shelf) -> None:
    both = [start("on_call"), start("on_call")]
    assert [each.says() for each in both] == ["ready", "ready"]
    for _ in range(3):
        for each in both:
            each.hears("tick")
        assert [each.says() for each in both] == ["ticked", "ticked"]
    assert looks(shelf) == 1


def test_what_a_killed_process_began_another_goes_on_with(start: Start, shelf: Shelf) -> None:
    shelf.steer("hold", "ship")
    first = start("steadily")
    until(lambda: "waiting ship" in shelf.log)
    first.process.kill()
    shelf.leave("hold")
    assert start("steadily").says() == "applied"
    assert shelf.log == ["look whole", "read pay", "waiting ship", "look whole", "read ship"]


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = system_clock().replace(hour=12, minute=0, second=0, microsecond=0)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def store(sqlite: Sqlite, time: Time) -> Iterator[SmallStore]:
    with Catalog.open(sqlite.migrated(), clock=time) as catalog:
        yield SmallStore(catalog)


@pytest.fixture
def syncs(store: SmallStore, shelf: Shelf, time: Time, monkeypatch: pytest.MonkeyPatch) -> Iterator[Syncs]:
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "shelf": "tests.workflows.shelf"})
    folder = str(shelf.folder)
    blocks = {
        "shelf": {"folder": folder, "jitter": "0%"},
        "missing": {"type": "shelf", "folder": f"{folder}/nowhere", "every": "1h", "jitter": "0%"},
        "off": {"type": "shelf", "folder": folder, "enabled": False},
    }
    syncs = Syncs(PortalFile.model_validate({"sources": blocks}), store, clock=time)
    yield syncs
    syncs.stop()


@pytest.fixture
def tick(syncs: Syncs) -> Callable[[], None]:
    due = DueSources(syncs)

    def once() -> None:
        due()
        until(lambda: not any(syncs.under_way(each.name) for each in syncs.sources))

    return once


Tick = Callable[[], None]


def test_a_source_is_looked_at_at_once_and_then_when_it_is_due(shelf: Shelf, tick: Tick, time: Time) -> None:
    found = []
    for minutes in (0, 1, 14, 15, 16, 31):
        time.now = time.now.replace(minute=minutes)
        tick()
        found.append(looks(shelf))
    assert found == [1, 1, 1, 2, 2, 3]


def test_a_source_that_fails_stops_no_other_and_waits_for_its_next_turn(
    syncs: Syncs, tick: Tick, time: Time
) -> None:
    tick()
    good, bad = syncs.states()
    assert (good.name, good.problem, good.things) == ("shelf", "", 2)
    assert (bad.name, bad.looked_at) == ("missing", None)
    assert "something broke on our side" in bad.problem
    tried = bad.tried_at
    time.passes(timedelta(minutes=59))
    tick()
    assert syncs.states()[1].tried_at == tried
    time.passes(timedelta(minutes=1))
    tick()
    assert syncs.states()[1].tried_at == time.now


def test_a_night_brings_a_complete_look(shelf: Shelf, tick: Tick, time: Time) -> None:
    shelf.steer("cursor", "7")
    for hours in (0, 1, 15, 1):
        time.passes(timedelta(hours=hours))
        tick()
    assert [each for each in shelf.log if each.startswith("look")] == [
        "look whole",
        "look since 7",
        "look whole",
        "look since 7",
    ]


def test_a_paused_source_is_left_alone_until_it_is_started(
    syncs: Syncs, store: SmallStore, shelf: Shelf, tick: Tick
) -> None:
    store.sources.pause("shelf", "change set #1 was undone")
    tick()
    assert looks(shelf) == 0
    syncs.start("shelf", "ana")
    until(lambda: syncs.states()[0].looked_at)
    assert looks(shelf) == 1
    assert syncs.states()[0].paused == ""


def test_a_source_is_not_started_twice_and_not_when_there_is_none(syncs: Syncs, shelf: Shelf) -> None:
    shelf.steer("hold")
    syncs.start("shelf", "ana")
    until(lambda: "waiting pay" in shelf.log)
    with pytest.raises(Refused, match="already"):
        syncs.start("shelf", "ben")
    with pytest.raises(BadInput, match="no source 'shelv'") as caught:
        syncs.start("shelv", "ana")
    assert "shelf, missing" in caught.value.hint
    with pytest.raises(BadInput, match="switched off"):
        syncs.start("off", "ana")


def test_a_stop_ends_a_look_within_its_patience_and_leaves_one_that_hangs(
    syncs: Syncs, shelf: Shelf, tick: Tick
) -> None:
    shelf.steer("hold")
    syncs.start("shelf", "ana")
    until(lambda: "waiting pay" in shelf.log)
    assert syncs.stop(patience=5)
    assert syncs.states()[0].interrupted
    tick()
    assert looks(shelf) == 1


def test_a_look_that_hangs_keeps_nobody_from_stopping(syncs: Syncs, shelf: Shelf) -> None:
    shelf.steer("hang")
    syncs.start("shelf", "ana")
    until(lambda: "waiting pay" in shelf.log)
    assert not syncs.stop(patience=0.05)
    shelf.leave("hang")


def test_a_database_that_is_away_is_told_once(syncs: Syncs, store: SmallStore) -> None:
    def away() -> tuple[SourceState, ...]:
        raise StoreUnavailable("the database does not answer")

    steadily = Steadily("sync", DueSources(syncs))
    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        patch.setattr(store.sources, "all", away)
        steadily()
        steadily()
    assert [(each["event"], each["doing"]) for each in logs] == [("catalog unavailable", "sync")]
