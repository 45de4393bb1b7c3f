"""GitHub on this machine: GraphQL, the REST subset, webhooks and a page for the person at the demo.

Mount it with `playground.vendors.vendor.mounted`; the page and both APIs show the same organization.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.github import shapes
from playground.vendors.github.access import Access, App
from playground.vendors.github.answers import stamp
from playground.vendors.github.changes import Changes
from playground.vendors.github.desk import Desk
from playground.vendors.github.graph import Graph
from playground.vendors.github.hooks import Hooks
from playground.vendors.github.rest_organization import OrganizationRest
from playground.vendors.github.rest_repositories import RepositoryRest
from playground.vendors.github.seed import read_seed
from playground.vendors.github.state import Organization
from playground.vendors.github.troubles import Troubles
from playground.vendors.github.wire import Handler, ghost, json_of, refusal
from playground.vendors.vendor import Faults

TOKEN = "ghp_playground"  # noqa: S105 - opens nothing but this playground
SCOPES = frozenset({"repo", "read:org", "read:user"})


def _now() -> datetime:
    return datetime.now(UTC)


class GitHub:
    """The vendor. `changes` acts on it, `troubles` and `faults` make it ill, `hooks` are its webhooks."""

    name = "github"

    def __init__(
        self,
        organization: Organization,
        *,
        tokens: Mapping[str, frozenset[str] | None] | None = None,
        app: App | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.faults = Faults()
        self.troubles = Troubles()
        self.organization = organization
        self.hooks = Hooks()
        self.access = Access(clock, dict(tokens or {TOKEN: SCOPES}), app)
        self._api = "https://api.github.com"
        self.changes = Changes(organization, self.hooks, clock, lambda: self._api)
        self.graph = Graph(organization, self.troubles, clock, lambda: shapes.WEB)
        self._table = (
            *OrganizationRest(organization, self.changes, self.hooks, self.troubles).table(),
            *RepositoryRest(organization, self.changes).table(),
        )
        self._desk = Desk(organization, self.changes)

    @classmethod
    def seeded(cls, seed: Path, repositories: Path | None = None, **settings: Any) -> GitHub:
        """Make it from a YAML file; folders in `repositories` bring the files of those they are named like.

        `settings` are the constructor's; `clock` also says from when the file's ages count.
        """
        clock: Callable[[], datetime] = settings.get("clock", _now)
        return cls(read_seed(seed, repositories, clock()), **settings)

    def routes(self) -> Sequence[BaseRoute]:
        """Return both APIs and the page."""
        return [
            Route("/api/graphql", self._guarded(self._graphql), methods=["POST"]),
            Route("/api/v3/app/installations/{id}/access_tokens", self._install, methods=["POST"]),
            *(
                Route(f"/api/v3{path}", self._guarded(who), methods=[method])
                for method, path, who in self._table
            ),
            *self._desk.routes(),
            Route("/api/{path:path}", self._nothing, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        ]

    async def _graphql(self, request: Request) -> Response:
        asked = await json_of(request)
        if not isinstance(asked.get("query"), str):
            return refusal(400, "A query attribute must be specified and must be a string.")
        scopes = request.state.scopes
        status, headers, body = await run_in_threadpool(
            self.graph.answer, asked, scopes, request.state.viewer
        )
        return JSONResponse(body, status, headers)

    async def _install(self, request: Request) -> Response:
        self._remember(request)
        made = self.access.install(request.headers.get("authorization", ""), request.path_params["id"])
        if made is None:
            return refusal(401, "A JSON web token could not be decoded")
        permissions = {"metadata": "read", "contents": "read", "members": "read"}
        body = {
            "token": made[0],
            "expires_at": stamp(made[1]),
            "permissions": permissions,
            "repository_selection": "all",
        }
        return JSONResponse(body, 201)

    async def _nothing(self, _request: Request) -> Response:
        return refusal(404, "Not Found")

    def _guarded(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def checked(request: Request) -> Response:
            self._remember(request)
            known, scopes = self.access.scopes(request.headers.get("authorization", ""))
            if not known:
                return refusal(401, "Bad credentials")
            if self.troubles.sso:
                headers = {"X-GitHub-SSO": f"required; url={self.troubles.sso}"}
                return refusal(403, "Resource protected by organization SAML enforcement.", headers)
            if self.troubles.secondary > 0:
                self.troubles.secondary -= 1
                headers = {"Retry-After": str(self.troubles.retry_after)}
                return refusal(
                    403, "You have exceeded a secondary rate limit. Please wait a few minutes.", headers
                )
            request.state.scopes = scopes
            people = self.organization.people.values()
            request.state.viewer = next((each for each in people if each.admin), ghost())
            answer = await handler(request)
            if scopes is not None:
                answer.headers["X-OAuth-Scopes"] = ", ".join(sorted(scopes))
            return answer

        return checked

    def _remember(self, request: Request) -> None:
        at = f"{request.url.scheme}://{request.url.netloc}{request.url.path}"
        self._api = request.state.api = at.split("/api/", 1)[0] + "/api/v3"
