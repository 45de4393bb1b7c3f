"""Syncs: what a look saw is applied, or it is clear in one line why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from domain.changes import ChangeSet
from domain.clock import system_clock
from domain.entities import Finding, Snapshot
from domain.errors import BadConfiguration, StoreUnavailable
from tests.catalog_store.test_apply import contents
from tests.workflows.asking import ANA, TICK, Syncing, tier
from tests.workflows.shelf import Shelf
from tests.workflows.small_store import SmallStore
from workflows.sync_report import Order, Outcome
from workflows.syncing import Terms, sync


def test_what_a_look_saw_is_applied_and_remembered(store: SmallStore, syncing: Syncing) -> None:
    told: list[tuple[int, int | None, str]] = []
    report = syncing(progress=lambda *each: told.append(each))
    assert (report.outcome, report.count("created"), report.full) == (Outcome.APPLIED, 2, True)
    assert told == [(1, 2, "pay"), (2, 2, "ship")]
    assert tier(store) == "1"
    state = store.sources.get("shelf")
    assert state.looked_at is not None
    assert state.swept_at == state.looked_at
    assert (state.change_set, state.requests, state.things, state.problem) == (1, 2, 2, "")
    assert state.quota is not None
    assert state.running_since is None


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    url: str, store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    syncing()
    shelf.put("pay", tier="3")
    before = contents(url)
    report = syncing(replace(ANA, dry_run=True))
    assert report.outcome is Outcome.PREVIEWED
    (change,) = report.change_sets[0].changes
    assert [(each.field, each.before, each.after) for each in change.fields] == [("tier", "1", "3")]
    assert contents(url) == before
    assert tier(store) == "1"


@pytest.mark.parametrize("what", ["away", "defect"])
def test_a_dry_run_that_fails_writes_nothing_either(
    url: str, shelf: Shelf, syncing: Syncing, what: str
) -> None:
    shelf.steer(what, "the shelf is away")
    before = contents(url)
    assert syncing(replace(ANA, dry_run=True)).outcome in (Outcome.FAILED, Outcome.BROKEN)
    assert contents(url) == before


def test_what_could_not_be_categorized_is_with_the_next_look(store: SmallStore, syncing: Syncing) -> None:
    asked: list[int] = []

    def derive() -> ChangeSet:
        asked.append(store.catalog.version())
        if len(asked) == 1:
            raise StoreUnavailable("the database went away in between")
        return ChangeSet(None, "rules", "rules", system_clock(), (), {})

    terms = Terms(derive=derive)
    assert syncing(terms=terms).outcome is Outcome.FAILED
    assert syncing(terms=terms).outcome is Outcome.APPLIED
    assert asked == [1, 1], "nothing changed, and it was owed"
    syncing(terms=terms)
    assert len(asked) == 2
    syncing(terms=replace(terms, anew=True))
    assert len(asked) == 3, "the rules may be others"


def test_a_look_goes_on_where_the_last_one_ended_unless_all_is_asked_for(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    shelf.steer("cursor", "page 7")
    assert syncing().full
    swept = store.sources.get("shelf").swept_at
    assert not syncing(TICK).full
    assert store.sources.get("shelf").swept_at == swept
    assert syncing(replace(TICK, full=True)).full
    looks = [line for line in shelf.log if line.startswith("look")]
    assert looks == ["look whole", "look since page 7", "look whole"]
    assert store.sources.get("shelf").swept_at != swept


def test_a_look_at_a_few_things_looks_at_no_other_and_keeps_the_cursor(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    shelf.steer("cursor", "page 7")
    syncing()
    before = store.sources.get("shelf")
    shelf.steer("cursor", "page 8")
    shelf.put("pay", tier="3")
    shelf.put("ship", tier="3")
    report = syncing(Order("news", only=("pay",)))
    assert (report.outcome, report.count("changed")) == (Outcome.APPLIED, 1)
    assert (tier(store), tier(store, "ship")) == ("3", "2")
    after = store.sources.get("shelf")
    assert (after.cursor, after.looked_at, after.tried_at) == ("page 7", before.looked_at, before.tried_at)


def test_a_source_that_is_away_keeps_its_facts_and_says_why_in_one_line(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    syncing()
    good = store.sources.get("shelf")
    shelf.steer("away", "the shelf\nanswers 503")
    with capture_logs() as logs:
        report = syncing()
    assert (report.outcome, report.problem) == (Outcome.FAILED, "the shelf answers 503")
    state = store.sources.get("shelf")
    assert (state.problem, state.remedy) == ("the shelf answers 503", "Wait for the shelf.")
    assert (state.looked_at, state.running_since, state.interrupted) == (good.looked_at, None, False)
    assert (store.catalog.version(), tier(store)) == (1, "1")
    assert [each["event"] for each in logs] == ["sync failed"]

    shelf.leave("away")
    assert syncing().outcome is Outcome.APPLIED
    assert store.sources.get("shelf").problem == ""


def test_a_defect_is_a_code_that_the_log_holds(store: SmallStore, shelf: Shelf, syncing: Syncing) -> None:
    shelf.steer("defect")
    with capture_logs() as logs:
        report = syncing()
    assert report.outcome is Outcome.BROKEN
    assert report.code
    assert report.code in store.sources.get("shelf").problem
    (entry,) = logs
    assert entry["code"] == report.code
    assert "the shelf broke" in entry["exception"]


def test_a_source_that_cannot_be_opened_is_told_as_such(store: SmallStore) -> None:
    def fail() -> Shelf:
        raise BadConfiguration("SHELF_KEY is not set", "Export it.")

    report = sync(store, "shelf", fail, ANA)
    assert (report.outcome, report.remedy) == (Outcome.MISCONFIGURED, "Export it.")
    assert store.sources.get("shelf").problem == "SHELF_KEY is not set"


def test_a_look_in_which_too_much_is_missing_is_refused_until_it_is_meant(
    store: SmallStore, shelf: Shelf, syncing: Syncing
) -> None:
    for number in range(5):
        shelf.put(f"thing-{number}")
    syncing()
    for number in range(5):
        shelf.leave(f"thing-{number}.json")
    report = syncing()
    assert (report.outcome, report.problem) == (Outcome.REFUSED, "5 of 7 things would vanish")
    assert "idp sync shelf --force" in store.sources.get("shelf").remedy
    assert syncing(replace(ANA, dry_run=True)).outcome is Outcome.PREVIEWED
    assert syncing(replace(ANA, allow_shrink=True)).outcome is Outcome.APPLIED


def test_what_vanished_longer_ago_than_the_grace_period_is_retired(
    store: SmallStore, syncing: Syncing
) -> None:
    now = system_clock()
    syncing(terms=Terms(grace=timedelta(days=3), clock=lambda: now))
    assert store.retired == [("shelf", now - timedelta(days=3))]


def test_the_companys_own_rules_are_held_before_anything_is_applied(
    store: SmallStore, syncing: Syncing
) -> None:
    finding = Finding("shelf", 0, "tier 2 is no tier", "Write another.")

    def no_ships(snapshots: tuple[Snapshot, ...]) -> tuple[tuple[Snapshot, ...], tuple[Finding, ...]]:
        (only,) = snapshots
        return (replace(only, claims=tuple(each for each in only.claims if each.name != "ship")),), (finding,)

    report = syncing(terms=Terms(check=no_ships))
    assert report.look is not None
    assert report.look.findings == (finding,)
    assert tier(store, "ship") is None
    assert store.sources.get("shelf").findings == 1
