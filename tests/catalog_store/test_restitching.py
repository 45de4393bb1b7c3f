"""The company believes its sources in another order than before: everything is stitched anew, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog_store.catalog import Catalog
from catalog_store.trust import Precedence
from domain.errors import UndoRefused
from tests.catalog_store.sightings import declared, known, leads_to, refs, repository, sees

Opened = Callable[..., Catalog]


@pytest.fixture
def opened(database_url: str) -> Opened:
    """Open the same database with an order of trust."""

    def open_with(*first: str, **fields: tuple[str, ...]) -> Catalog:
        return Catalog.open(database_url, precedence=Precedence.preferring(first, fields))

    return open_with


def test_a_new_order_of_trust_decides_anew_once(opened: Opened) -> None:
    with opened() as catalog:
        assert catalog.restitch() is not None
        sees(catalog, "backstage", declared("pay", tier="1"), declared("alone", tier="1"))
        sees(catalog, "csv", declared("pay", tier="2"))
        assert catalog.restitch() is None
        assert known(catalog, "pay").entity.fields["tier"] == "1"

    with opened("csv") as catalog:
        made = catalog.restitch()
        assert made is not None
        assert (made.number, made.source, made.actor) == (3, "idp", "precedence")
        assert [(each.ref.name, each.fields[0].after) for each in made.changes] == [("pay", "2")]
        assert known(catalog, "pay").entity.fields["tier"] == "2"
        assert catalog.restitch() is None
        assert catalog.version() == 3

    with opened(tier=("backstage",)) as catalog:
        catalog.restitch()
        assert known(catalog, "pay").entity.fields["tier"] == "1"


def test_an_order_that_decides_nothing_else_is_no_change(opened: Opened) -> None:
    with opened() as catalog:
        sees(catalog, "backstage", declared("pay", tier="1"))
    with opened("csv") as catalog:
        made = catalog.restitch()
        assert made is not None
        assert (made.number, made.changes) == (None, ())
        assert catalog.version() == 1
        assert catalog.restitch() is None


def test_who_names_a_thing_may_change_with_it_and_the_old_name_answers(opened: Opened) -> None:
    with opened() as catalog:
        sees(catalog, "backstage", declared("a", "github:acme/x"), declared("b"))
        sees(catalog, "csv", declared("z", "github:acme/x", id="7"))
        catalog.merge(known(catalog, "a").entity.ref, known(catalog, "z").entity.ref, actor="ana")
        sees(catalog, "github", repository("R1", "acme/b"), repository("R2", "labs/b"))
        assert refs(catalog) == ["component:a", "component:b", "component:labs/b"]
    with opened("csv") as catalog:
        catalog.restitch()
        assert refs(catalog) == ["component:a", "component:b", "component:labs/b"], (
            "what people decided stays"
        )


def test_the_name_follows_the_most_trusted_declaration(opened: Opened) -> None:
    with opened() as catalog:
        sees(catalog, "files", declared("pay", id="f"))
        sees(catalog, "csv", declared("pay", id="c"))
        sees(catalog, "csv", declared("payments", id="c"), day=1)
        assert refs(catalog) == ["component:payments"]
    with opened("files") as catalog:
        catalog.restitch()
        assert refs(catalog) == ["component:pay"]
        assert leads_to(catalog, "payments") == ["component:pay"]
        assert catalog.restitch() is None


def test_what_followed_from_the_order_is_not_undone(opened: Opened) -> None:
    with opened() as catalog:
        sees(catalog, "backstage", declared("pay", tier="1"))
        sees(catalog, "csv", declared("pay", tier="2"))
    with opened("csv") as catalog:
        made = catalog.restitch()
        assert made is not None
        assert made.number is not None
        with pytest.raises(UndoRefused, match="new order of trust") as caught:
            catalog.undo(made.number, actor="ana")
        assert "idp.yaml" in caught.value.hint
        catalog.undo(2, actor="ana")
        assert known(catalog, "pay").entity.fields["tier"] == "1"


def test_more_than_a_page_is_stitched_anew(opened: Opened) -> None:
    many = range(1_050)
    with opened() as catalog:
        sees(catalog, "backstage", *(declared(f"c{each}", tier="1") for each in many))
        sees(catalog, "csv", *(declared(f"c{each}", tier="2") for each in many))
    with opened("csv") as catalog:
        made = catalog.restitch()
        assert made is not None
        assert made.counts["changed"] == len(many)
        assert {each.fields["tier"] for each in catalog.entities()} == {"2"}
