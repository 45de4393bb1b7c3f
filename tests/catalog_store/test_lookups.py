"""Relations and aliases, derived from what was stitched."""

from __future__ import annotations

from dataclasses import replace

from catalog_store.catalog import Catalog
from catalog_store.lookups import Relation
from domain.entities import RELATION_FIELDS
from domain.refs import Ref
from tests.catalog_store.test_apply import PAY, claim, look

BANK = Ref("component", "default", "bank")


def test_relations_are_in_canonical_direction_whichever_end_states_them(catalog: Catalog) -> None:
    catalog.apply(
        look(claim(dependsOn=[str(BANK)]), claim(BANK, dependencyOf=[str(PAY), "component:default/shop"])),
        actor="ana",
    )
    both = Relation(str(PAY), "dependsOn", str(BANK))
    assert catalog.relations(PAY) == (both,)
    assert catalog.relations(BANK) == (both, Relation("component:default/shop", "dependsOn", str(BANK)))
    # An end that nobody described has its relations too.
    assert catalog.relations(Ref("component", "default", "shop")) == (
        Relation("component:default/shop", "dependsOn", str(BANK)),
    )


def test_every_relation_field_states_its_relation(catalog: Catalog) -> None:
    other = "group:default/other"
    stated = {Ref("component", "default", name.lower()): field for name, field in RELATION_FIELDS.items()}
    catalog.apply(
        look(
            *(
                replace(claim(ref), fields={field.field: [other] if field.many else other})
                for ref, field in stated.items()
            )
        ),
        actor="ana",
    )
    for ref, field in stated.items():
        ends = (other, str(ref)) if field.inverted else (str(ref), other)
        assert catalog.relations(ref) == (Relation(ends[0], field.relation, ends[1]),)


def test_relations_follow_the_stitched_entity_and_not_the_losing_claim(catalog: Catalog) -> None:
    catalog.apply(look(claim(owner="group:default/a")), actor="ana")
    catalog.apply(look(claim(owner="group:default/b", dependsOn=[str(BANK)]), source="csv"), actor="ana")
    assert catalog.relations(PAY) == (
        Relation(str(PAY), "dependsOn", str(BANK)),
        Relation(str(PAY), "ownedBy", "group:default/a"),
    )
    catalog.apply(look(claim(owner="group:default/c")), actor="ana")
    catalog.apply(look(claim(), source="csv"), actor="ana")
    assert catalog.relations(PAY) == (Relation(str(PAY), "ownedBy", "group:default/c"),)


def test_aliases_lead_to_all_that_have_them_and_go_with_the_claim(catalog: Catalog) -> None:
    catalog.apply(
        look(claim(aliases=("github:acme/pay", "money")), claim(BANK, aliases=("money",))), actor="a"
    )
    assert catalog.known_as("money") == (BANK, PAY)
    assert catalog.known_as("GitHub:acme/Pay") == (PAY,)
    assert catalog.known_as("pay") == ()

    catalog.apply(look(claim(aliases=("github:acme/pay2",))), actor="a")
    assert catalog.known_as("money") == (BANK,)
    assert catalog.known_as("github:acme/pay") == ()
