"""Who owns a service by what its labels, its namespaces and OpenShift say."""

from __future__ import annotations

import pytest

from integrations.kubernetes.environments import Environments
from integrations.kubernetes.facts import Place, Workload
from integrations.kubernetes.grouping import Group, group
from integrations.kubernetes.options import KubernetesOptions
from integrations.kubernetes.owners import by_namespace, by_workloads, owner_ref

KEYS = KubernetesOptions().owner_labels
REQUESTER = "openshift.io/requester"


def service(*workloads: Workload) -> Group:
    (only,) = group(workloads, Environments({}, "eu"), [])
    return only


def pay(namespace: str = "shop-prod", **labels: str) -> Workload:
    return Workload("Deployment", namespace, "pay", labels)


@pytest.mark.parametrize(
    ("value", "owner"),
    [
        ("payments", "group:default/payments"),
        ("Team Payments", "group:default/team-payments"),
        ("@acme/payments", "group:default/payments"),
        ("group:money/payments", "group:money/payments"),
        ("user:ana", "user:default/ana"),
        ("ana.silva@acme.com", "user:default/ana.silva"),
        ("component:pay", ""),
        ("a:b:c", ""),
        ("unknown", ""),
        ("N/A", ""),
        ("  ", ""),
    ],
)
def test_a_value_names_a_team_unless_it_says_otherwise(value: str, owner: str) -> None:
    assert owner_ref(value) == owner


def test_production_decides_and_the_others_are_said() -> None:
    evidence = by_workloads(service(pay("shop-dev", team="interns"), pay(team="payments")), KEYS)

    assert evidence is not None
    assert (evidence.owner, evidence.grounds.confidence) == ("group:default/payments", 0.5)
    assert evidence.grounds.reason == (
        "label team=payments on deployment shop-prod/pay in prod; "
        "other workloads of it say group:default/interns"
    )


def test_a_label_goes_before_an_annotation_and_team_before_owner() -> None:
    both = Workload("Deployment", "shop", "pay", {"owner": "a"}, {"team": "b", "owner": "c"})
    pods = Workload("Deployment", "shop", "pay", {}, {}, {"team": "d"})

    assert by_workloads(service(both), ["team", "owner"]).owner == "group:default/b"  # type: ignore[union-attr]
    assert by_workloads(service(both), ["owner"]).owner == "group:default/a"  # type: ignore[union-attr]
    assert by_workloads(service(pods), KEYS).owner == "group:default/d"  # type: ignore[union-attr]


def test_a_pattern_takes_a_companys_own_prefix() -> None:
    own = Workload("Deployment", "shop", "pay", {"acme.com/team": "payments"})

    evidence = by_workloads(service(own), ["*/team"])

    assert evidence is not None
    assert evidence.grounds.reason == "label acme.com/team=payments on deployment shop/pay"


def test_who_deploys_it_is_no_owner() -> None:
    helm = Workload("Deployment", "shop", "pay", {"app.kubernetes.io/managed-by": "Helm", "owner": "helm"})

    assert by_workloads(service(helm), KEYS) is None


def test_a_namespaces_label_goes_before_who_requested_it() -> None:
    places = {"shop-prod": Place("shop-prod", {"owner": "shop"}, {REQUESTER: "ana@acme.com"})}
    asked = {"shop-prod": Place("shop-prod", {}, {REQUESTER: "ana@acme.com"})}
    by_robot = {"shop-prod": Place("shop-prod", {}, {REQUESTER: "system:serviceaccount:ci:deployer"})}

    labelled = by_namespace(service(pay()), places, KEYS)
    requested = by_namespace(service(pay()), asked, KEYS)

    assert labelled is not None
    assert requested is not None
    assert (labelled.owner, requested.owner) == ("group:default/shop", "user:default/ana")
    assert labelled.grounds.confidence > requested.grounds.confidence
    assert requested.grounds.reason == "ana@acme.com requested project shop-prod"
    assert by_namespace(service(pay()), by_robot, KEYS) is None
    assert by_namespace(service(pay()), {}, KEYS) is None
