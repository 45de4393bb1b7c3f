"""Holds the playground's clusters to the schemas of Kubernetes and OpenShift."""

from __future__ import annotations

import copy
import functools
import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from playground.vendors.kubernetes import Cluster, Kubernetes
from playground.vendors.kubernetes.answers import failure, version_of
from playground.vendors.kubernetes.resources import group_list, resource_list

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[3] / "shared" / "specs"))
ACME = Path(__file__).parents[2] / "examples" / "acme" / "vendors" / "kubernetes.yaml"

K8S, OPENSHIFT = "kubernetes.trimmed.swagger.json", "openshift.trimmed.definitions.json"
META = "io.k8s.apimachinery.pkg.apis.meta.v1"
DEFINED = {
    "Namespace": "io.k8s.api.core.v1.Namespace",
    "Service": "io.k8s.api.core.v1.Service",
    "Deployment": "io.k8s.api.apps.v1.Deployment",
    "StatefulSet": "io.k8s.api.apps.v1.StatefulSet",
    "DaemonSet": "io.k8s.api.apps.v1.DaemonSet",
    "CronJob": "io.k8s.api.batch.v1.CronJob",
    "Ingress": "io.k8s.api.networking.v1.Ingress",
    "DeploymentConfig": "com.github.openshift.api.apps.v1.DeploymentConfig",
    "Route": "com.github.openshift.api.route.v1.Route",
    "Project": "com.github.openshift.api.project.v1.Project",
}
"""Argo's and the Gateway API's kinds are in neither description."""

pytestmark = pytest.mark.skipif(
    not (SPECS / K8S).exists(), reason="the vendors' descriptions are not on this machine (IDP_SPECS)"
)


@functools.cache
def definitions() -> dict[str, Any]:
    """Return both descriptions as one, in which unknown fields are refused."""
    found: dict[str, Any] = {}
    for name in (OPENSHIFT, K8S):
        found |= json.loads((SPECS / name).read_text("utf-8"))["definitions"]
    found = copy.deepcopy(found)
    for each in found.values():
        if each.get("properties"):
            each["additionalProperties"] = False
    found["io.k8s.apimachinery.pkg.util.intstr.IntOrString"] = {"type": ["integer", "string"]}
    return found


@functools.cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions()})


def complaints(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(value)]


@pytest.fixture(scope="module")
def clusters() -> dict[str, Cluster]:
    return dict(Kubernetes.from_file(ACME).clusters)


@pytest.mark.parametrize("kind", sorted(DEFINED))
def test_acmes_objects_are_as_their_schemas_say(clusters: dict[str, Cluster], kind: str) -> None:
    found = [each for cluster in clusters.values() for each in cluster.objects() if each["kind"] == kind]

    assert found
    assert [complaints(DEFINED[kind], each) for each in found] == [[]] * len(found)


def test_a_wrong_object_would_be_noticed() -> None:
    assert complaints(DEFINED["Deployment"], {"kind": "Deployment", "spec": {"replica": 2}})


def test_discovery_status_and_version_are_as_their_schemas_say(clusters: dict[str, Cluster]) -> None:
    assert complaints(f"{META}.APIGroupList", group_list(clusters["openshift"].groups)) == []
    assert complaints(f"{META}.APIResourceList", resource_list("apps", "v1")) == []
    assert complaints(f"{META}.Status", failure(410, "too old")) == []
    assert complaints("io.k8s.apimachinery.pkg.version.Info", version_of(clusters["prod"])) == []
