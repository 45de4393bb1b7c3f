"""Channels as a directory shows them: kept beside the catalog, found by id and by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from catalog_store import channels
from catalog_store.catalog import Catalog
from catalog_store.database import Database
from domain.entities import EVERYTHING, Channel, Snapshot
from domain.errors import BadInput
from tests.catalog_store.sightings import DAY, declared

PAY = Channel("C0PAY", "team-payments", member=True)
OLD = Channel("C0OLD", "team-loyalty", archived=True)
SECRET = Channel("G0SEC", "embargo", private=True, member=True)
PARTNER = Channel("C0BANK", "with-the-bank", shared=True)


def sees(catalog: Catalog, *seen: Channel, day: int = 0, source: str = "slack") -> None:
    catalog.apply(Snapshot(source, DAY[day], (), (EVERYTHING,), channels=seen), actor="test")


def test_a_channel_is_found_by_its_id_and_by_its_name(catalog: Catalog) -> None:
    sees(catalog, PAY, OLD, SECRET, PARTNER)
    for text in ("C0PAY", "c0pay", "team-payments", "#team-payments", "#Team-Payments", " team-payments "):
        assert catalog.channel(text) == PAY, text
    assert catalog.channel("embargo") == SECRET
    assert catalog.channel("G0SEC") == SECRET
    for text in ("team-pay", "", "#", "%", "C0PAY\0X", "🙂"):
        assert catalog.channel(text) is None, text


def test_many_are_found_at_once(catalog: Catalog) -> None:
    sees(catalog, PAY, OLD, PARTNER)
    asked = ["#team-payments", "C0BANK", "nobody", "team-loyalty", *(f"c{each}" for each in range(2_000))]
    statements: list[str] = []
    engine = catalog._database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert catalog.channels(asked) == {"#team-payments": PAY, "C0BANK": PARTNER, "team-loyalty": OLD}
    assert len(statements) == 1


def test_the_live_one_of_a_name_wins_and_an_id_before_any_name(catalog: Catalog) -> None:
    buried = Channel("C0AAA", "team-payments", archived=True, member=True)
    named_like_an_id = Channel("C0ZZZ", "c0pay")
    sees(catalog, buried, PAY, named_like_an_id)
    assert catalog.channel("team-payments") == PAY
    assert catalog.channel("C0PAY") == PAY
    sees(catalog, buried, replace(PAY, archived=True, member=False), day=1)
    assert catalog.channel("team-payments") == buried
    assert catalog.channel("C0PAY") == replace(PAY, archived=True, member=False)


def test_a_renamed_channel_keeps_its_id(catalog: Catalog) -> None:
    sees(catalog, PAY)
    sees(catalog, replace(PAY, name="team-money"), day=1)
    assert catalog.channel("C0PAY") == replace(PAY, name="team-money")
    assert catalog.channel("team-money") == replace(PAY, name="team-money")
    assert catalog.channel("team-payments") is None


def test_what_is_gone_is_gone_and_what_is_not_told_of_stays(catalog: Catalog) -> None:
    sees(catalog, PAY, OLD)
    sees(catalog, Channel("C0PAY", "theirs"), source="another")
    catalog.apply(Snapshot("slack", DAY[1], (declared("pay"),)), actor="test")
    assert catalog.channel("team-loyalty") == OLD
    sees(catalog, PAY, day=2)
    assert catalog.channel("team-loyalty") is None
    assert catalog.channel("theirs") == Channel("C0PAY", "theirs")
    sees(catalog, day=3)
    assert catalog.channel("team-payments") is None
    assert catalog.channel("theirs") is not None


@pytest.mark.parametrize("together", [True, False])
def test_a_dry_run_writes_no_channel(catalog: Catalog, together: bool) -> None:
    look = Snapshot("slack", DAY[0], (declared("pay"),), channels=(PAY,))
    groups = Snapshot("slack/groups", DAY[0], ())
    catalog.apply_all([look, groups] if together else [look], actor="test", dry_run=True)
    assert catalog.channel("team-payments") is None
    catalog.apply_all([look, groups] if together else [look], actor="test")
    assert catalog.channel("team-payments") == PAY


def test_channels_are_no_change_and_undo_leaves_them(catalog: Catalog) -> None:
    made = catalog.apply(Snapshot("slack", DAY[0], (declared("pay"),), channels=(PAY,)), actor="test")
    assert made.number == 1
    again = catalog.apply(
        Snapshot("slack", DAY[1], (declared("pay"),), channels=(replace(PAY, archived=True),)), actor="test"
    )
    assert again.number is None
    catalog.undo(1, actor="test")
    assert catalog.channel("C0PAY") == replace(PAY, archived=True)


def test_a_look_that_fails_leaves_the_channels(catalog: Catalog) -> None:
    sees(catalog, PAY)
    twice = (declared("pay"), declared("pay"))
    with pytest.raises(BadInput, match="second time"):
        catalog.apply(Snapshot("slack", DAY[1], twice, channels=(OLD,)), actor="test")
    for odd in ("nul\0", "half\ud800", "x" * 2_001):
        with pytest.raises(BadInput, match="no database can keep"):
            sees(catalog, Channel("C0ODD", odd), day=1)
    assert catalog.channel("team-payments") == PAY
    assert catalog.channel("team-loyalty") is None


def test_only_what_differs_is_written(database_url: str) -> None:
    seen = tuple(Channel(f"C{number:06}", f"room-{number}") for number in range(1_200))
    moved = (replace(seen[0], archived=True), *seen[2:], Channel("C9", "new"))
    database = Database(database_url)
    with database.writing() as connection:
        wrote = [
            channels.keep(connection, Snapshot("slack", DAY[0], (), channels=each))
            for each in (seen, seen, seen[::-1], moved, None, ())
        ]
    database.close()
    assert wrote == [1_200, 0, 0, 3, 0, 1_200]


def test_one_that_comes_twice_is_as_it_came_last(catalog: Catalog) -> None:
    sees(catalog, PAY, replace(PAY, archived=True))
    assert catalog.channel("C0PAY") == replace(PAY, archived=True)
