"""Which workloads are one service, in which environment, and what it is called."""

from __future__ import annotations

import pytest

from integrations.kubernetes.environments import Environments, bare_namespace, take_apart
from integrations.kubernetes.facts import Workload
from integrations.kubernetes.grouping import Group, group

NAME, INSTANCE = "app.kubernetes.io/name", "app.kubernetes.io/instance"
ID = "backstage.io/kubernetes-id"


def deployment(name: str, namespace: str = "shop") -> Workload:
    return Workload("Deployment", namespace, name)


def labelled(name: str, labels: dict[str, str], namespace: str = "shop") -> Workload:
    return Workload("Deployment", namespace, name, labels)


def grouped(*workloads: Workload, cluster: str = "prod", **patterns: str) -> list[Group]:
    return list(group(workloads, Environments(patterns, cluster), [ID]))


def paths(*workloads: Workload, cluster: str = "prod") -> list[str]:
    return [each.path for each in grouped(*workloads, cluster=cluster)]


@pytest.mark.parametrize(
    ("name", "base", "environment"),
    [
        ("payments-prod", "payments", "prod"),
        ("prod-payments", "payments", "prod"),
        ("payments-production", "payments", "prod"),
        ("payments-live", "payments", "prod"),
        ("payments-prod-eu", "payments-eu", "prod"),
        ("payments-stg", "payments", "staging"),
        ("payments-stage2", "payments", "staging"),
        ("payments-qa", "payments", "test"),
        ("dev-payments", "payments", "dev"),
        ("preview-pr-123", "", "preview"),
        ("payments-preview-pr-7", "payments", "preview"),
        ("payments-pr-7-preview", "payments", "preview"),
        ("payments", "payments", ""),
        ("my-dev-portal", "my-dev-portal", ""),
        ("product-catalog", "product-catalog", ""),
        ("staging", "", "staging"),
        ("Payments_Prod", "payments", "prod"),
    ],
)
def test_a_name_is_taken_apart(name: str, base: str, environment: str) -> None:
    named = take_apart(name)

    assert (named.base, named.environment) == (base, environment)


def test_the_environment_comes_from_the_namespace_then_the_cluster_then_the_name() -> None:
    environments = Environments({"green-*": "prod"}, "eu-staging")

    assert environments.of("payments-qa", "pay-prod") == "test"
    assert environments.of("green-shop", "pay") == "prod"
    assert environments.of("payments", "pay-prod") == "staging"
    assert Environments({}, "eu").of("payments", "pay-prod") == "prod"
    assert Environments({}, "eu").of("payments", "pay") == ""
    assert Environments({"eu": "prod"}, "eu").of("payments", "pay") == "prod"


def test_a_namespace_that_is_an_environment_and_nothing_else_has_no_name() -> None:
    assert bare_namespace("prod") == "-"
    assert paths(deployment("pay", "prod"), deployment("pay", "staging")) == ["-#pay"]


def test_what_it_says_itself_goes_before_its_labels_and_its_name() -> None:
    assert paths(
        labelled("checkout-web", {ID: "Checkout", NAME: "web"}),
        labelled("checkout-jobs", {NAME: "checkout"}),
        labelled("other", {ID: "component:default/checkout"}),
    ) == ["shop#checkout"]


def test_an_annotation_on_the_pods_counts_too() -> None:
    pods = Workload("Deployment", "shop", "a", {}, {}, {ID: "b"})

    (only,) = grouped(pods)
    assert (only.name, only.explicit) == ("b", ("b",))


def test_an_id_that_is_no_name_is_passed_over() -> None:
    assert paths(labelled("cart", {ID: "a:b:c"}), labelled("pay", {ID: "  "})) == ["shop#cart", "shop#pay"]


def test_components_of_one_release_are_one_service() -> None:
    release = {NAME: "search", INSTANCE: "search-prod"}

    assert paths(labelled("search-api", release), labelled("search-worker", release)) == ["shop#search"]


def test_two_releases_of_one_chart_are_two_services() -> None:
    assert paths(
        labelled("cart-redis", {NAME: "redis", INSTANCE: "cart-redis"}),
        labelled("pay-redis", {NAME: "redis", INSTANCE: "pay"}),
    ) == ["shop#cart-redis", "shop#pay-redis"]


def test_a_name_loses_the_environment_that_it_is_in_and_no_other() -> None:
    assert paths(
        deployment("pay-prod"), deployment("prod-cart"), deployment("load-test"), deployment("test-runner")
    ) == ["shop#cart", "shop#load-test", "shop#pay", "shop#test-runner"]


def test_services_of_one_name_in_two_namespaces_are_two() -> None:
    assert paths(deployment("api", "a"), deployment("api", "b")) == ["a#api", "b#api"]


def test_production_comes_first() -> None:
    (only,) = grouped(
        deployment("pay", "shop-dev"),
        deployment("pay", "shop-prod"),
        deployment("pay", "shop-staging"),
        cluster="eu",
    )

    assert [each.environment for each in only.workloads] == ["prod", "dev", "staging"]


def test_a_name_without_a_letter_still_is_one() -> None:
    assert paths(labelled("---", {NAME: "…"})) == ["shop#workload"]
