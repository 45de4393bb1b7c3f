"""One look at a source at a time: leases, stops, pages that are gone on with, undos that hold."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from catalog_store.catalog import Catalog
from domain.clock import system_clock
from domain.errors import UndoRefused
from tests.workflows.asking import ANA, TICK, Background, Syncing, tier, until
from tests.workflows.shelf import Shelf
from tests.workflows.small_store import SmallStore
from workflows.sync_report import Outcome
from workflows.syncing import Terms
from workflows.undoing import undo


def test_a_stopped_look_gives_the_source_back_and_the_next_one_goes_on_with_its_pages(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    stop = threading.Event()
    report = syncing(TICK, progress=lambda *_: stop.set(), stopped=stop.is_set)
    assert report.outcome is Outcome.STOPPED
    state = store.sources.get("shelf")
    assert (state.running_since, state.interrupted, state.problem) == (None, True, "")
    assert store.catalog.version() == 0

    shelf.put("pay", tier="9")
    report = syncing()
    assert (report.outcome, tier(store)) == (Outcome.APPLIED, "1")
    assert shelf.log.count("read pay") == 1
    assert report.look is not None
    assert report.look.requests == 1

    syncing(TICK)
    assert tier(store) == "9"


def test_a_look_that_was_asked_for_anew_does_not_trust_the_pages_of_one_that_failed(
    store: SmallStore, syncing: Syncing
) -> None:
    store.sources.notebook("shelf", "whole").write("pay", '{"tier": "7"}')
    syncing(ANA)
    assert tier(store) == "1"


def test_one_look_at_a_source_goes_on_at_a_time(
    store: SmallStore, shelf: Shelf, syncing: Syncing, background: Background
) -> None:
    shelf.steer("hold")
    first = background(syncing)
    until(lambda: "waiting pay" in shelf.log)
    assert syncing(TICK).outcome is Outcome.BUSY
    assert store.sources.get("shelf").running_since is not None
    shelf.leave("hold")
    assert first.result(20).outcome is Outcome.APPLIED
    assert syncing(TICK).outcome is Outcome.APPLIED


def test_a_lease_is_renewed_while_a_look_goes_on(
    store: SmallStore, shelf: Shelf, syncing: Syncing, background: Background
) -> None:
    shelf.steer("hold")
    length = timedelta(seconds=1)
    first = background(lambda: syncing(terms=Terms(lease=length)))
    until(lambda: "waiting pay" in shelf.log)
    began = store.sources.get("shelf").running_since
    assert began is not None
    until(lambda: system_clock() > began + length * 2)
    assert store.sources.get("shelf").running_since == began
    shelf.leave("hold")
    assert first.result(20).outcome is Outcome.APPLIED


def test_who_lost_the_lease_applies_nothing(
    url: str, store: SmallStore, shelf: Shelf, syncing: Syncing, background: Background
) -> None:
    shelf.steer("hang")
    first = background(syncing)
    until(lambda: "waiting pay" in shelf.log)

    def later() -> datetime:
        return system_clock() + timedelta(hours=1)

    with Catalog.open(url, clock=later) as other:
        assert other.sources.begin("shelf", "another process", timedelta(hours=2))
    shelf.leave("hang")
    assert first.result(20).outcome is Outcome.STOPPED
    assert store.catalog.version() == 0
    assert store.sources.get("shelf").running_since is not None


def test_a_look_that_takes_too_long_is_given_up(store: SmallStore, shelf: Shelf, syncing: Syncing) -> None:
    shelf.steer("hold")
    report = syncing(terms=Terms(longest=timedelta(seconds=0.2)))
    assert (report.outcome, report.code) == (Outcome.FAILED, "")
    assert "took longer" in store.sources.get("shelf").problem


def test_an_undo_pauses_the_source_until_somebody_asks_for_it(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    syncing()
    shelf.put("pay", tier="3")
    number = syncing().last_change_set
    assert number is not None
    undo(store, number, actor="ben")
    assert tier(store) == "1"
    report = syncing(TICK)
    assert report.outcome is Outcome.PAUSED
    assert f"change set #{number} was undone by ben" in report.problem
    assert tier(store) == "1"

    assert syncing(ANA).outcome is Outcome.APPLIED
    assert tier(store) == "3"
    assert store.sources.get("shelf").paused == ""


def test_an_undo_that_is_refused_pauses_nothing(store: SmallStore, syncing: Syncing) -> None:
    number = syncing().last_change_set
    assert number is not None
    for each in (number, 99):
        with pytest.raises(UndoRefused):
            undo(store, each, actor="ben")
    assert store.sources.get("shelf").paused == ""


def test_a_look_that_began_before_an_undo_does_not_redo_it(
    store: SmallStore, shelf: Shelf, syncing: Syncing, background: Background
) -> None:
    syncing()
    shelf.put("pay", tier="3")
    number = syncing().last_change_set
    assert number is not None
    shelf.steer("hold")
    later = background(syncing)
    until(lambda: "waiting pay" in shelf.log[-1:])
    undo(store, number, actor="ben")
    shelf.leave("hold")
    report = later.result(20)
    assert report.outcome is Outcome.STOPPED
    assert "paused meanwhile" in report.problem
    assert tier(store) == "1"


def test_a_look_that_hangs_holds_its_source_for_so_long_and_applies_nothing_afterwards(
    store: SmallStore, shelf: Shelf, syncing: Syncing, background: Background
) -> None:
    shelf.steer("hang")
    short = Terms(longest=timedelta(seconds=0.1), lease=timedelta(seconds=0.4))
    first = background(lambda: syncing(terms=short))
    until(lambda: store.sources.get("shelf").interrupted)
    shelf.leave("hang")
    assert first.result(20).outcome in (Outcome.STOPPED, Outcome.FAILED)
    assert store.catalog.version() == 0
    assert syncing().outcome is Outcome.APPLIED
