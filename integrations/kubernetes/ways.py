"""Reads the ways from a host to a Service out of Ingresses, Gateway API routes, Routes and Services; pure.

Knows no workload. A host is taken as the object states it; what DNS says is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from integrations.kubernetes.facts import Way
from integrations.kubernetes.json_objects import inside, items, number, text, texts

_HOST = re.compile(r"^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
_EVERYTHING = re.compile(r"^[/().*?$^|]*$")
"""A path that is nothing but a slash and what expressions need to mean all: `/`, `/*`, `/(.*)`."""
_INSIDE = (".local", ".internal", ".corp", ".lan", ".intranet", ".localhost", ".private")
_EXTERNAL_DNS = "external-dns.alpha.kubernetes.io/"
_BALANCER_SCHEMES = (
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "service.beta.kubernetes.io/openstack-internal-load-balancer",
    "networking.gke.io/load-balancer-type",
    "cloud.google.com/load-balancer-type",
    "alb.ingress.kubernetes.io/scheme",
    "kubernetes.io/ingress.class",
)
"""Annotations by which clouds are told to keep a balancer inside."""


def ways(kind: str, found: Any) -> tuple[Way, ...]:
    """Return the ways of an Ingress, HTTPRoute, GRPCRoute, Route or Service; none of an unnamed one."""
    readers = {
        "Ingress": _of_ingress,
        "HTTPRoute": _of_gateway_route,
        "GRPCRoute": _of_gateway_route,
        "Route": _of_route,
        "Service": _of_service,
    }
    if not text(found, "metadata", "namespace") or not text(found, "metadata", "name"):
        return ()
    return tuple(dict.fromkeys(readers[kind](kind, found)))


def _of_ingress(kind: str, found: Any) -> Iterator[Way]:
    notes = texts(found, "metadata", "annotations")
    named = text(found, "spec", "ingressClassName") or notes.get("kubernetes.io/ingress.class", "")
    outside = not _kept_inside(found, named)
    if named == "alb" and "alb.ingress.kubernetes.io/scheme" not in notes:
        outside = False  # what that controller does unless it is told otherwise
    canary = notes.get("nginx.ingress.kubernetes.io/canary") == "true"
    further = _listed(notes.get("nginx.ingress.kubernetes.io/server-alias", "")) + _named_by_dns(notes)
    fallback = text(found, "spec", "defaultBackend", "service", "name")
    rules = items(found, "spec", "rules")
    for host in further if not rules else ():
        yield from _way(kind, found, host, "/", fallback, outside, not canary)
    for rule in rules:
        paths = items(rule, "http", "paths")
        if not any(_EVERYTHING.match(text(path, "path")) for path in paths):
            yield from _way(kind, found, text(rule, "host"), "/", fallback, outside, not canary)
        for path in paths:
            name = text(path, "backend", "service", "name")
            for host in (text(rule, "host"), *further):
                yield from _way(kind, found, host, text(path, "path"), name, outside, not canary)


def _of_gateway_route(kind: str, found: Any) -> Iterator[Way]:
    own = text(found, "metadata", "namespace")
    gateways = " ".join(text(each, "name") for each in items(found, "spec", "parentRefs"))
    outside = not _kept_inside(found, gateways)
    hosts = [host for host in items(found, "spec", "hostnames") if isinstance(host, str)]
    hosts += _named_by_dns(texts(found, "metadata", "annotations"))
    for rule in items(found, "spec", "rules"):
        for match in items(rule, "matches") or [{}]:
            path = text(match, "path", "value") or f"/{text(match, 'method', 'service')}"
            certain = not inside(match, "headers") and not inside(match, "queryParams")
            certain = certain and not isinstance(inside(match, "method"), str)
            for backend in items(rule, "backendRefs"):
                if (text(backend, "kind") or "Service") != "Service" or number(backend, "weight") == 0:
                    continue
                namespace = text(backend, "namespace") or own
                for host in hosts:
                    yield from _way(
                        kind, found, host, path, text(backend, "name"), outside, certain, namespace
                    )


def _of_route(kind: str, found: Any) -> Iterator[Way]:
    hosts = [text(found, "spec", "host")]
    hosts += [text(each, "host") for each in items(found, "status", "ingress")]
    backends = [inside(found, "spec", "to"), *items(found, "spec", "alternateBackends")]
    for backend in backends:
        if (text(backend, "kind") or "Service") == "Service" and number(backend, "weight") != 0:
            for host in hosts:
                path = text(found, "spec", "path")
                yield from _way(kind, found, host, path, text(backend, "name"), not _kept_inside(found, ""))


def _of_service(kind: str, found: Any) -> Iterator[Way]:
    hosts = _named_by_dns(texts(found, "metadata", "annotations"))
    hosts += [text(each, "hostname") for each in items(found, "status", "loadBalancer", "ingress")]
    outside = text(found, "spec", "type") == "LoadBalancer" and not _kept_inside(found, "")
    for host in hosts:
        yield from _way(kind, found, host, "/", text(found, "metadata", "name"), outside)


def _way(
    kind: str,
    found: Any,
    host: str,
    path: str,
    service: str,
    outside: bool,
    certain: bool = True,
    service_namespace: str = "",
) -> Iterator[Way]:
    host = host.lower().rstrip(".")
    if not service or len(host) > 253 or not _HOST.match(host):
        return
    namespace = text(found, "metadata", "namespace")
    yield Way(
        kind,
        namespace,
        text(found, "metadata", "name"),
        host,
        "/" if _EVERYTHING.match(path) else path,
        (service_namespace or namespace, service),
        outside and not host.endswith(_INSIDE) and "." in host,
        certain,
    )


def _kept_inside(found: Any, class_names: str) -> bool:
    """Tell whether an object asks for an address that the company alone can reach."""
    notes = texts(found, "metadata", "annotations")
    told = " ".join([class_names, *(notes.get(key, "") for key in _BALANCER_SCHEMES)]).lower()
    return bool(re.search(r"\b(internal|private|true)\b", told.replace("_", "-")))


def _named_by_dns(notes: dict[str, str]) -> list[str]:
    named = (notes.get(f"{_EXTERNAL_DNS}{key}", "") for key in ("hostname", "internal-hostname"))
    return [host for each in named for host in _listed(each)]


def _listed(value: str) -> list[str]:
    return [each for each in re.split(r"[,\s]+", value) if each]
