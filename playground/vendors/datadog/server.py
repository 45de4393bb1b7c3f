"""The organization's API. Every route wants both keys, and the permission that Datadog wants for it.

As at Datadog, wrong keys are 403 at v1 and 401 at v2, and each list goes on in a way of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.datadog import shapes
from playground.vendors.datadog.oddities import odd
from playground.vendors.datadog.paging import BadPage, by_number, by_offset
from playground.vendors.datadog.seed import DatadogSeed, Team, User, load_datadog, moved
from playground.vendors.vendor import Faults

PERMISSIONS = (
    "apm_service_catalog_read", "teams_read", "user_access_read", "apm_read", "slos_read", "monitors_read",
)  # fmt: skip
LIMIT = 1_000
"""Requests in a period; nobody is refused for it."""
Answer = Callable[[Request], Any]


class Absent(Exception):
    """There is no such thing."""


class Datadog:
    """One organization; what it holds, its keys and their permissions may be changed while it runs."""

    name = "datadog"

    def __init__(self, seed: DatadogSeed) -> None:
        self.faults = Faults()
        self.api_key, self.app_key = seed.api_key, seed.app_key
        self.permissions = set(PERMISSIONS)
        self.odd = False
        """Whether answers have fields and values that nobody has heard of."""
        self.without_entities = False
        """Whether this is a site that knows no entities of v3."""
        self.broken_calls: Sequence[str] = ()
        """Services whose calls are told as something that is no list."""
        self.left = LIMIT
        self.plant(seed)

    @classmethod
    def seeded(cls, path: Path) -> Datadog:
        """Open the organization that a file describes, as if it was written now; raises SeedError."""
        return cls(moved(load_datadog(path), datetime.now(UTC)))

    def plant(self, seed: DatadogSeed) -> None:
        """Hold what a seed says, and nothing else."""
        self.users: list[User] = list(seed.users)
        self.teams: list[Team] = list(seed.teams)
        self.definitions: list[dict[str, Any]] = list(seed.definitions)
        self.entities: list[dict[str, Any]] = list(seed.entities)
        self.calls = {env: dict(calls) for env, calls in seed.calls.items()}
        self.slos = list(seed.slos)
        self.monitors = list(seed.monitors)

    def routes(self) -> list[BaseRoute]:
        """Return one route for each endpoint."""
        table: Sequence[tuple[str, str, Answer]] = (
            ("/api/v1/validate", "", lambda _request: {"valid": True}),
            ("/api/v2/validate_keys", "", lambda _request: {"status": "ok"}),
            ("/api/v2/services/definitions", "apm_service_catalog_read", self._definitions),
            ("/api/v2/catalog/entity", "apm_service_catalog_read", self._entities),
            ("/api/v2/team", "teams_read", self._teams),
            ("/api/v2/team/{team}/memberships", "teams_read", self._memberships),
            ("/api/v2/users", "user_access_read", self._users),
            ("/api/v1/service_dependencies", "apm_read", self._dependencies),
            ("/api/v1/slo", "slos_read", self._listed_objectives),
            ("/api/v1/slo/search", "slos_read", self._objectives),
            ("/api/v1/monitor", "monitors_read", self._monitors),
        )
        return [Route(path, self._guarded(permission, answer)) for path, permission, answer in table]

    def _guarded(self, permission: str, answer: Answer) -> Callable[[Request], Response]:
        def guarded(request: Request) -> Response:
            first = "/api/v1/" in request.url.path
            if not self._is_known(request):
                return _refused(403, "Forbidden") if first else _refused(401, "Unauthorized")
            if permission and permission not in self.permissions:
                return _refused(403, "Forbidden")
            self.left = max(0, self.left - 1)
            try:
                found = answer(request)
            except BadPage as error:
                return _refused(400, str(error))
            except Absent:
                return _refused(404, "Not Found")
            return JSONResponse(odd(found) if self.odd else found, headers=self._limits(request))

        return guarded

    def _is_known(self, request: Request) -> bool:
        given = (request.headers.get("dd-api-key", ""), request.headers.get("dd-application-key", ""))
        pairs = zip(given, (self.api_key, self.app_key), strict=True)
        return all(secrets.compare_digest(one.encode(), other.encode()) for one, other in pairs)

    def _limits(self, request: Request) -> dict[str, str]:
        return {
            "x-ratelimit-limit": str(LIMIT),
            "x-ratelimit-remaining": str(self.left),
            "x-ratelimit-reset": "12",
            "x-ratelimit-period": "60",
            "x-ratelimit-name": request.url.path.rpartition("/")[2],
        }

    def _definitions(self, request: Request) -> Any:
        version = request.query_params.get("schema_version")
        wanted = [each for each in self.definitions if version in (None, each["schema-version"])]
        page = by_number(request, wanted, largest=100)
        return {"data": [shapes.definition(each) for each in page.items]}

    def _entities(self, request: Request) -> Any:
        if self.without_entities:
            raise Absent
        page = by_offset(request, [*self.definitions, *self.entities], largest=100, usual=100)
        documents = [each if "apiVersion" in each else shapes.converted(each) for each in page.items]
        found: dict[str, Any] = {
            "data": [shapes.entity(each) for each in documents],
            "meta": {"count": page.total},
        }
        if "schema" in request.query_params.get("include", "").split(","):
            found["included"] = [shapes.schema_of(each) for each in documents]
            found["meta"]["includeCount"] = len(documents)
        return found

    def _teams(self, request: Request) -> Any:
        page = by_number(request, self.teams, largest=100)
        return {"data": [shapes.team(each) for each in page.items], "meta": page.pagination}

    def _memberships(self, request: Request) -> Any:
        team = next((each for each in self.teams if each.id == request.path_params["team"]), None)
        if team is None:
            raise Absent
        users = {each.email: each for each in self.users}
        page = by_number(request, [users[each] for each in team.members if each in users], largest=100)
        return {
            "data": [shapes.membership(team, each) for each in page.items],
            "included": [shapes.user(each) for each in page.items],
            "meta": page.pagination,
        }

    def _users(self, request: Request) -> Any:
        page = by_number(request, self.users, largest=100)
        counts = {"total_count": page.total, "total_filtered_count": page.total}
        return {"data": [shapes.user(each) for each in page.items], "meta": {"page": counts}}

    def _dependencies(self, request: Request) -> Any:
        environment = request.query_params.get("env")
        if not environment:
            raise BadPage("Missing required parameter: env")
        calls = self.calls.get(environment, {})
        names = dict.fromkeys((*calls, *(each for called in calls.values() for each in called)))
        found: dict[str, Any] = {each: {"calls": list(calls.get(each, ()))} for each in names}
        return found | {each: {"calls": "many"} for each in self.broken_calls}

    def _listed_objectives(self, request: Request) -> Any:
        page = by_offset(request, self.slos, largest=1_000, usual=1_000, names=("offset", "limit"))
        counts = {"total_count": page.total, "total_filtered_count": page.total}
        return {
            "data": [shapes.listed_objective(each) for each in page.items],
            "errors": [],
            "metadata": {"page": counts},
        }

    def _objectives(self, request: Request) -> Any:
        page = by_number(request, self.slos, largest=100)
        attributes = {"slos": [shapes.objective(each) for each in page.items]}
        pagination = {
            "number": page.number, "size": page.size, "total": page.total, "first_number": 0,
            "next_number": page.number + 1, "last_number": page.last, "type": "number_size",
        }  # fmt: skip
        data = {"type": "service_level_objective_search_results", "attributes": attributes}
        return {"data": data, "meta": {"pagination": pagination}}

    def _monitors(self, request: Request) -> Any:
        if "page" not in request.query_params:
            return [shapes.monitor(each) for each in self.monitors]
        page = by_number(request, self.monitors, largest=1_000, usual=100, names=("page", "page_size"))
        return [shapes.monitor(each) for each in page.items]


def _refused(status: int, reason: str) -> Response:
    return JSONResponse({"errors": [reason]}, status)
