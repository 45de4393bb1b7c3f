"""Reads objects as the API sends them into facts; pure.

Fields that it does not know are passed over. An object without a name is none: None.
"""

from __future__ import annotations

from typing import Any

from integrations.kubernetes.addresses import calls
from integrations.kubernetes.facts import Place, Service, Texts, Workload
from integrations.kubernetes.json_objects import inside, items, mapping, number, text, texts

REQUESTER = "openshift.io/requester"
_NOISE = ("kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision")
"""Annotations that say nothing and may be long."""


def place(found: Any) -> Place | None:
    """Read a Namespace or Project."""
    name = text(found, "metadata", "name")
    return Place(name, texts(found, "metadata", "labels"), _annotations(found)) if name else None


def workload(kind: str, found: Any) -> Workload | None:
    """Read a Deployment, StatefulSet, DaemonSet, CronJob, Rollout or DeploymentConfig."""
    namespace, name = text(found, "metadata", "namespace"), text(found, "metadata", "name")
    if not namespace or not name:
        return None
    template = mapping(found, "spec", "template")
    if kind == "CronJob":
        template = mapping(found, "spec", "jobTemplate", "spec", "template")
    desired, ready = _replicas(kind, found)
    target = mapping(found, "spec", "workloadRef")
    return Workload(
        kind,
        namespace,
        name,
        texts(found, "metadata", "labels"),
        _annotations(found),
        texts(template, "metadata", "labels"),
        _images(template, name),
        desired,
        ready,
        _controller(found),
        (text(target, "kind"), text(target, "name")) if text(target, "name") else None,
        calls(template, namespace),
    )


def service(found: Any) -> Service | None:
    """Read a Service; the ways that lead to it from outside are `ways.of_service`."""
    namespace, name = text(found, "metadata", "namespace"), text(found, "metadata", "name")
    return Service(namespace, name, texts(found, "spec", "selector")) if namespace and name else None


def _replicas(kind: str, found: Any) -> tuple[int | None, int | None]:
    """Return how many pods there should be and how many are ready; None where that means nothing."""
    if kind == "CronJob":
        return None, None
    if kind == "DaemonSet":
        desired = number(found, "status", "desiredNumberScheduled")
        return desired, number(found, "status", "numberReady") or 0
    desired = number(found, "spec", "replicas")
    return 1 if desired is None else desired, number(found, "status", "readyReplicas") or 0


def _images(template: Any, name: str) -> tuple[str, ...]:
    """Return the containers' images, each once: that of the container named like the workload first."""
    containers = items(template, "spec", "containers")
    containers = sorted(containers, key=lambda each: text(each, "name") != name)
    return tuple(dict.fromkeys(image for each in containers if (image := text(each, "image"))))


def _controller(found: Any) -> tuple[str, str] | None:
    for each in items(found, "metadata", "ownerReferences"):
        if inside(each, "controller") is True:
            return text(each, "kind"), text(each, "name")
    return None


def _annotations(found: Any) -> dict[str, str]:
    kept: Texts = texts(found, "metadata", "annotations")
    return {key: each for key, each in kept.items() if key not in _NOISE}
