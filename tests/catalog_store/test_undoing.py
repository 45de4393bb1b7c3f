"""Change sets taken back, and the catalog as of a day."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.errors import UndoRefused
from tests.catalog_store.sightings import DAY, component, declared, known, leads_to, refs, repository, sees


def test_undo_brings_back_what_was(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", tier="1"), repository("R2", "acme/b"))
    sees(catalog, "github", repository("R1", "acme/z", tier="2"), repository("R3", "acme/c"), day=1)
    assert refs(catalog) == ["component:b", "component:c", "component:z"]

    undone = catalog.undo(2, actor="ana")

    assert (undone.number, undone.undoes, undone.source) == (3, 2, "github")
    assert refs(catalog) == ["component:a", "component:b"]
    assert known(catalog, "a").entity.fields["tier"] == "1"
    assert known(catalog, "b").entity.vanished_at is None
    assert leads_to(catalog, "z") == []


def test_an_undone_change_can_be_made_again_and_an_undo_undone(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", tier="1"))
    second = repository("R1", "acme/a", tier="2")
    sees(catalog, "github", second, day=1)
    catalog.undo(2, actor="ana")
    catalog.undo(3, actor="ana")
    assert known(catalog, "a").entity.fields["tier"] == "2"
    catalog.undo(4, actor="ana")
    assert sees(catalog, "github", second, day=2) == {"changed": 1}


def test_undo_refuses_when_later_changes_build_on_it(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a"), repository("R2", "acme/b"))
    sees(catalog, "backstage", declared("a", tier="1"), day=1)
    sees(catalog, "backstage", declared("a", tier="2"), day=2)
    with pytest.raises(UndoRefused, match=r"#1 cannot be undone: #3, #2 changed component:a since") as caught:
        catalog.undo(1, actor="ana")
    assert caught.value.hint == "Undo #3, #2 first, in that order."

    catalog.undo(3, actor="ana")
    assert known(catalog, "a").entity.fields["tier"] == "1"


def test_undo_twice_and_undo_of_nothing_say_so(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a"))
    catalog.undo(1, actor="ana")
    with pytest.raises(UndoRefused, match="#1 was undone by #2 already"):
        catalog.undo(1, actor="ana")
    with pytest.raises(UndoRefused, match="there is no change set #7"):
        catalog.undo(7, actor="ana")
    assert refs(catalog) == []


def test_a_merge_can_be_undone(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a", tier="1"), declared("b", tier="2"))
    merged = catalog.merge(component("a"), component("b"), actor="ana")
    assert merged.number is not None
    assert refs(catalog) == ["component:a"]
    catalog.undo(merged.number, actor="ana")
    assert refs(catalog) == ["component:a", "component:b"]
    assert known(catalog, "b").entity.fields["tier"] == "2"


def test_the_catalog_answers_as_of_a_day(database_url: str) -> None:
    now = DAY[0]
    with Catalog.open(database_url, clock=lambda: now) as catalog:
        sees(catalog, "backstage", declared("a", owner="group:default/first"))
        now = DAY[2]
        sees(catalog, "backstage", declared("a", owner="group:default/second"), day=2)
        now = DAY[4]
        sees(catalog, "backstage", declared("a", owner="group:default/third"), declared("late"), day=4)

        def owner(day: int, name: str = "a") -> list[tuple[object, str]] | None:
            record = catalog.record_as_of(component(name), DAY[day])
            return (
                None if record is None else [(each.value, each.source) for each in record.facts_on("owner")]
            )

        assert owner(1) == [("group:default/first", "backstage")]
        assert owner(3) == [("group:default/second", "backstage")]
        assert owner(5) == [("group:default/third", "backstage")]
        assert catalog.record_as_of(component("late"), DAY[3]) is None
        assert catalog.record_as_of(component("never"), DAY[3]) is None


def test_a_day_before_it_was_retired_is_answered_under_its_name(database_url: str) -> None:
    now = DAY[0]
    with Catalog.open(database_url, clock=lambda: now) as catalog:
        sees(catalog, "github", repository("R1", "acme/a", owner="group:default/x"))
        now = DAY[1]
        sees(catalog, "github", day=1)
        now = DAY[9]
        catalog.retire("github", DAY[8], actor="grace")

        then = catalog.record_as_of(component("a"), DAY[0])
        assert then is not None
        assert then.entity.fields["owner"] == "group:default/x"
        assert then.entity.vanished_at is None
        assert catalog.record_as_of(component("a"), DAY[9]) is None
