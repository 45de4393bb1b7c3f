"""Makes objects as a cluster holds them, with all that their schemas require.

Knows no cluster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.vendors.kubernetes.resources import of_kind

Object = dict[str, Any]
PORT = 8080
TEXTS = Mapping[str, str]


def namespace(name: str, labels: TEXTS | None = None, annotations: TEXTS | None = None) -> Object:
    """Return a namespace."""
    own = {"kubernetes.io/metadata.name": name, **(labels or {})}
    return _object("Namespace", "", name, own, annotations) | {
        "spec": {"finalizers": ["kubernetes"]},
        "status": {"phase": "Active"},
    }


def project(name: str, labels: TEXTS | None = None, annotations: TEXTS | None = None) -> Object:
    """Return an OpenShift project, which mirrors a namespace."""
    made = namespace(name, labels, annotations)
    return made | {"kind": "Project", "apiVersion": of_kind("Project").api}


def workload(
    kind: str,
    namespace: str,
    name: str,
    image: str,
    *,
    labels: TEXTS | None = None,
    annotations: TEXTS | None = None,
    env: TEXTS | None = None,
    replicas: int = 2,
    ready: int | None = None,
    schedule: str = "0 3 * * *",
) -> Object:
    """Return a workload of one container, whose pods bear the label `app` and the workload's labels."""
    running = replicas if ready is None else ready
    pods = {"app": name, **(labels or {})}
    template: Object = {
        "metadata": {"labels": pods},
        "spec": {"containers": [{"name": name, "image": image, "ports": [{"containerPort": PORT}]}]},
    }
    if env:
        variables = [{"name": key, "value": value} for key, value in env.items()]
        template["spec"]["containers"][0]["env"] = variables
    made = _object(kind, namespace, name, labels, annotations)
    if kind == "CronJob":
        template["spec"]["restartPolicy"] = "OnFailure"
        job = {"spec": {"template": template}}
        return made | {"spec": {"schedule": schedule, "jobTemplate": job}, "status": {}}
    if kind == "DaemonSet":
        counts = {"currentNumberScheduled": replicas, "desiredNumberScheduled": replicas}
        status = counts | {"numberMisscheduled": 0, "numberReady": running}
        return made | {"spec": {"selector": _labels({"app": name}), "template": template}, "status": status}
    spec: Object = {"replicas": replicas, "template": template, "selector": _labels({"app": name})}
    status = {"replicas": replicas, "readyReplicas": running}
    if kind == "StatefulSet":
        spec["serviceName"] = name
    if kind == "DeploymentConfig":
        spec["selector"] = {"app": name}
        status |= {"latestVersion": 1, "observedGeneration": 1, "updatedReplicas": replicas}
        status |= {"availableReplicas": running, "unavailableReplicas": replicas - running}
        spec |= {"test": False, "triggers": [{"type": "ConfigChange"}], "strategy": {"type": "Rolling"}}
    return made | {"spec": spec, "status": status}


def service(namespace: str, name: str, labels: TEXTS | None = None, hosts: Sequence[str] = ()) -> Object:
    """Return a Service of a workload of the same name; one with hosts is balanced, with DNS names."""
    notes = {"external-dns.alpha.kubernetes.io/hostname": ",".join(hosts)} if hosts else {}
    made = _object("Service", namespace, name, labels, notes)
    balanced = {"ingress": [{"hostname": f"{name}-1f0c.elb.eu-central-1.amazonaws.com"}]} if hosts else {}
    return made | {
        "spec": {
            "type": "LoadBalancer" if hosts else "ClusterIP",
            "selector": {"app": name},
            "ports": [{"name": "http", "port": 80, "targetPort": PORT, "protocol": "TCP"}],
        },
        "status": {"loadBalancer": balanced},
    }


def way(
    kind: str, namespace: str, name: str, to: str, *, host: str, path: str = "/", internal: bool = False
) -> Object:
    """Return an Ingress, HTTPRoute, GRPCRoute or Route from a host to a Service."""
    made = _object(kind, namespace, name, {}, {})
    if kind == "Ingress":
        backend = {"service": {"name": to, "port": {"number": 80}}}
        http = {"paths": [{"path": path, "pathType": "Prefix", "backend": backend}]}
        spec: Object = {"rules": [{"host": host, "http": http}], "tls": [{"hosts": [host]}]}
        return made | {"spec": spec | {"ingressClassName": "nginx-internal" if internal else "nginx"}}
    if kind == "Route":
        to_service = {"kind": "Service", "name": to, "weight": 100}
        admitted = {"host": host, "routerName": "default", "conditions": [], "wildcardPolicy": "None"}
        spec = {"host": host, "path": path, "to": to_service, "wildcardPolicy": "None"}
        return made | {"spec": spec, "status": {"ingress": [admitted]}}
    rule: Object = {"backendRefs": [{"name": to, "port": 80}]}
    if kind == "HTTPRoute":
        rule["matches"] = [{"path": {"type": "PathPrefix", "value": path}}]
    elif path != "/":
        rule["matches"] = [{"method": {"service": path.strip("/")}}]
    parents = [{"name": "internal-gateway" if internal else "public-gateway", "namespace": "gateway"}]
    return made | {"spec": {"parentRefs": parents, "hostnames": [host], "rules": [rule]}}


def _object(kind: str, namespace: str, name: str, labels: TEXTS | None, annotations: TEXTS | None) -> Object:
    meta: Object = {"name": name, "generation": 1}
    if namespace:
        meta["namespace"] = namespace
    if labels:
        meta["labels"] = dict(labels)
    if annotations:
        meta["annotations"] = dict(annotations)
    return {"apiVersion": of_kind(kind).api, "kind": kind, "metadata": meta}


def _labels(match: TEXTS) -> Object:
    return {"matchLabels": dict(match)}
