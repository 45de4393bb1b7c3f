"""Histories are read alike on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from catalog_store.catalog import Catalog
from domain.audit import Acts
from tests.catalog_store.sightings import component, declared, sees


def test_one_thing_and_everything(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a", tier="1"), declared("b"))
    sees(catalog, "backstage", declared("a", tier="2"), declared("b"), day=1)
    found = catalog.audited(component("a"), None, 1, 0)
    assert (found.total, [act.kind for act in found.acts]) == (2, ["changed"])
    assert [(each.field, each.before, each.after) for each in found.acts[0].fields] == [("tier", "1", "2")]
    assert [act.kind for act in catalog.audited(component("a"), None, 9, 1).acts] == ["created"]
    everything = catalog.audited(None, None, 9, 0)
    assert [(act.change_set, [ref.name for _, ref in act.examples]) for act in everything.acts] == [
        (2, ["a"]), (1, ["a", "b"]),
    ]  # fmt: skip
    assert catalog.audited(None, datetime.now(UTC) + timedelta(days=1), 9, 0) == Acts((), 0)
    assert catalog.audited(component("zebra"), None, 9, 0) == Acts((), 0)


def test_what_was_merged_is_in_the_history_of_what_stayed(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a"), declared("b"))
    catalog.merge(component("a"), component("b"), actor="ana")
    assert {act.ref for act in catalog.audited(component("a"), None, 9, 0).acts} == {
        component("a"),
        component("b"),
    }
