"""One look at a cluster: what comes out for the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from domain.entities import EVERYTHING, Claim, Standing
from playground.vendors.kubernetes import Kubernetes
from tests.integrations.kubernetes.conftest import NOW, World
from workflows.ports import Look, Task

ACME = Path(__file__).parents[3] / "examples" / "acme" / "vendors" / "kubernetes.yaml"
Serve = Callable[..., World]

PAYMENTS: dict[str, Any] = {
    "payments-prod": {
        "labels": {"team": "payments"},
        "apps": [
            {
                "name": "payments-api",
                "image": "registry.acme.com/payments-api:2.41.0",
                "replicas": 3,
                "ready": 2,
                "labels": {"backstage.io/kubernetes-id": "payments-api", "team": "payments"},
                "expose": [{"host": "Pay.Acme.com"}],
            },
            {"name": "payouts", "kind": "CronJob", "image": "registry.acme.com/payouts@sha256:0f"},
        ],
    }
}


def by_id(look: Look, claimant: str = "prod") -> Mapping[str, Claim]:
    (snapshot,) = (each for each in look.snapshots if each.source == claimant)
    return {claim.id: claim for claim in snapshot.claims}


def names(look: Look, claimant: str = "prod") -> list[str]:
    return [claim.name for claim in by_id(look, claimant).values()]


def test_what_runs_becomes_components_with_hosts_replicas_and_versions(serve: Serve) -> None:
    look = serve(namespaces=PAYMENTS).source().fetch()

    api = by_id(look)["prod/payments#payments-api"]
    assert (api.name, api.kind, api.standing, api.scope) == (
        "payments-api", "Component", Standing.SEEN, "payments",
    )  # fmt: skip
    assert api.fields == {
        "workloads": [
            {
                "cluster": "prod",
                "namespace": "payments-prod",
                "kind": "Deployment",
                "name": "payments-api",
                "environment": "prod",
                "images": ["registry.acme.com/payments-api:2.41.0"],
            }
        ],
        "replicas": {"prod/payments-prod/Deployment/payments-api": {"desired": 3, "ready": 2}},
        "versions": {"prod/payments-prod/Deployment/payments-api": "2.41.0"},
        "environments": ["prod"],
        "hosts": ["pay.acme.com"],
        "routes": [
            {
                "cluster": "prod",
                "namespace": "payments-prod",
                "kind": "Ingress",
                "name": "payments-api",
                "host": "pay.acme.com",
                "path": "/",
            }
        ],
        "public": True,
    }
    assert api.aliases == (
        "pay.acme.com", "kubernetes:payments-api", "kubernetes:prod/payments#payments-api",
    )  # fmt: skip
    assert api.same_as == ("kubernetes:payments-api", "component:default/payments-api")
    job = by_id(look)["prod/payments#payouts"]
    assert [each["kind"] for each in job.fields["workloads"]] == ["CronJob"]  # type: ignore[attr-defined]
    assert "replicas" not in job.fields
    assert "versions" not in job.fields
    assert {snapshot.within for snapshot in look.snapshots} == {(EVERYTHING,)}
    assert {snapshot.observed_at for snapshot in look.snapshots} == {NOW}
    assert look.findings == ()


def test_labels_and_namespaces_say_who_owns_it_and_where_that_stands(serve: Serve) -> None:
    look = serve(namespaces=PAYMENTS).source().fetch()

    assert [each.source for each in look.snapshots] == [
        "prod", "prod/labels", "prod/namespaces", "prod/calls",
    ]  # fmt: skip
    labelled = by_id(look, "prod/labels")
    assert list(labelled) == ["prod/payments#payments-api"]
    remark = labelled["prod/payments#payments-api"]
    assert remark.standing is Standing.REMARK
    assert remark.fields == {"owner": "group:default/payments"}
    assert (
        remark.grounds["owner"].reason
        == "label team=payments on deployment payments-prod/payments-api in prod"
    )
    weaker = by_id(look, "prod/namespaces")["prod/payments#payouts"]
    assert weaker.grounds["owner"].reason == "label team=payments on namespace payments-prod"
    assert weaker.grounds["owner"].confidence < remark.grounds["owner"].confidence


def test_two_environments_of_one_namespace_are_one_service(serve: Serve) -> None:
    api = {"name": "pay", "image": "pay:1"}
    world = serve(name="shared", namespaces={"money-prod": {"apps": [api]}, "money-staging": {"apps": [api]}})

    (claim,) = by_id(world.source().fetch(), "shared").values()

    assert claim.id == "shared/money#pay"
    assert claim.fields["environments"] == ["prod", "staging"]
    assert len(claim.fields["workloads"]) == 2  # type: ignore[arg-type]


def test_an_empty_cluster_is_seen_completely(serve: Serve) -> None:
    look = serve().source().fetch()

    assert [(each.claims, each.within) for each in look.snapshots] == [((), (EVERYTHING,))] * 4


def test_a_cluster_without_extras_is_asked_for_none_of_them(serve: Serve) -> None:
    world = serve(namespaces=PAYMENTS)
    world.source().fetch()

    asked = " ".join(world.requests)
    assert "deployments" in asked
    for extra in ("rollouts", "httproutes", "grpcroutes", "openshift"):
        assert extra not in asked


def test_the_platforms_own_namespaces_are_left_out_unless_asked_for(serve: Serve) -> None:
    world = serve(
        namespaces={
            "kube-system": {"apps": [{"name": "coredns", "image": "coredns:1"}]},
            "shop": {"apps": [{"name": "shop", "image": "shop:1"}]},
            "shop-old": {"apps": [{"name": "shop-old", "image": "shop:0"}]},
        }
    )

    assert names(world.source(namespaces={"exclude": ["*-old"]}).fetch()) == ["shop"]
    assert names(world.source(namespaces={"system": True}).fetch()) == ["coredns", "shop", "shop-old"]


def test_a_look_at_one_namespace_asks_for_no_others_workloads(serve: Serve) -> None:
    world = serve(namespaces=PAYMENTS | {"search": {"apps": [{"name": "search-api", "image": "search:1"}]}})

    look = world.source().fetch(Task(only=("prod/search#search-api", "prod/gone")))

    assert names(look) == ["search-api"]
    assert {each.within for each in look.snapshots} == {("prod/gone", "prod/search")}
    assert not [each for each in world.requests if "apis/apps/v1/deployments" in each]
    assert world.source().fetch(Task(only=("other/search",))).snapshots == ()


def test_openshift_routes_configs_and_requesters_are_read(serve: Serve) -> None:
    look = serve(Kubernetes.from_file(ACME)).source("openshift").fetch()

    api = by_id(look, "openshift")["openshift/payouts#payouts-api"]
    assert api.aliases[0] == "payouts.apps.acme.example"
    assert [each["kind"] for each in api.fields["workloads"]] == ["DeploymentConfig"]  # type: ignore[attr-defined]
    requested = by_id(look, "openshift/namespaces")["openshift/payouts#payouts-api"]
    assert requested.fields["owner"] == "user:default/diego.fernandez"
    assert requested.grounds["owner"].reason == (
        "diego.fernandez@acme.example requested project payouts-prod"
    )
    assert "prometheus-k8s" not in names(look, "openshift")


def test_openshift_can_be_switched_off(serve: Serve) -> None:
    world = serve(Kubernetes.from_file(ACME))

    assert "payouts-api" not in names(world.source("openshift", openshift=False).fetch(), "openshift")
    assert "openshift.io" not in " ".join(world.requests)
    (finding,) = world.source("prod", openshift=True).fetch().findings
    assert "no OpenShift API" in finding.problem


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("checkout.acme.com", "checkout-service"),
        ("www.acme.example", "storefront-web"),
        ("payments.acme.example", "payments-api"),
        ("edge.acme.example", "edge-proxy"),
        ("ledger.internal.acme.example", "ledger"),
    ],
)
def test_acmes_hosts_lead_to_one_service_each(serve: Serve, host: str, owner: str) -> None:
    look = serve(Kubernetes.from_file(ACME)).source("prod").fetch()

    assert [claim.name for claim in by_id(look).values() if host in claim.aliases] == [owner]


def test_what_nobody_declared_is_seen_all_the_same(serve: Serve) -> None:
    look = serve(Kubernetes.from_file(ACME)).source("prod").fetch()

    assert {"landing-pages", "coupon-bot", "ab-report", "mongo-dump", "bridge"} <= set(names(look))
    assert "prod/temp-migration#bridge" not in by_id(look, "prod/labels")
    assert "prod/temp-migration#bridge" not in by_id(look, "prod/namespaces")


def test_what_is_odd_in_objects_is_survived(serve: Serve) -> None:
    world = serve(namespaces={"shop": {}})
    world.cluster.put(
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {
                "name": "odd",
                "namespace": "shop",
                "labels": None,
                "annotations": {"n": 7},
                "ownerReferences": [{"kind": "Unheard", "name": "of", "controller": True}],
            },
            "spec": {"replicas": "many", "template": {"spec": {"containers": None}}, "novelty": {"a": [1]}},
            "status": [],
        }
    )
    world.cluster.put(
        {
            "kind": "Ingress",
            "metadata": {"name": "odd", "namespace": "shop"},
            "spec": {
                "rules": [
                    "nonsense",
                    {
                        "host": "odd.acme.com",
                        "http": {"paths": [{"backend": {"resource": {"kind": "Bucket"}}}]},
                    },
                    {"host": 5, "http": None},
                ]
            },
        }
    )

    (claim,) = by_id(world.source().fetch()).values()

    assert (claim.name, claim.fields.get("hosts")) == ("odd", None)


def test_what_another_workload_runs_is_counted_once(serve: Serve) -> None:
    world = serve(
        groups=["argoproj.io"], namespaces={"shop": {"apps": [{"name": "cart", "image": "cart:3"}]}}
    )
    world.cluster.put(
        {
            "kind": "Rollout",
            "metadata": {"name": "cart", "namespace": "shop"},
            "spec": {"replicas": 4, "workloadRef": {"kind": "Deployment", "name": "cart"}},
            "status": {"readyReplicas": 4},
        }
    )
    child = world.cluster.get("Deployment", "shop", "cart")
    child["metadata"] |= {
        "name": "cart-child",
        "ownerReferences": [{"kind": "Rollout", "name": "cart", "controller": True}],
    }
    world.cluster.put(child)

    (claim,) = by_id(world.source().fetch()).values()

    assert claim.fields["replicas"] == {"prod/shop/Rollout/cart": {"desired": 4, "ready": 4}}
    assert claim.fields["versions"] == {"prod/shop/Rollout/cart": "3"}
