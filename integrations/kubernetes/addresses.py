"""Finds the cluster's own addresses in what a workload is configured with; pure.

Keeps the variable's name and the Service's, and nothing else of a value: it may hold a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from integrations.kubernetes.facts import Call
from integrations.kubernetes.json_objects import items, text

LONGEST = 2_000
"""Characters of a value that are read."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?P<host>(?=[a-z]){_LABEL}(?:\.{_LABEL})*)"
_IN_URL = re.compile(rf"[a-z][a-z0-9+.-]*://(?:[^\s/@,]*@)?{_HOST}(?=[:/,?\s\"']|$)")
_WITH_PORT = re.compile(rf"(?<![\w./@:-]){_HOST}:[0-9]{{2,5}}(?![\w.:-])")
_WHOLE = re.compile(rf"{_HOST}\.?")
_NAMES_A_HOST = re.compile(
    r"(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|SERVER|URL|URI|UPSTREAM|BROKERS?)S?$"
)
"""Variables whose bare value, without scheme and port, is a host."""


def calls(template: Any, namespace: str) -> tuple[Call, ...]:
    """Return the Services that a pod template's variables and arguments name, each once.

    Whether there is such a Service is not known here. A host that is no name of a Service is left out.
    """
    found: dict[tuple[str, str], Call] = {}
    containers = [*items(template, "spec", "containers"), *items(template, "spec", "initContainers")]
    for container in containers:
        for variable, value in _values(container):
            for host in _hosts(variable, value[:LONGEST].lower()):
                place = _service(host, namespace)
                if place is not None:
                    found.setdefault(place, Call(variable, place))
    return tuple(found.values())


def _values(container: Any) -> Iterator[tuple[str, str]]:
    for each in items(container, "env"):
        name, value = text(each, "name"), text(each, "value")
        if name and value:
            yield name, value
    for key in ("command", "args"):
        for each in items(container, key):
            if isinstance(each, str):
                yield f"its {key}", each


def _hosts(variable: str, value: str) -> Iterator[str]:
    for pattern in (_IN_URL, _WITH_PORT):
        for match in pattern.finditer(value):
            yield match["host"]
    whole = _WHOLE.fullmatch(value)
    if whole and (_NAMES_A_HOST.search(variable.upper()) or ".svc" in value):
        yield whole["host"]


def _service(host: str, namespace: str) -> tuple[str, str] | None:
    """Return namespace and name of the Service that a host would be: `pay`, `pay.money`, `pay.money.svc`."""
    name, _, rest = host.partition(".")
    where, _, zone = rest.partition(".")
    if not rest:
        return namespace, name
    if not zone or zone == "svc" or zone.startswith("svc."):
        return where, name
    return None
