"""Many at once: processes that write, threads that ask, and one that is killed midway."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from catalog_store import writing
from catalog_store.catalog import Catalog
from catalog_store.database import Database
from domain.refs import Ref
from tests.catalog_store.test_apply import MONDAY, PAY, claim, look
from tests.catalog_store.writers import MANY, many

ROOT = Path(__file__).parents[2]


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 -- a program of ours
        [sys.executable, "-m", "tests.catalog_store.writers", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


Result = TypeVar("Result")


def in_threads(count: int, work: Callable[[int], Result]) -> list[Result]:
    """Run `work` in so many threads, all let go at once."""
    gate = threading.Barrier(count)

    def waiting(number: int) -> Result:
        gate.wait(timeout=30)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(waiting, range(count)))


def test_two_processes_that_write_take_turns(database_url: str) -> None:
    writers = [start("count_up", database_url, name, "8") for name in ("ana", "ben")]
    numbers = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]

    assert [writer.returncode for writer in writers] == [0, 0]
    assert sorted(numbers) == list(range(1, 17))
    with Catalog.open(database_url) as catalog:
        assert catalog.version() == 16
        assert len(list(catalog.entities())) == 17
        shared = catalog.record(Ref("component", "default", "shared"))
        assert shared is not None
        assert {fact.value for fact in shared.facts} == {"ana-7", "ben-7"}


def test_a_plan_that_was_overtaken_is_drawn_up_anew(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's change comes between the plan and its lock; both end up in the entity."""
    writing_of_database = Database.writing
    overtaken = False

    def overtake(database: Database) -> object:
        nonlocal overtaken
        if not overtaken:
            overtaken = True
            catalog.apply(look(claim(owner="group:default/first", tier="1")), actor="ben")
        return writing_of_database(database)

    monkeypatch.setattr(Database, "writing", overtake)
    change_set = catalog.apply(
        look(claim(owner="group:default/second", lifecycle="new"), source="csv"), actor="a"
    )

    assert change_set.number == 2
    assert change_set.counts == {"created": 0, "changed": 1, "unchanged": 0}
    record = catalog.record(PAY)
    assert record is not None
    assert record.entity.fields == {"owner": "group:default/first", "tier": "1", "lifecycle": "new"}


def test_killed_midway_leaves_all_or_nothing(database_url: str) -> None:
    with Catalog.open(database_url) as catalog:
        catalog.apply(many("before"), actor="ana")
        writer = start("stop_midway", database_url, "after")
        assert writer.stdout is not None
        assert writer.stdout.readline() == "midway\n"
        writer.kill()
        writer.wait(timeout=30)
        writer.stdout.close()

        assert catalog.version() == 1
        assert {entity.fields["custom.value"] for entity in catalog.entities()} == {"before"}
        # The lock died with it.
        assert catalog.apply(many("after"), actor="ana").counts["changed"] == MANY


def test_an_error_midway_leaves_nothing(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_note_write", fail)
        with pytest.raises(KeyboardInterrupt):
            catalog.apply(look(claim(tier="1")), actor="ana")

    assert catalog.version() == 0
    assert catalog.record(PAY) is None
    assert catalog.apply(look(claim(tier="1")), actor="ana").number == 1


def test_thirty_two_threads_ask_while_one_writes(catalog: Catalog) -> None:
    catalog.apply(look(claim(tier="0")), actor="ana")
    done = threading.Event()

    def ask(number: int) -> object:
        if number == 0:
            for tier in range(1, 10):
                catalog.apply(look(claim(tier=str(tier), title=f"Tier {tier}")), actor="ana")
            done.set()
            return None
        seen = 0
        while not done.is_set() or seen == 0:
            record = catalog.record(PAY)
            assert record is not None
            entity = record.entity
            # Never half of a change, nor an entity with another's facts.
            assert entity.fields.get("title", "Tier 0") == f"Tier {entity.fields['tier']}"
            assert all(fact.wins for fact in record.facts)
            assert catalog.version() >= 1
            seen += 1
        return seen

    in_threads(32, ask)
    assert catalog.version() == 10


def test_a_key_is_claimed_by_exactly_one_of_many(catalog: Catalog) -> None:
    won = in_threads(32, lambda _: [catalog.claim_once(f"event-{each}") for each in range(5)])
    assert [sum(each) for each in zip(*won, strict=True)] == [1, 1, 1, 1, 1]


def test_forgotten_keys_can_be_claimed_again(database_url: str) -> None:
    now = MONDAY
    with Catalog.open(database_url, clock=lambda: now) as catalog:
        assert catalog.claim_once("old")
        now = MONDAY + timedelta(hours=2)
        assert catalog.claim_once("new")
        assert not catalog.claim_once("old")

        assert catalog.forget_claims(datetime(2025, 3, 3, 10, tzinfo=UTC)) == 1
        assert catalog.claim_once("old")
        assert not catalog.claim_once("new")


def test_nothing_stays_in_a_transaction(catalog: Catalog, database_url: str) -> None:
    catalog.apply(look(claim(tier="1"), claim(Ref("api", "default", "x"))), actor="ana")
    catalog.record(PAY)
    reading = catalog.entities()
    next(reading)
    if database_url.startswith("postgresql"):
        database = Database(database_url)
        with database.reading() as connection:
            states = connection.exec_driver_sql(
                "SELECT state FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid != pg_backend_pid()"
            ).scalars()
            assert set(states) == {"idle"}
        database.close()
    else:
        # A writer gets the lock at once, and the log can be written back whole: nobody reads in it.
        with Catalog.open(database_url, patience=0) as other:
            assert other.claim_once("a")
        database = Database(database_url)
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one() == (0, 0, 0)
        database.close()
