"""Answers as a cluster's API server does: versions, discovery, lists in pages, watches, access reviews.

What is done to one object is in `single`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from playground.vendors.kubernetes import single
from playground.vendors.kubernetes.answers import failure, forbidden, status, version_of
from playground.vendors.kubernetes.cluster import Cluster, Expired
from playground.vendors.kubernetes.resources import Resource, find, group_list, resource_list
from playground.vendors.kubernetes.seed import clusters_of
from playground.vendors.kubernetes.single import Place
from playground.vendors.vendor import Faults

GONE = "The provided continue parameter is too old to display a consistent list result."
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
TRUE = ("1", "t", "T", "true", "True", "TRUE")
"""As Go's strconv.ParseBool takes it."""


class Kubernetes:
    """Some clusters, each at `/vendors/kubernetes/<name>`."""

    name = "kubernetes"

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.faults = Faults()
        self.clusters: Mapping[str, Cluster] = {each.name: each for each in clusters}

    @classmethod
    def from_file(cls, path: Path) -> Kubernetes:
        """Return the clusters that a seed file describes. Raises SeedError."""
        return cls(clusters_of(path))

    def routes(self) -> Sequence[BaseRoute]:
        """Return its routes: one, since a cluster's paths are data."""
        return [Route("/{cluster}/{path:path}", self._serve, methods=METHODS)]

    async def _serve(self, request: Request) -> Response:
        cluster = self.clusters.get(request.path_params["cluster"])
        if cluster is None:
            return status(404, f"there is no cluster {request.path_params['cluster']}")
        path = request.path_params["path"].strip("/")
        if path == "version":
            return JSONResponse(version_of(cluster))
        if cluster.token and request.headers.get("authorization") != f"Bearer {cluster.token}":
            return status(401, "Unauthorized")
        if path == "apis/authorization.k8s.io/v1/selfsubjectaccessreviews" and request.method == "POST":
            return _review(cluster, await request.json())
        place = _place(cluster, path)
        if isinstance(place, Response):
            return place
        if not cluster.rights.allows(place.resource.plural, place.namespace):
            return forbidden(place.resource, place.namespace)
        if request.method == "GET" and not place.name:
            return _several(cluster, place, request.query_params)
        return single.answer(cluster, place, request.method, await _body(request))


def _place(cluster: Cluster, path: str) -> Place | Response:
    """Return what a path leads to, or the answer where it is discovery or nothing."""
    parts = path.split("/")
    if path == "apis":
        return JSONResponse(group_list(cluster.groups))
    if path == "api":
        return JSONResponse({"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []})
    group, rest = ("", parts[1:]) if parts[0] == "api" else ("".join(parts[1:2]), parts[2:])
    nothing = status(404, "the server could not find the requested resource")
    if parts[0] not in ("api", "apis") or group not in cluster.groups or not rest:
        return nothing
    version, rest = rest[0], rest[1:]
    if not rest:
        return JSONResponse(resource_list(group, version))
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 2:
        namespace, rest = rest[1], rest[2:]
    resource = find(group, version, rest[0])
    name, part = (*rest[1:], "", "")[:2]
    if resource is None or len(rest) > 3 or part not in ("", "scale", "status"):
        return nothing
    return Place(resource, namespace, name, part)


async def _body(request: Request) -> Any:
    """Return a request's JSON; None: it has none."""
    try:
        return await request.json()
    except ValueError:
        return None


def _several(cluster: Cluster, place: Place, query: Mapping[str, str]) -> Response:
    if query.get("watch") in TRUE:
        stream = _watch(cluster, place.resource, place.namespace, query)
        return StreamingResponse(stream, media_type="application/json")
    return _list(cluster, place.resource, place.namespace, query)


def _list(cluster: Cluster, resource: Resource, namespace: str, query: Mapping[str, str]) -> Response:
    try:
        items, rest, version = cluster.page(
            resource, namespace, int(query.get("limit", "0")), query.get("continue", "")
        )
    except Expired:
        return status(410, GONE)
    except ValueError:
        return status(400, "limit or continue is none of this server's")
    meta = {"resourceVersion": str(version)} | ({"continue": rest} if rest else {})
    body = {"kind": f"{resource.kind}List", "apiVersion": resource.api, "metadata": meta, "items": items}
    return JSONResponse(body)


async def _watch(
    cluster: Cluster, resource: Resource, namespace: str, query: Mapping[str, str]
) -> AsyncIterator[bytes]:
    """Yield one line for each change, until the time is over or the watch is broken off."""
    bell, breaks = asyncio.Event(), cluster.breaks
    version = int(query.get("resourceVersion") or cluster.page(resource, namespace, 1, "")[2])
    marks = query.get("allowWatchBookmarks") in TRUE
    loop = asyncio.get_running_loop()
    ends = loop.time() + float(query.get("timeoutSeconds", "1800"))
    cluster.listen(bell)
    try:
        while (left := ends - loop.time()) > 0 and cluster.breaks == breaks:
            bell.clear()
            try:
                events, version = cluster.since(version)
            except Expired:
                yield _line("ERROR", failure(410, f"too old resource version: {version}"))
                return
            for each in events:
                if each.resource == resource and namespace in ("", each.object["metadata"].get("namespace")):
                    yield _line(each.type, each.object)
            try:
                await asyncio.wait_for(bell.wait(), min(left, cluster.bookmark_seconds))
            except TimeoutError:
                if marks:
                    yield _line("BOOKMARK", _bookmark(resource, version))
                    cluster.bookmark(resource, version)
        if cluster.breaks != breaks:
            raise ConnectionAbortedError("the watch is broken off on demand")
    finally:
        cluster.unlisten(bell)


def _line(type_: str, changed: Mapping[str, Any]) -> bytes:
    return json.dumps({"type": type_, "object": changed}).encode() + b"\n"


def _bookmark(resource: Resource, version: int) -> dict[str, Any]:
    meta = {"resourceVersion": str(version), "creationTimestamp": None}
    return {"kind": resource.kind, "apiVersion": resource.api, "metadata": meta}


def _review(cluster: Cluster, body: dict[str, Any]) -> Response:
    asked = body.get("spec", {}).get("resourceAttributes", {})
    allowed = asked.get("group", "") in cluster.groups and cluster.rights.allows(
        asked.get("resource", ""), asked.get("namespace", "")
    )
    status = {"allowed": allowed} | ({} if allowed else {"reason": "no RBAC policy matched"})
    return JSONResponse({**body, "metadata": {"creationTimestamp": None}, "status": status}, 201)
