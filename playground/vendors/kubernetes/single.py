"""What is done to one object: read, create, replace, patch and delete it, and scale it.

Every patch is merged as JSON, in lists by the name of their objects. Nothing is validated.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from playground.vendors.kubernetes.answers import status
from playground.vendors.kubernetes.cluster import Cluster
from playground.vendors.kubernetes.resources import Resource


@dataclass(frozen=True, slots=True)
class Place:
    """What a path of the API leads to."""

    resource: Resource
    namespace: str
    """Empty: all of them, or none."""
    name: str
    """Empty: all of them."""
    part: str = ""
    """`scale` or `status`, else empty."""


def answer(cluster: Cluster, place: Place, method: str, body: Any) -> Response:
    """Carry out a request for one object."""
    kind = place.resource.kind
    if method == "POST" and not place.name:
        return _create(cluster, place, body)
    try:
        found = cluster.get(kind, place.namespace, place.name)
    except KeyError:
        return status(404, f'{place.resource.plural} "{place.name}" not found')
    if method == "DELETE":
        cluster.remove(kind, place.namespace, place.name)
        return JSONResponse({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"})
    if method == "GET":
        return JSONResponse(_shown(found, place))
    if method not in ("PUT", "PATCH") or not isinstance(body, dict):
        return status(400, "give an object")
    fixed = {"name": place.name} | ({"namespace": place.namespace} if place.namespace else {})
    changed = body if method == "PUT" and not place.part else merged(found, body)
    changed |= {"kind": kind, "apiVersion": place.resource.api}
    changed["metadata"] = {**changed.get("metadata", {}), **fixed}
    cluster.put(changed)
    if "replicas" in changed.get("spec", {}):
        cluster.scale(kind, place.namespace, place.name, changed["spec"]["replicas"])
    return JSONResponse(_shown(cluster.get(kind, place.namespace, place.name), place))


def merged(old: Any, patch: Any) -> Any:
    """Return a value with a patch merged into it; null takes a field away."""
    if isinstance(old, dict) and isinstance(patch, dict):
        made = copy.deepcopy(old)
        for key, each in patch.items():
            if each is None:
                made.pop(key, None)
            else:
                made[key] = merged(made.get(key), each)
        return made
    if isinstance(old, list) and isinstance(patch, list) and all(map(_is_named, (*old, *patch))):
        by_name = {each["name"]: each for each in old}
        for each in patch:
            by_name[each["name"]] = merged(by_name.get(each["name"]), each)
        return list(by_name.values())
    return copy.deepcopy(patch)


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value


def _create(cluster: Cluster, place: Place, body: Any) -> Response:
    name = body.get("metadata", {}).get("name") if isinstance(body, dict) else None
    if not name or body.get("kind") != place.resource.kind:
        return status(400, f"give a {place.resource.kind} with a name")
    meta = body["metadata"] | ({"namespace": place.namespace} if place.namespace else {})
    try:
        cluster.get(place.resource.kind, place.namespace, name)
    except KeyError:
        cluster.put({**body, "metadata": meta})
        return JSONResponse(cluster.get(place.resource.kind, place.namespace, name), 201)
    return status(409, f'{place.resource.plural} "{name}" already exists')


def _shown(found: Any, place: Place) -> Any:
    if place.part != "scale":
        return found
    replicas = found.get("spec", {}).get("replicas", 0)
    return {
        "kind": "Scale",
        "apiVersion": "autoscaling/v1",
        "metadata": {"name": place.name, "namespace": place.namespace},
        "spec": {"replicas": replicas},
        "status": {"replicas": replicas},
    }
