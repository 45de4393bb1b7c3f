"""Snapshots in, entities and change sets out, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, text

from catalog_store.catalog import Catalog
from catalog_store.database import Database
from catalog_store.tables import Row
from domain.changes import EntityChange, FieldChange
from domain.entities import Claim, Json, Record, Snapshot
from domain.errors import BadInput
from domain.refs import Ref

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
PAY = Ref("component", "default", "pay")


def claim(ref: Ref = PAY, /, *, origin: str = "", aliases: tuple[str, ...] = (), **fields: Json) -> Claim:
    return Claim(ref, ref.name.title(), ref.kind.title(), fields, aliases, origin)


def look(*claims: Claim, source: str = "backstage", at: datetime = MONDAY) -> Snapshot:
    return Snapshot(source, at, claims)


def known(catalog: Catalog, ref: Ref = PAY) -> Record:
    record = catalog.record(ref)
    assert record is not None
    return record


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    database = Database(url)
    with database.reading() as connection:
        rows = {name: _rows(connection, name) for name in Row.metadata.tables}
    database.close()
    return rows


def _rows(connection: Connection, table: str) -> list[tuple[object, ...]]:
    rows = connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 -- a name of ours
    return sorted((tuple(row) for row in rows), key=repr)


def test_what_is_applied_is_known(catalog: Catalog) -> None:
    fields: dict[str, Json] = {
        "title": "Päy ☃ 😀",
        "tags": ["money", "core"],
        "labels": {"b": "2", "a": "1"},
        "links": [{"url": "https://pay.example", "title": None}],
        "custom.cost": 12.5,
        "custom.public": False,
        "description": "NUL \0, half a pair \ud800, 'quotes' \"and\" \\backslash",
    }
    given = Claim(PAY, "Pay", "Component", fields, ("github:acme/pay", "money"), "catalog.yaml:3", 0.5)
    change_set = catalog.apply(look(given), actor="ana")

    assert (change_set.number, change_set.source, change_set.actor) == (1, "backstage", "ana")
    record = known(catalog)
    assert (record.entity.ref, record.entity.name, record.entity.kind) == (PAY, "Pay", "Component")
    assert record.entity.fields == fields
    assert record.entity.aliases == ("github:acme/pay", "money")
    [fact] = record.facts_on("custom.cost")
    assert (fact.value, fact.source, fact.observed_at) == (12.5, "backstage", MONDAY)
    assert (fact.confidence, fact.origin, fact.wins) == (0.5, "catalog.yaml:3", True)
    assert {fact.field for fact in record.facts} == {*fields, "aliases"}


def test_what_is_not_there_is_none(catalog: Catalog) -> None:
    assert catalog.version() == 0
    assert catalog.record(PAY) is None
    assert catalog.change_set(1) is None
    assert catalog.change_sets() == []
    assert list(catalog.entities()) == []


def test_change_set_says_what_was_created_changed_and_left_alone(catalog: Catalog) -> None:
    other, third = Ref("api", "default", "pay"), Ref("group", "shop", "pay")
    catalog.apply(look(claim(owner="group:default/a", tier="1"), claim(other)), actor="ana")
    change_set = catalog.apply(
        look(
            claim(third, title="Payers"),
            claim(other),
            claim(owner="group:default/b", title="Pay"),
            at=TUESDAY,
        ),
        actor="ben",
    )

    assert change_set.counts == {"created": 1, "changed": 1, "unchanged": 1}
    assert change_set.changes == (
        EntityChange(
            PAY,
            "changed",
            (
                FieldChange("owner", "group:default/a", "group:default/b"),
                FieldChange("tier", "1", None),
                FieldChange("title", None, "Pay"),
            ),
        ),
        EntityChange(
            third,
            "created",
            (
                FieldChange("kind", None, "Group"),
                FieldChange("name", None, "Pay"),
                FieldChange("title", None, "Payers"),
            ),
        ),
    )
    assert known(catalog).entity.fields == {"owner": "group:default/b", "title": "Pay"}
    assert [each.ref for each in catalog.entities()] == [other, PAY, third]


def test_change_sets_are_read_back_as_they_were_returned(catalog: Catalog) -> None:
    first = catalog.apply(look(claim(tags=["a"]), claim(Ref("api", "default", "x"))), actor="ana")
    second = catalog.apply(look(claim(tags=["b"], title="Pay"), at=TUESDAY), actor="ben")

    assert catalog.change_set(1) == first
    assert catalog.change_sets() == [second, first]
    assert catalog.change_sets(limit=1) == [second]
    assert catalog.version() == 2


def test_unchanged_look_makes_no_change_set_and_renews_the_age(catalog: Catalog) -> None:
    unseen = Ref("api", "default", "x")
    catalog.apply(look(claim(owner="group:default/a"), claim(unseen, title="X")), actor="ana")
    again = catalog.apply(look(claim(owner="group:default/a"), at=TUESDAY), actor="ana")

    assert again.number is None
    assert (again.changes, again.counts) == ((), {"created": 0, "changed": 0, "unchanged": 1})
    assert catalog.version() == 1
    assert known(catalog).facts[0].observed_at == TUESDAY
    assert known(catalog, unseen).facts[0].observed_at == MONDAY
    assert catalog.looks() == {"backstage": TUESDAY}


def test_a_look_that_comes_late_makes_nothing_older(catalog: Catalog) -> None:
    catalog.apply(look(claim(tier="1"), at=TUESDAY), actor="ana")
    catalog.apply(look(claim(tier="1"), at=MONDAY), actor="ana")

    assert known(catalog).facts[0].observed_at == TUESDAY
    assert catalog.looks() == {"backstage": TUESDAY}


def test_a_line_that_moved_is_no_change_but_the_evidence_follows_it(catalog: Catalog) -> None:
    catalog.apply(look(claim(origin="a.yaml:1", tier="1")), actor="ana")
    moved = catalog.apply(look(claim(origin="a.yaml:9", tier="1"), at=TUESDAY), actor="ana")

    assert moved.number is None
    assert known(catalog).facts[0].origin == "a.yaml:9"
    assert known(catalog).facts[0].observed_at == TUESDAY


def test_a_source_replaces_only_what_it_said_of_the_same_entities(catalog: Catalog) -> None:
    other = Ref("api", "default", "x")
    catalog.apply(look(claim(owner="group:default/a"), claim(other, title="X")), actor="ana")
    catalog.apply(look(claim(owner="group:default/b", tier="2"), source="csv"), actor="ana")
    catalog.apply(look(claim(lifecycle="production"), at=TUESDAY), actor="ana")

    record = known(catalog)
    assert record.entity.fields == {"lifecycle": "production", "owner": "group:default/b", "tier": "2"}
    assert [(each.value, each.source) for each in record.facts_on("owner")] == [("group:default/b", "csv")]
    assert known(catalog, other).entity.fields == {"title": "X"}


def test_a_losing_claim_that_changes_is_numbered_and_leaves_the_entity(catalog: Catalog) -> None:
    catalog.apply(look(claim(owner="group:default/a")), actor="ana")
    dissent = catalog.apply(look(claim(owner="group:default/b"), source="csv"), actor="ana")

    assert dissent.number == 2
    assert (dissent.changes, dissent.counts["unchanged"]) == ((), 1)
    assert [(each.value, each.wins) for each in known(catalog).facts_on("owner")] == [
        ("group:default/a", True),
        ("group:default/b", False),
    ]
    assert catalog.change_set(2) == dissent


def test_sources_of_one_rank_do_not_take_turns(catalog: Catalog) -> None:
    """The newer statement wins; looking again at the older one does not make it newer."""
    catalog.apply(look(claim(tier="1"), source="vendor-a", at=MONDAY), actor="ana")
    catalog.apply(look(claim(tier="2"), source="vendor-b", at=TUESDAY), actor="ana")
    catalog.apply(look(claim(tier="1"), source="vendor-a", at=TUESDAY + timedelta(days=1)), actor="ana")

    assert known(catalog).entity.fields == {"tier": "2"}
    assert [each.wins for each in known(catalog).facts_on("tier")] == [True, False]


def test_dry_run_says_the_same_and_writes_nothing(database_url: str) -> None:
    with Catalog.open(database_url, clock=lambda: MONDAY) as catalog:
        catalog.apply(look(claim(owner="group:default/a"), claim(Ref("api", "default", "x"))), actor="ana")
        before = contents(database_url)
        snapshot = look(
            claim(owner="group:default/b", aliases=("p",)), claim(Ref("user", "default", "eva")), at=TUESDAY
        )
        dry = catalog.apply(snapshot, actor="ana", dry_run=True)
        assert contents(database_url) == before

        wet = catalog.apply(snapshot, actor="ana")
        assert dry == replace(wet, number=None)
        assert contents(database_url) != before


def test_times_are_aware_and_in_utc_whatever_the_zone_they_came_in(catalog: Catalog) -> None:
    tokyo = timezone(timedelta(hours=9))
    catalog.apply(look(claim(tier="1"), at=MONDAY.astimezone(tokyo)), actor="ana")

    observed_at = known(catalog).facts[0].observed_at
    assert (observed_at, observed_at.tzinfo) == (MONDAY, UTC)
    assert catalog.change_sets()[0].applied_at.tzinfo == UTC
    assert catalog.looks()["backstage"].tzinfo == UTC


@pytest.mark.parametrize("observed_at", [MONDAY.replace(microsecond=123456), MONDAY])
def test_times_keep_their_microseconds(catalog: Catalog, observed_at: datetime) -> None:
    catalog.apply(look(claim(tier="1"), at=observed_at), actor="ana")
    assert known(catalog).facts[0].observed_at == observed_at


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ((claim(), claim(origin="b.yaml:7")), "b.yaml:7) is described a second time"),
        ((claim(title=float("nan")),), "JSON cannot hold"),
        ((claim(title=MONDAY),), "JSON cannot hold"),
        ((claim(origin="a\0b"),), "NUL"),
        ((claim(aliases=("half \ud800",)),), "NUL or half a character"),
        ((claim(dependsOn=["component:default/" + "x" * 3_000]),), "more than 2000 bytes"),
        ((claim(aliases=("é" * 1_500,)),), "more than 2000 bytes"),
    ],
)
def test_what_no_database_can_keep_is_refused_whole(
    catalog: Catalog, bad: tuple[Claim, ...], problem: str
) -> None:
    with pytest.raises(BadInput) as caught:
        catalog.apply(look(claim(Ref("api", "default", "x")), *bad), actor="ana")

    assert problem in str(caught.value)
    assert caught.value.hint
    assert str(caught.value).isprintable()
    assert catalog.version() == 0
    assert list(catalog.entities()) == []


def test_entities_come_in_ref_order_over_many_pages(catalog: Catalog) -> None:
    names = [f"{prefix}{number}" for number in range(400) for prefix in ("a-", "a_", "a.", "á", "ab")]
    refs = [Ref("component", "default", name) for name in names]
    refs += [Ref("component-x", "default", "a"), Ref("api", "Ä".lower(), "a"), Ref("api", "z", "a")]
    catalog.apply(look(*(claim(ref) for ref in refs)), actor="ana")

    assert [each.ref for each in catalog.entities()] == sorted(refs)
    assert [each.ref for each in catalog.entities("api")] == sorted(refs)[:2]
    assert list(catalog.entities("nonsense")) == []
