"""The bodies that a cluster answers with beside objects: versions, and what went wrong.

Decides nothing.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from playground.vendors.kubernetes.cluster import Cluster
from playground.vendors.kubernetes.resources import Resource

REASONS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "AlreadyExists",
    410: "Expired",
}


def version_of(cluster: Cluster) -> dict[str, str]:
    """Return what `/version` answers."""
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


def forbidden(resource: Resource, namespace: str) -> Response:
    """Return the refusal of somebody without the right."""
    name = f"{resource.plural}.{resource.group}" if resource.group else resource.plural
    where = f'in the namespace "{namespace}"' if namespace else "at the cluster scope"
    group = resource.group
    return status(
        403,
        f'{name} is forbidden: User "system:serviceaccount:idp:idp" cannot list resource '
        f'"{resource.plural}" in API group "{group}" {where}',
    )


def failure(code: int, message: str) -> dict[str, Any]:
    """Return a Status that says what went wrong."""
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": REASONS[code],
        "code": code,
    }


def status(code: int, message: str) -> Response:
    """Return the answer with such a Status."""
    return JSONResponse(failure(code, message), code)
