"""What calls what within a cluster, by the addresses in its configuration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from catalog_store.search.index import CatalogIndex
from domain.entities import Claim, Standing
from domain.refs import parse_ref
from integrations.kubernetes.addresses import calls
from tests.catalog_store.sightings import declared, sees
from tests.integrations.kubernetes.conftest import World
from workflows.ports import Look, Task

Serve = Callable[..., World]

MONEY: dict[str, Any] = {
    "checkout": {
        "apps": [
            {
                "name": "checkout", "image": "checkout:1", "service": True,
                "env": {
                    "LEDGER_URL": "http://ledger.money-prod.svc.cluster.local:8080/v2",
                    "CART_HOST": "cart",
                    "LOG_LEVEL": "cart",
                    "SHOP_URL": "https://shop.example.com",
                },
            },
            {"name": "cart", "image": "cart:1", "service": True},
        ]
    },
    "money-prod": {"apps": [{"name": "ledger", "image": "ledger:1", "service": True}]},
}  # fmt: skip


def template(value: str, name: str = "TARGET_URL") -> dict[str, Any]:
    return {"spec": {"containers": [{"name": "main", "env": [{"name": name, "value": value}]}]}}


@pytest.mark.parametrize(
    ("name", "value", "services"),
    [
        ("URL", "http://pay", ["shop/pay"]),
        ("URL", "http://pay:8080/v1", ["shop/pay"]),
        ("URL", "http://pay.money/v1?x=1", ["money/pay"]),
        ("URL", "HTTPS://Pay.Money.svc.cluster.local", ["money/pay"]),
        ("DATABASE_URL", "postgres://idp:s3cret@db.data.svc:5432/pay", ["data/db"]),
        ("KAFKA_BROKERS", "kafka-0.kafka:9092,broker:9092", ["kafka/kafka-0", "shop/broker"]),
        ("PAY_HOST", "pay", ["shop/pay"]),
        ("PAY_ADDR", "pay.money.svc", ["money/pay"]),
        ("NAMES", "pay.money.svc", ["money/pay"]),
        ("LOG_LEVEL", "pay", []),
        ("URL", "https://api.stripe.com/v1", []),
        ("IMAGE", "registry.acme.com/pay:1234", []),
        ("TIME", "12:30", []),
        ("WORDS", "note: pay:8080.5 and so on", []),
        ("URL", "", []),
        ("URL", "http://", []),
    ],
)
def test_which_services_a_value_names(name: str, value: str, services: list[str]) -> None:
    found = calls(template(value, name), "shop")

    assert ["/".join(each.service) for each in found] == services
    assert {each.variable for each in found} <= {name}
    assert "s3cret" not in repr(found)


def test_arguments_are_read_too_and_what_is_no_text_is_not() -> None:
    odd = {
        "spec": {
            "containers": [
                {"args": ["--upstream=http://pay:80", 7, None], "env": [{"name": "A", "valueFrom": {}}, None]}
            ]
        }
    }

    assert [(each.variable, each.service) for each in calls(odd, "shop")] == [("its args", ("shop", "pay"))]
    assert calls({"spec": {"containers": None}}, "shop") == ()


def needs(look: Look) -> dict[str, Claim]:
    return {
        each.key: each for found in look.snapshots if found.source.endswith("/calls") for each in found.claims
    }


def test_what_a_service_is_configured_with_is_what_it_depends_on(serve: Serve) -> None:
    look = serve(name="prod", namespaces=MONEY).source().fetch()

    (claim,) = needs(look).values()
    assert claim.key == "prod/checkout#checkout"
    assert claim.standing is Standing.REMARK
    assert claim.fields == {"dependsOn": ["component:default/cart", "component:default/ledger"]}
    grounds = claim.grounds["dependsOn"]
    assert grounds.confidence == 0.7
    assert grounds.reason == (
        "LEDGER_URL names service money-prod/ledger; CART_HOST names service checkout/cart"
    )


def test_a_look_at_one_namespace_sees_the_same_needs(serve: Serve) -> None:
    world = serve(name="prod", namespaces=MONEY)

    whole, part = world.source().fetch(), world.source().fetch(Task(only=("prod/checkout",)))

    assert needs(part) == needs(whole)
    assert {each.key for each in part.snapshots[0].claims} == {
        "prod/checkout#checkout",
        "prod/checkout#cart",
    }


def test_of_two_services_with_one_name_neither_is_guessed(serve: Serve) -> None:
    two = {**MONEY, "books": {"apps": [{"name": "ledger", "image": "ledger:9", "service": True}]}}

    (claim,) = needs(serve(name="prod", namespaces=two).source().fetch()).values()

    assert claim.fields == {"dependsOn": ["component:default/cart"]}


def test_the_catalog_has_the_edge_between_declared_services_with_its_source(
    serve: Serve, catalog: Catalog
) -> None:
    sees(catalog, "backstage", declared("Checkout"), declared("Ledger"))
    for snapshot in serve(name="prod", namespaces=MONEY).source().fetch().snapshots:
        catalog.apply(snapshot, actor="test")

    index = CatalogIndex.build(catalog.entities(), 1)
    checkout = index.node(parse_ref("component:default/checkout"))
    assert checkout is not None
    assert [str(index.ref(each)) for each in index.related(checkout, "dependsOn").tolist()] == [
        "component:default/cart",
        "component:default/ledger",
    ]
    record = catalog.record(parse_ref("component:default/checkout"))
    assert record is not None
    (fact,) = record.facts_on("dependsOn")
    assert (fact.source, fact.wins) == ("prod/calls", True)


def test_a_remark_finds_its_own_workload_where_two_have_one_name(serve: Serve, catalog: Catalog) -> None:
    named = {
        team: {"labels": {"team": team}, "apps": [{"name": "web", "image": f"{team}:1"}]}
        for team in ("books", "games")
    }
    for snapshot in serve(name="prod", namespaces=named).source().fetch().snapshots:
        catalog.apply(snapshot, actor="test")

    owners = {
        str(each.fields["owner"]): each.fields["workloads"][0]["namespace"]  # type: ignore[index]
        for each in catalog.entities("component")
    }
    assert owners == {"group:default/books": "books", "group:default/games": "games"}
