"""Which resources a cluster can serve, by API group, and how its discovery lists them.

Knows no object.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of object."""

    group: str
    """Empty: the core group."""
    version: str
    plural: str
    kind: str
    namespaced: bool = True

    @property
    def api(self) -> str:
        """Its `apiVersion`: `v1`, `apps/v1`."""
        return f"{self.group}/{self.version}" if self.group else self.version


RESOURCES: tuple[Resource, ...] = (
    Resource("", "v1", "namespaces", "Namespace", namespaced=False),
    Resource("", "v1", "services", "Service"),
    Resource("apps", "v1", "deployments", "Deployment"),
    Resource("apps", "v1", "statefulsets", "StatefulSet"),
    Resource("apps", "v1", "daemonsets", "DaemonSet"),
    Resource("batch", "v1", "cronjobs", "CronJob"),
    Resource("networking.k8s.io", "v1", "ingresses", "Ingress"),
    Resource("argoproj.io", "v1alpha1", "rollouts", "Rollout"),
    Resource("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute"),
    Resource("gateway.networking.k8s.io", "v1", "grpcroutes", "GRPCRoute"),
    Resource("apps.openshift.io", "v1", "deploymentconfigs", "DeploymentConfig"),
    Resource("route.openshift.io", "v1", "routes", "Route"),
    Resource("project.openshift.io", "v1", "projects", "Project", namespaced=False),
)
ALWAYS = frozenset({"", "apps", "batch", "networking.k8s.io", "authorization.k8s.io"})
"""The groups that every cluster has."""
OPENSHIFT = frozenset({"apps.openshift.io", "route.openshift.io", "project.openshift.io"})
VERBS = ["get", "list", "watch"]


def find(group: str, version: str, plural: str) -> Resource | None:
    """Return the resource at a place of the API; None: there is none."""
    found = (
        each for each in RESOURCES if (each.group, each.version, each.plural) == (group, version, plural)
    )
    return next(found, None)


def of_kind(kind: str) -> Resource:
    """Return the resource that holds objects of a kind. Raises KeyError for an unknown one."""
    return {each.kind: each for each in RESOURCES}[kind]


def group_list(groups: Iterable[str]) -> dict[str, Any]:
    """Return what `/apis` answers."""
    versions = {each.group: each.version for each in RESOURCES if each.group}
    versions["authorization.k8s.io"] = "v1"
    listed = []
    for group in sorted(set(groups) & versions.keys()):
        version = {"groupVersion": f"{group}/{versions[group]}", "version": versions[group]}
        listed.append({"name": group, "versions": [version], "preferredVersion": version})
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": listed}


def resource_list(group: str, version: str) -> dict[str, Any]:
    """Return what `/api/v1` or `/apis/<group>/<version>` answers."""
    found = [each for each in RESOURCES if (each.group, each.version) == (group, version)]
    return {
        "kind": "APIResourceList",
        "apiVersion": "v1",
        "groupVersion": f"{group}/{version}" if group else version,
        "resources": [
            {
                "name": each.plural,
                "singularName": each.kind.lower(),
                "namespaced": each.namespaced,
                "kind": each.kind,
                "verbs": VERBS,
            }
            for each in found
        ],
    }
