"""Reads what clusters hold from YAML: namespaces with apps, each in a few words, or objects in full.

It refuses unknown keys, and says where.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.seed import SeedError, load_yaml
from playground.vendors.kubernetes import objects
from playground.vendors.kubernetes.cluster import Cluster
from playground.vendors.kubernetes.resources import OPENSHIFT


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exposure(_Part):
    """A way from a host to an app's Service."""

    by: Literal["Ingress", "HTTPRoute", "GRPCRoute", "Route", "LoadBalancer"] = "Ingress"
    host: str
    path: str = "/"
    internal: bool = False


class App(_Part):
    """One workload, with a Service where it is exposed or says so."""

    name: str
    kind: Literal["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Rollout", "DeploymentConfig"] = (
        "Deployment"
    )
    image: str
    replicas: Annotated[int, Field(ge=0)] = 2
    ready: int | None = None
    """None: all of them."""
    schedule: str = "0 3 * * *"
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    env: dict[str, str] = {}
    """Its container's variables."""
    service: bool = False
    expose: tuple[Exposure, ...] = ()


class Space(_Part):
    """One namespace; on OpenShift a project that somebody asked for."""

    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    requester: str = ""
    apps: tuple[App, ...] = ()


class SeedCluster(_Part):
    """One cluster."""

    version: str = "v1.33.4"
    token: str = ""
    """The bearer token that opens it; empty: any does, and none."""
    openshift: bool = False
    groups: tuple[str, ...] = ()
    """API groups beside those that every cluster has."""
    namespaces: dict[str, Space] = {}
    objects: tuple[dict[str, Any], ...] = ()
    """Further objects, as one would apply them."""


class _File(_Part):
    clusters: dict[str, SeedCluster]


def clusters_of(path: Path) -> list[Cluster]:
    """Return the clusters of a seed file. Raises SeedError."""
    try:
        read = _File.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise SeedError(f"{path}: is no YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SeedError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return [cluster_of(name, each) for name, each in read.clusters.items()]


def cluster_of(name: str, seed: SeedCluster) -> Cluster:
    """Return a cluster that holds what its seed says."""
    groups = OPENSHIFT | set(seed.groups) if seed.openshift else set(seed.groups)
    cluster = Cluster(name, groups, token=seed.token, version=seed.version)
    for namespace, space in seed.namespaces.items():
        for each in _space(namespace, space, seed.openshift):
            cluster.put(each)
    for each in seed.objects:
        cluster.put(each)
    return cluster


def _space(name: str, space: Space, openshift: bool) -> Iterator[objects.Object]:
    notes = dict(space.annotations)
    if space.requester:
        notes["openshift.io/requester"] = space.requester
    yield objects.namespace(name, space.labels, notes)
    if openshift:
        yield objects.project(name, space.labels, notes)
    for app in space.apps:
        yield from _app(name, app)


def _app(namespace: str, app: App) -> Iterator[objects.Object]:
    labels = {"app.kubernetes.io/managed-by": "Helm", **app.labels}
    yield objects.workload(
        app.kind,
        namespace,
        app.name,
        app.image,
        labels=labels,
        annotations=app.annotations,
        env=app.env,
        replicas=app.replicas,
        ready=app.replicas if app.ready is None else app.ready,
        schedule=app.schedule,
    )
    balanced = [each for each in app.expose if each.by == "LoadBalancer"]
    if app.service or app.expose:
        yield objects.service(namespace, app.name, labels, [each.host for each in balanced])
    for number, each in enumerate(each for each in app.expose if each.by != "LoadBalancer"):
        name = app.name if not number else f"{app.name}-{number + 1}"
        yield objects.way(
            each.by, namespace, name, app.name, host=each.host, path=each.path, internal=each.internal
        )
