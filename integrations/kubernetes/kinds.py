"""The one table of what is listed in a cluster: the kind, where its API is, and what it tells.

Asks nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What objects of a kind are to the catalog."""

    PLACE = "place"
    """Where workloads are: a namespace."""
    WORKLOAD = "workload"
    SERVICE = "service"
    """What gives workloads an address in the cluster."""
    WAY = "way"
    """What leads from a host to a Service."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object. `versions` are tried in this order, the first that the server has."""

    name: str
    plural: str
    group: str
    """Empty: the core group."""
    versions: tuple[str, ...]
    role: Role
    openshift: bool = False
    always: bool = True
    """Whether every cluster has it."""

    @property
    def resource(self) -> str:
        """As roles and people name it: `deployments.apps`, `services`."""
        return f"{self.plural}.{self.group}" if self.group else self.plural


NAMESPACE = Kind("Namespace", "namespaces", "", ("v1",), Role.PLACE)
PROJECT = Kind(
    "Project", "projects", "project.openshift.io", ("v1",), Role.PLACE, openshift=True, always=False
)
_GATEWAY = "gateway.networking.k8s.io"

KINDS: tuple[Kind, ...] = (
    Kind("Deployment", "deployments", "apps", ("v1",), Role.WORKLOAD),
    Kind("StatefulSet", "statefulsets", "apps", ("v1",), Role.WORKLOAD),
    Kind("DaemonSet", "daemonsets", "apps", ("v1",), Role.WORKLOAD),
    Kind("CronJob", "cronjobs", "batch", ("v1",), Role.WORKLOAD),
    Kind("Rollout", "rollouts", "argoproj.io", ("v1alpha1",), Role.WORKLOAD, always=False),
    Kind(
        "DeploymentConfig", "deploymentconfigs", "apps.openshift.io", ("v1",), Role.WORKLOAD,
        openshift=True, always=False,
    ),
    Kind("Service", "services", "", ("v1",), Role.SERVICE),
    Kind("Ingress", "ingresses", "networking.k8s.io", ("v1",), Role.WAY),
    Kind("HTTPRoute", "httproutes", _GATEWAY, ("v1", "v1beta1"), Role.WAY, always=False),
    Kind("GRPCRoute", "grpcroutes", _GATEWAY, ("v1", "v1alpha2"), Role.WAY, always=False),
    Kind("Route", "routes", "route.openshift.io", ("v1",), Role.WAY, openshift=True, always=False),
)  # fmt: skip
"""All but the places."""


@dataclass(frozen=True, slots=True)
class Served:
    """A kind as one cluster serves it."""

    kind: Kind
    version: str


def served(groups: Mapping[str, Collection[str]], openshift: bool | str) -> tuple[Served, ...]:
    """Return the kinds to list in a cluster that has these API groups, each with its versions.

    What every cluster has is listed even where discovery does not show it. `openshift` False leaves
    OpenShift's own kinds out.
    """
    found = []
    for kind in KINDS:
        if kind.openshift and openshift is False:
            continue
        there = groups.get(kind.group, ())
        version = next((each for each in kind.versions if each in there), None)
        if version is None and kind.always:
            version = kind.versions[0]
        if version is not None:
            found.append(Served(kind, version))
    return tuple(found)
