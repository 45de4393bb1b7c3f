"""What an endpoint is given, what it may refuse, and which endpoint a request is for.

Knows no endpoint by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from playground.vendors.gitlab.changes import Event
from playground.vendors.gitlab.state import Group, Project, State


class Refusal(Exception):
    """An answer other than what was asked for."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Call:
    """One request at an endpoint."""

    request: Request
    parts: tuple[str, ...]
    """What stands for the `:name` parts of the endpoint's path."""
    body: bytes
    state: State
    now: datetime
    user: str
    """Whose token it is."""
    tell: Callable[[Event], None]
    """Takes what webhooks are to be told when the answer is out."""

    def query(self, name: str, default: str = "") -> str:
        """Return a parameter of the address."""
        return self.request.query_params.get(name, default)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean parameter."""
        return self.query(name, str(default)).lower() in ("true", "1", "yes")

    def given(self) -> Mapping[str, Any]:
        """Return the body's JSON. Raises Refusal."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            raise Refusal(400, "400 Bad request") from None
        if not isinstance(found, dict):
            raise Refusal(400, "400 Bad request")
        return found

    def group(self) -> Group:
        """Return the group that the address names. Raises Refusal."""
        found = self.state.group_named(self.parts[0])
        if found is None:
            raise Refusal(404, "404 Group Not Found")
        return found

    def project(self) -> Project:
        """Return the project that the address names. Raises Refusal."""
        found = self.state.project_named(self.parts[0])
        if found is None:
            raise Refusal(404, "404 Project Not Found")
        return found


Endpoint = Callable[[Call], Response]
Table = Mapping[str, Endpoint]
"""Endpoints by `GET groups/:id/projects`."""


def found(table: Table, method: str, rest: str) -> tuple[str, Endpoint, tuple[str, ...]] | None:
    """Return the endpoint of a request by its raw path below /api/v4/, and its named parts; None: none.

    The path is split before it is decoded: `acme%2Fmoney` is one part.
    """
    segments = rest.split("/")
    for name, endpoint in table.items():
        verb, _, pattern = name.partition(" ")
        wanted = pattern.split("/")
        if verb != method or len(wanted) != len(segments):
            continue
        pairs = list(zip(wanted, segments, strict=True))
        if all(part.startswith(":") or part == segment for part, segment in pairs):
            return name, endpoint, tuple(unquote(segment) for part, segment in pairs if part.startswith(":"))
    return None
