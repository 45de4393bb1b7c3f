"""Which claims are about one thing: across sources, through renames, and where a name is not enough."""

from __future__ import annotations

from dataclasses import replace

from catalog_store.catalog import Catalog
from domain.entities import Claim
from tests.catalog_store.sightings import (
    DAY,
    component,
    declared,
    known,
    leads_to,
    refs,
    remark,
    repository,
    sees,
    workload,
)


def test_two_sources_that_see_one_service_give_one_entity(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("payments", "github:acme/pay", owner="group:default/pay"))
    sees(catalog, "github", repository("R1", "acme/pay", language="Go"))
    sees(catalog, "prod", workload("prod/pay/payments", "payments", hosts=["pay.acme.example"]))

    assert refs(catalog) == ["component:payments"]
    fields = known(catalog, "payments").entity.fields
    assert (fields["owner"], fields["language"]) == ("group:default/pay", "Go")
    assert fields["hosts"] == ["pay.acme.example"]


def test_the_order_of_sources_does_not_matter(catalog: Catalog) -> None:
    sees(catalog, "prod", workload("prod/pay/payments", "payments"))
    sees(catalog, "github", repository("R1", "acme/pay"))
    assert refs(catalog) == ["component:pay", "component:payments"]

    sees(catalog, "backstage", declared("payments", "github:acme/pay"))
    assert refs(catalog) == ["component:payments"]
    assert leads_to(catalog, "pay") == ["component:payments"]


def test_a_declaration_takes_over_what_was_only_seen_and_the_seen_name_goes_on_answering(
    catalog: Catalog,
) -> None:
    sees(catalog, "github", repository("R1", "acme/pay"))
    counts = sees(catalog, "backstage", declared("payments", "github:acme/pay"), day=1)

    assert counts == {"changed": 1}
    assert refs(catalog) == ["component:payments"]
    assert leads_to(catalog, "pay") == ["component:payments"]
    assert leads_to(catalog, "component:default/pay") == ["component:payments"]


def test_a_renamed_repository_is_followed_and_its_old_name_answers(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/stock"), repository("R2", "acme/other"))
    counts = sees(
        catalog, "github", repository("R1", "acme/inventory"), repository("R2", "acme/other"), day=1
    )

    assert counts == {"changed": 1, "unchanged": 1}
    assert refs(catalog) == ["component:inventory", "component:other"]
    for old in ("stock", "component:default/stock", "github:acme/stock"):
        assert leads_to(catalog, old) == ["component:inventory"]
    change = catalog.change_sets(1)[0].changes[0]
    assert ("ref", "component:default/stock", "component:default/inventory") in [
        (each.field, each.before, each.after) for each in change.fields
    ]


def test_two_that_exchange_their_names_exchange_their_names(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", tier="1"), repository("R2", "acme/b", tier="2"))
    sees(catalog, "github", repository("R1", "acme/b", tier="1"), repository("R2", "acme/a", tier="2"), day=1)

    assert known(catalog, "b").entity.fields["tier"] == "1"
    assert known(catalog, "a").entity.fields["tier"] == "2"


def test_a_new_repository_under_an_old_name_is_another_thing(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/pay"))
    sees(catalog, "github", repository("R1", "acme/payments"), repository("R2", "acme/pay"), day=1)

    assert refs(catalog) == ["component:pay", "component:payments"]
    assert known(catalog, "pay").entity.fields["repository"] == "acme/pay"


def test_a_repository_that_was_made_anew_is_the_same_thing(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/pay"))
    sees(catalog, "github", repository("R9", "acme/pay"), day=1)
    assert refs(catalog) == ["component:pay"]


def test_two_repositories_of_one_name_are_two_things(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/pay"), repository("R2", "labs/pay"))
    assert refs(catalog) == ["component:pay", "component:labs/pay"]


def test_a_name_that_became_free_is_taken_with_the_next_change_and_not_with_everyday_work(
    catalog: Catalog,
) -> None:
    def pushed(day: str) -> Claim:
        claim = repository("R2", "labs/pay", tier="1")
        return replace(claim, fields={**claim.fields, "repo.pushed_at": f"{day}T00:00:00+00:00"})

    second = pushed("2025-03-01")
    sees(catalog, "github", repository("R1", "acme/pay"), second)
    sees(catalog, "github", second, day=1)
    catalog.retire("github", DAY[2], actor="grace")

    assert sees(catalog, "github", pushed("2025-03-09"), day=3) == {"unchanged": 1}
    assert refs(catalog) == ["component:labs/pay"]

    sees(catalog, "github", repository("R2", "labs/pay", tier="2"), day=4)
    assert refs(catalog) == ["component:pay"]
    assert leads_to(catalog, "component:labs/pay") == ["component:pay"]


def test_a_name_that_two_declare_is_nobodys(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("shop/api"), declared("pay/api"))
    sees(catalog, "prod", workload("prod/x/api", "api"))
    assert refs(catalog) == ["component:api", "component:pay/api", "component:shop/api"]


def test_names_are_compared_without_their_spelling(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("payments-api"))
    sees(catalog, "prod", workload("prod/x/PaymentsApi", "payments_api"))
    assert refs(catalog) == ["component:payments-api"]


def test_an_explicit_word_is_surer_than_a_name_and_can_be_corrected(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("payments"), declared("refunds"))
    sees(catalog, "prod", workload("w1", "payments", same_as=("component:default/refunds",), hosts=["a"]))
    assert "hosts" in known(catalog, "refunds").entity.fields

    sees(
        catalog,
        "prod",
        workload("w1", "payments", same_as=("component:default/payments",), hosts=["a"]),
        day=1,
    )
    assert "hosts" not in known(catalog, "refunds").entity.fields
    assert known(catalog, "payments").entity.fields["hosts"] == ["a"]


def test_what_is_named_may_come_after_who_names_it(catalog: Catalog) -> None:
    worker = workload("w1", "pay-worker", same_as=("component:default/payments",), hosts=["a"])
    sees(catalog, "prod", worker)
    sees(catalog, "backstage", declared("payments"), declared("other"))
    assert refs(catalog) == ["component:other", "component:pay-worker", "component:payments"]

    assert sees(catalog, "prod", worker, day=1) == {"changed": 1, "retired": 1}
    assert refs(catalog) == ["component:other", "component:payments"]
    assert known(catalog, "payments").entity.fields["hosts"] == ["a"]
    assert leads_to(catalog, "pay-worker") == ["component:payments"]
    assert sees(catalog, "prod", worker, day=2) == {"unchanged": 1}


def test_what_names_something_that_is_only_seen_is_not_taken_there_by_a_look_that_says_the_same(
    catalog: Catalog,
) -> None:
    both = (workload("w1", "odd", same_as=("component:default/pay",)), workload("w2", "pay"))
    sees(catalog, "prod", *both)
    assert sees(catalog, "prod", *both, day=1) == {"unchanged": 2}


def test_a_name_of_what_was_renamed_or_retired_goes_on_being_understood(catalog: Catalog) -> None:
    worker = workload("w1", "pay-worker", same_as=("component:default/pay",), hosts=["a"])
    sees(catalog, "files", declared("pay", id="f1"))
    sees(catalog, "prod", worker)
    sees(catalog, "files", declared("payments", id="f1"), day=1)
    assert sees(catalog, "prod", worker, day=1) == {"unchanged": 1}
    assert refs(catalog) == ["component:payments"]

    sees(catalog, "files", day=2)
    catalog.retire("files", DAY[3], actor="grace")
    assert sees(catalog, "prod", worker, day=3) == {"unchanged": 1}
    assert refs(catalog) == ["component:pay-worker"]


def test_several_workloads_of_one_service_are_all_shown(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("payments"))
    sees(
        catalog,
        "prod",
        *(
            workload(f"w{n}", f"pay-{n}", same_as=("component:default/payments",), hosts=[f"{n}.x"])
            for n in "ab"
        ),
    )
    assert known(catalog, "payments").entity.fields["hosts"] == ["a.x", "b.x"]


def test_a_remark_creates_nothing_and_goes_with_its_reason(catalog: Catalog) -> None:
    assert (
        sees(catalog, "github/topics", remark("R1", "component:default/pay", owner="group:default/x")) == {}
    )
    assert refs(catalog) == []

    sees(catalog, "backstage", declared("pay"))
    sees(catalog, "github/topics", remark("R1", "component:default/pay", owner="group:default/x"), day=1)
    assert known(catalog, "pay").entity.fields["owner"] == "group:default/x"

    sees(catalog, "github/topics", day=2)
    assert "owner" not in known(catalog, "pay").entity.fields


def test_a_remark_is_on_what_its_words_lead_to_today(catalog: Catalog) -> None:
    def told() -> dict[str, str]:
        return {each.ref.name: each.text("language") for each in catalog.entities() if each.text("language")}

    numbers = remark("jira/pay", "jira:pay", language="numbers")
    sees(catalog, "backstage", declared("one", "jira:pay"), declared("two"))
    sees(catalog, "jira", numbers)
    assert told() == {"one": "numbers"}

    sees(catalog, "backstage", declared("one"), declared("two", "jira:pay"), day=1)
    sees(catalog, "jira", numbers, day=1)
    assert told() == {"two": "numbers"}

    sees(catalog, "backstage", declared("one", "jira:pay"), declared("two", "jira:pay"), day=2)
    assert sees(catalog, "jira", numbers, day=2) == {"changed": 1}
    assert told() == {}  # of two it is about neither

    sees(catalog, "backstage", declared("one", "jira:pay"), declared("two"), day=3)
    sees(catalog, "jira", numbers, day=3)
    assert told() == {"one": "numbers"}

    sees(catalog, "backstage", declared("one"), declared("two"), day=4)
    sees(catalog, "jira", numbers, day=4)
    assert told() == {}
    assert sees(catalog, "jira", numbers, day=5) == {}


def test_a_declared_owner_beats_an_inferred_one_and_both_are_shown(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("pay", owner="group:default/declared"))
    sees(catalog, "github/topics", remark("R1", "component:default/pay", owner="group:default/topic"))
    facts = known(catalog, "pay").facts_on("owner")
    assert [(each.value, each.source, each.wins, each.confidence) for each in facts] == [
        ("group:default/declared", "backstage", True, 1.0),
        ("group:default/topic", "github/topics", False, 0.5),
    ]


def test_a_component_that_its_file_renames_is_followed(catalog: Catalog) -> None:
    def file_says(name: str, day: int) -> None:
        claim = declared(name, "github:acme/pay", id=f"R1#component:default/{name}")
        sees(catalog, "github/backstage", claim, day=day)

    file_says("pay", 0)
    file_says("payments", 1)
    assert refs(catalog) == ["component:payments"]
    assert leads_to(catalog, "pay") == ["component:payments"]


def test_what_was_merged_stays_merged(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("checkout-service", tier="1"))
    sees(catalog, "github", repository("R1", "acme/checkout-svc"))
    assert catalog.suggest([(component("checkout-service"), component("checkout-svc"), "near", 0.9)]) == 1
    [suggestion] = catalog.suggestions()
    merged = catalog.decide(suggestion.number, "merged", actor="ana")
    assert merged is not None

    assert refs(catalog) == ["component:checkout-service"]
    assert leads_to(catalog, "checkout-svc") == ["component:checkout-service"]
    sees(catalog, "github", repository("R1", "acme/checkout-svc", tier="2"), day=1)
    assert refs(catalog) == ["component:checkout-service"]
    assert catalog.suggestions() == []


def test_what_was_kept_apart_is_not_suggested_again(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("checkout-service"), declared("checkout-svc"))
    pair = (component("checkout-service"), component("checkout-svc"), "near", 0.9)
    catalog.suggest([pair])
    catalog.decide(1, "apart", actor="ana")
    assert catalog.suggest([pair, (pair[1], pair[0], "near", 0.9)]) == 0
    assert [each.state for each in catalog.suggestions(decided=True)] == ["apart"]
