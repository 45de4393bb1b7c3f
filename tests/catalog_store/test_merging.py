"""Two entities that a person made one: they stay one, whatever sources say afterwards."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.errors import UndoRefused
from tests.catalog_store.sightings import (
    DAY,
    component,
    declared,
    known,
    leads_to,
    refs,
    repository,
    sees,
    workload,
)


def test_whoever_declares_a_merged_name_anew_means_the_one_that_stayed(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a"), declared("b"))
    catalog.merge(component("a"), component("b"), actor="ana")
    sees(catalog, "csv", declared("b", tier="1"), day=1)

    assert refs(catalog) == ["component:a"]
    assert known(catalog, "a").entity.fields["tier"] == "1"


def test_a_merge_into_what_was_merged_itself_is_followed_to_the_end(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a"), declared("b"), declared("c"))
    catalog.merge(component("b"), component("c"), actor="ana")
    catalog.merge(component("a"), component("b"), actor="ana")
    sees(catalog, "csv", declared("c", tier="1"), day=1)
    sees(catalog, "prod", workload("w", "c", hosts=["c.x"]), day=1)

    assert refs(catalog) == ["component:a"]
    assert known(catalog, "a").entity.fields["hosts"] == ["c.x"]


def test_the_file_of_one_half_may_go(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a", tier="1"), declared("b", tier="2"))
    catalog.merge(component("a"), component("b"), actor="ana")
    sees(catalog, "backstage", declared("b", tier="2"), day=1)

    assert known(catalog, "a").entity.vanished_at is None
    assert known(catalog, "a").entity.fields["tier"] == "2"
    catalog.retire("backstage", DAY[2], actor="grace")
    assert refs(catalog) == ["component:a"]
    assert leads_to(catalog, "b") == ["component:a"]

    sees(catalog, "backstage", day=3)
    assert known(catalog, "a").entity.vanished_at == DAY[3]
    assert catalog.retire("backstage", DAY[4], actor="grace").counts["retired"] == 1
    assert refs(catalog) == []


def test_a_merge_that_was_undone_leaves_two_that_sources_go_on_with(catalog: Catalog) -> None:
    both = (declared("a", tier="1"), declared("b", tier="2"))
    sees(catalog, "backstage", *both)
    merged = catalog.merge(component("a"), component("b"), actor="ana")
    assert merged.number is not None
    catalog.undo(merged.number, actor="ana")
    assert sees(catalog, "backstage", *both, day=1) == {"unchanged": 2}
    sees(catalog, "csv", declared("b", lifecycle="production"), day=1)

    assert refs(catalog) == ["component:a", "component:b"]
    assert known(catalog, "b").entity.fields["lifecycle"] == "production"


def test_a_merge_on_which_a_source_built_is_not_undone(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a"), declared("b"))
    merged = catalog.merge(component("a"), component("b"), actor="ana")
    sees(catalog, "github", repository("R1", "acme/b"), day=1)
    assert merged.number is not None
    with pytest.raises(UndoRefused, match="changed component:a since"):
        catalog.undo(merged.number, actor="ana")
