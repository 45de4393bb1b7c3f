"""The playground's clusters as Kubernetes' own client meets them, with its models and its watch."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.server import Playground
from playground.vendors.kubernetes import Cluster, Kubernetes, objects
from tests.playground.conftest import SEED

client: Any = importlib.import_module("kubernetes.client")  # its models are annotated, its calls in part
dynamic: Any = importlib.import_module("kubernetes.dynamic")
watch: Any = importlib.import_module("kubernetes.watch")

ACME = Path(__file__).parents[2] / "examples" / "acme" / "vendors" / "kubernetes.yaml"


@pytest.fixture
def acme() -> Kubernetes:
    return Kubernetes.from_file(ACME)


@pytest.fixture
def prod(acme: Kubernetes) -> Cluster:
    return acme.clusters["prod"]


@pytest.fixture
def api(acme: Kubernetes, prod: Cluster) -> Iterator[Any]:
    with Playground(SEED, vendors=[acme]) as playground:
        configuration = client.Configuration(host=f"{playground.url}/vendors/kubernetes/prod")
        configuration.api_key["authorization"] = f"Bearer {prod.token}"
        configuration.proxy = None
        with client.ApiClient(configuration) as connected:
            yield connected


def test_lists_come_in_pages_of_models(api: Any) -> None:
    apps = client.AppsV1Api(api)
    first = apps.list_deployment_for_all_namespaces(limit=3)
    second = apps.list_deployment_for_all_namespaces(limit=3, _continue=first.metadata._continue)

    found = [each.metadata.name for each in (*first.items, *second.items)]
    assert found[:2] == ["checkout-service", "checkout-web"]
    assert len(set(found)) == 6
    payments = client.NetworkingV1Api(api).list_namespaced_ingress("payments-prod").items
    assert payments == []


def test_a_watch_brings_changes_as_models(api: Any, prod: Cluster) -> None:
    apps = client.AppsV1Api(api)
    version = apps.list_namespaced_deployment("search").metadata.resource_version
    prod.scale("Deployment", "search", "search-api", 9)
    prod.scale("Deployment", "checkout", "checkout-web", 1)
    prod.remove("Deployment", "search", "search-indexer")

    seen = watch.Watch().stream(
        apps.list_namespaced_deployment, "search", resource_version=version, timeout_seconds=1
    )

    assert [(each["type"], each["object"].metadata.name) for each in seen] == [
        ("MODIFIED", "search-api"),
        ("DELETED", "search-indexer"),
    ]


def test_what_is_too_old_is_gone(api: Any, prod: Cluster) -> None:
    apps = client.AppsV1Api(api)
    first = apps.list_deployment_for_all_namespaces(limit=3)
    prod.forget_history()

    with pytest.raises(client.ApiException) as raised:
        apps.list_deployment_for_all_namespaces(limit=3, _continue=first.metadata._continue)

    assert raised.value.status == 410


def test_discovery_leads_to_resources_of_other_groups(api: Any) -> None:
    found = dynamic.DynamicClient(api).resources.get(api_version="argoproj.io/v1alpha1", kind="Rollout").get()

    assert [each.metadata.name for each in found.items] == ["cart-api"]


def test_a_wrong_token_opens_nothing(api: Any) -> None:
    api.configuration.api_key["authorization"] = "Bearer wrong"

    with pytest.raises(client.ApiException) as raised:
        client.CoreV1Api(api).list_namespace()

    assert raised.value.status == 401


def test_objects_can_be_made_changed_scaled_and_deleted(api: Any) -> None:
    apps = client.AppsV1Api(api)
    image = {"containers": [{"name": "search-api", "image": "search-api:7"}]}
    apps.patch_namespaced_deployment(
        "search-api",
        "search",
        {"metadata": {"labels": {"team": None}}, "spec": {"template": {"spec": image}}},
    )
    apps.patch_namespaced_deployment_scale("search-api", "search", {"spec": {"replicas": 11}})

    changed = apps.read_namespaced_deployment("search-api", "search")
    assert changed.spec.replicas == changed.status.ready_replicas == 11
    assert [(each.image, bool(each.ports)) for each in changed.spec.template.spec.containers] == [
        ("search-api:7", True)
    ]
    assert "team" not in changed.metadata.labels

    apps.create_namespaced_stateful_set(
        "search", objects.workload("StatefulSet", "search", "index", "index:1")
    )
    with pytest.raises(client.ApiException) as raised:
        apps.create_namespaced_stateful_set(
            "search", objects.workload("StatefulSet", "search", "index", "index:1")
        )
    assert raised.value.status == 409
    apps.delete_namespaced_deployment("search-api", "search")
    with pytest.raises(client.ApiException) as raised:
        apps.read_namespaced_deployment("search-api", "search")
    assert raised.value.status == 404
    assert [each.metadata.name for each in apps.list_namespaced_stateful_set("search").items] == ["index"]
