"""Answers as a cluster's API server does: versions, discovery, lists in pages, watches, access reviews.

Changes nothing on request: objects change by `Cluster`'s methods.
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

from playground.vendors.kubernetes.cluster import Cluster, Expired
from playground.vendors.kubernetes.resources import Resource, find, group_list, resource_list
from playground.vendors.kubernetes.seed import clusters_of
from playground.vendors.vendor import Faults

GONE = "The provided continue parameter is too old to display a consistent list result."
TRUE = ("1", "t", "T", "true", "True", "TRUE")
"""As Go's strconv.ParseBool takes it."""
REASONS = {401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 410: "Expired"}


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
        return [Route("/{cluster}/{path:path}", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        cluster = self.clusters.get(request.path_params["cluster"])
        if cluster is None:
            return _status(404, f"there is no cluster {request.path_params['cluster']}")
        path = request.path_params["path"].strip("/")
        if path == "version":
            return JSONResponse(_version(cluster))
        if cluster.token and request.headers.get("authorization") != f"Bearer {cluster.token}":
            return _status(401, "Unauthorized")
        if path == "apis/authorization.k8s.io/v1/selfsubjectaccessreviews" and request.method == "POST":
            return _review(cluster, await request.json())
        if request.method != "GET":
            return _status(405, "the playground's clusters are changed from within")
        return _read(cluster, path, request.query_params)


def _read(cluster: Cluster, path: str, query: Mapping[str, str]) -> Response:
    parts = path.split("/")
    if path == "apis":
        return JSONResponse(group_list(cluster.groups))
    if path == "api":
        return JSONResponse({"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []})
    group, rest = ("", parts[1:]) if parts[0] == "api" else ("".join(parts[1:2]), parts[2:])
    if parts[0] not in ("api", "apis") or group not in cluster.groups or not rest:
        return _status(404, "the server could not find the requested resource")
    version, rest = rest[0], rest[1:]
    if not rest:
        return JSONResponse(resource_list(group, version))
    namespace = ""
    if rest[0] == "namespaces" and len(rest) == 3:
        namespace, rest = rest[1], rest[2:]
    resource = find(group, version, rest[0]) if len(rest) == 1 else None
    if resource is None:
        return _status(404, "the server could not find the requested resource")
    if not cluster.rights.allows(resource.plural, namespace):
        return _forbidden(resource, namespace)
    if query.get("watch") in TRUE:
        return StreamingResponse(_watch(cluster, resource, namespace, query), media_type="application/json")
    return _list(cluster, resource, namespace, query)


def _list(cluster: Cluster, resource: Resource, namespace: str, query: Mapping[str, str]) -> Response:
    try:
        items, rest, version = cluster.page(
            resource, namespace, int(query.get("limit", "0")), query.get("continue", "")
        )
    except Expired:
        return _status(410, GONE)
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
                yield _line("ERROR", _failure(410, f"too old resource version: {version}"))
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


def _version(cluster: Cluster) -> dict[str, str]:
    major, minor = cluster.version.lstrip("v").split(".")[:2]
    return {
        "major": major,
        "minor": minor,
        "gitVersion": cluster.version,
        "gitCommit": "0" * 40,
        "gitTreeState": "clean",
        "buildDate": "2026-01-05T09:00:00Z",
        "goVersion": "go1.24.4",
        "compiler": "gc",
        "platform": "linux/amd64",
    }


def _forbidden(resource: Resource, namespace: str) -> Response:
    name = f"{resource.plural}.{resource.group}" if resource.group else resource.plural
    where = f'in the namespace "{namespace}"' if namespace else "at the cluster scope"
    group = resource.group
    return _status(
        403,
        f'{name} is forbidden: User "system:serviceaccount:idp:idp" cannot list resource '
        f'"{resource.plural}" in API group "{group}" {where}',
    )


def _failure(code: int, message: str) -> dict[str, Any]:
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": REASONS.get(code, "MethodNotAllowed"),
        "code": code,
    }


def _status(code: int, message: str) -> Response:
    return JSONResponse(_failure(code, message), code)
