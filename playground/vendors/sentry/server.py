"""A Sentry as one vendor of the playground: API version 0 with its token's scopes, rate limit and webhook."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.sentry import endpoints
from playground.vendors.sentry.changes import Changes
from playground.vendors.sentry.endpoints import Call, Endpoint, Refusal
from playground.vendors.sentry.hooks import Hook
from playground.vendors.sentry.paging import BadCursor
from playground.vendors.sentry.seed import SentrySeed
from playground.vendors.sentry.state import Organization, planted
from playground.vendors.vendor import Faults

SCOPES = frozenset({"org:read", "project:read", "project:releases", "team:read", "member:read", "event:read"})
"""What a token may have here."""
LIMIT = 40
"""Requests a second."""
_ORG = "/api/0/organizations/{organization}"
_TABLE: Sequence[tuple[str, Endpoint, frozenset[str]]] = (
    (f"{_ORG}/projects/", endpoints.projects, frozenset({"org:read"})),
    (f"{_ORG}/teams/", endpoints.teams, frozenset({"org:read"})),
    (f"{_ORG}/members/", endpoints.members, frozenset({"member:read"})),
    (f"{_ORG}/issues/", endpoints.issues, frozenset({"event:read"})),
    (f"{_ORG}/releases/", endpoints.releases, frozenset({"project:read", "project:releases"})),
    (f"{_ORG}/stats_v2/", endpoints.events, frozenset({"org:read"})),
    ("/api/0/teams/{organization}/{team}/members/", endpoints.team_members, frozenset({"team:read"})),
    ("/api/0/projects/{organization}/{project}/ownership/", endpoints.ownership, frozenset({"project:read"})),
)
"""Paths, what answers them, and the scopes of which a token needs one."""


@dataclass(slots=True)
class Sentry:
    """The vendor `sentry`; `state` may be changed while it runs, in place or by `changes`."""

    seed: SentrySeed
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    name: str = "sentry"
    faults: Faults = field(default_factory=Faults)
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    """The token's; take one away to see who notices."""
    secret_projects: set[str] = field(default_factory=set)
    """Slugs of projects that the token may list and not look into."""
    odd: bool = False
    """Whether answers have fields and values that nobody knows."""
    token: str = field(init=False)
    state: Organization = field(init=False)
    hook: Hook = field(init=False)
    changes: Changes = field(init=False)
    _second: int = 0
    _used: int = 0

    def __post_init__(self) -> None:
        self.token = self.seed.token
        self.state = planted(self.seed, self.now())
        self.hook = Hook(self.seed.client_secret, self.web_url)
        self.changes = Changes(self.state, self.now, self.hook.tell)

    @property
    def web_url(self) -> str:
        """Where people would see the organization."""
        return f"https://{self.seed.organization}.sentry.io"

    def routes(self) -> Sequence[BaseRoute]:
        """Return the endpoints; Sentry's paths end with a slash."""
        return [
            *(Route(path, self._guarded(answer, scopes)) for path, answer, scopes in _TABLE),
            Route("/{rest:path}", self._nothing),
        ]

    def _guarded(self, answer: Endpoint, scopes: frozenset[str]) -> Callable[[Request], Response]:
        def guarded(request: Request) -> Response:
            try:
                self._check(request, scopes)
                request.state.now = self.now()
                response = answer(Call(request, self.state, self.web_url, self.odd))
            except Refusal as refusal:
                response = _refused(refusal.status, refusal.detail)
            except BadCursor:
                response = _refused(400, "Invalid cursor parameter.")
            response.headers.update(self._limits())
            return response

        return guarded

    def _check(self, request: Request, scopes: frozenset[str]) -> None:
        given = request.headers.get("authorization", "")
        if not given:
            raise Refusal(401, "Authentication credentials were not provided.")
        if not secrets.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            raise Refusal(401, "Invalid token")
        if request.path_params["organization"] != self.state.slug:
            raise Refusal(404, "The requested resource does not exist")
        project = self.state.project(request.path_params.get("project", ""))
        hidden = project is not None and project.slug in self.secret_projects
        if hidden or scopes.isdisjoint(self.scopes):
            raise Refusal(403, "You do not have permission to perform this action.")

    def _limits(self) -> dict[str, str]:
        second = int(time.time())
        self._second, self._used = second, self._used + 1 if second == self._second else 1
        return {
            "X-Sentry-Rate-Limit-Limit": str(LIMIT),
            "X-Sentry-Rate-Limit-Remaining": str(max(0, LIMIT - self._used)),
            "X-Sentry-Rate-Limit-Reset": str(second + 1),
            "X-Sentry-Rate-Limit-ConcurrentLimit": "25",
            "X-Sentry-Rate-Limit-ConcurrentRemaining": "24",
        }

    def _nothing(self, _request: Request) -> Response:
        return _refused(404, "The requested resource does not exist")


def _refused(status: int, detail: str) -> Response:
    return JSONResponse({"detail": detail}, status)
