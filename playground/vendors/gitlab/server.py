"""A GitLab as one vendor of the playground: API v4, GraphQL, tokens, rate limit, webhooks.

What happens in it is told to its webhooks, whether it came over the API or by a call of `happens`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from playground.vendors.gitlab.calls import Call, Refusal, Table, found
from playground.vendors.gitlab.changes import Changes, Event
from playground.vendors.gitlab.graph import carried_out
from playground.vendors.gitlab.hooks import Deliveries, Sent
from playground.vendors.gitlab.paging import answered
from playground.vendors.gitlab.planting import planted
from playground.vendors.gitlab.reading import READING
from playground.vendors.gitlab.repositories import REPOSITORIES
from playground.vendors.gitlab.seed import Seeded
from playground.vendors.gitlab.state import State
from playground.vendors.gitlab.writing import WRITING
from playground.vendors.vendor import Faults

API = "/api/v4/"
TABLE: Table = {**READING, **REPOSITORIES, **WRITING}
LIMIT = 2_000
"""Requests a minute, as on gitlab.com."""
_VERBS = ["GET", "POST", "PUT", "DELETE"]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token; its user is one of the seed's."""

    user: str
    scopes: tuple[str, ...] = ("api",)


@dataclass(slots=True)
class GitLab:
    """The vendor `gitlab`."""

    seeded: Seeded
    tokens: dict[str, Token] = field(default_factory=dict)
    """By their secret."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    name: str = "gitlab"
    faults: Faults = field(default_factory=Faults)
    denied: set[str] = field(default_factory=set)
    """Endpoints (as in TABLE, or `graphql`) that every token is too weak for: they answer 403."""
    state: State = field(init=False)
    deliveries: Deliveries = field(init=False)
    changes: Changes = field(init=False)
    _minute: int = 0
    _used: int = 0

    def __post_init__(self) -> None:
        self.state = planted(self.seeded, self.now())
        self.deliveries = Deliveries(self.state)
        self.changes = Changes(self.state)

    def routes(self) -> Sequence[BaseRoute]:
        """Return API v4 and GraphQL; everything else is GitLab's sign-in page, in HTML."""
        return [
            Route(f"{API}{{rest:path}}", self._rest, methods=_VERBS),
            Route("/api/graphql", self._graphql, methods=["POST"]),
            Route("/{rest:path}", self._sign_in, methods=_VERBS),
        ]

    def happens(self, event: Event) -> list[Sent]:
        """Tell the webhooks of a change and return the deliveries: `happens(changes.rename(…))`."""
        return self.deliveries.tell(event)

    async def _rest(self, request: Request) -> Response:
        events: list[Event] = []
        try:
            response = self._called(request, await request.body(), events)
        except Refusal as refusal:
            response = answered({"message": refusal.message}, status=refusal.status)
        response.headers.update(self._limits())
        if events:
            response.background = BackgroundTask(self._tell_all, events)
        return response

    def _called(self, request: Request, body: bytes, events: list[Event]) -> Response:
        token = self._token_of(request)
        raw: bytes = request.scope["raw_path"]
        hit = found(TABLE, request.method, raw.decode("ascii").partition(API)[2])
        if hit is None:
            raise Refusal(404, "404 Not Found")
        name, endpoint, parts = hit
        if request.method != "GET" and "api" not in token.scopes:
            return answered(
                {"error": "insufficient_scope", "error_description": "…", "scope": "api"}, status=403
            )
        if name in self.denied:
            raise Refusal(403, "403 Forbidden")
        request.state.scopes = list(token.scopes)
        return endpoint(Call(request, parts, body, self.state, self.now(), token.user, events.append))

    def _token_of(self, request: Request) -> Token:
        given = request.headers.get("private-token", "")
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        token = self.tokens.get(given or bearer)
        if token is None:
            raise Refusal(401, "401 Unauthorized")
        return token

    def _tell_all(self, events: list[Event]) -> None:
        for event in events:
            self.deliveries.tell(event)

    def _limits(self) -> dict[str, str]:
        minute = int(time.time()) // 60
        self._minute, self._used = minute, self._used + 1 if minute == self._minute else 1
        return {
            "RateLimit-Limit": str(LIMIT),
            "RateLimit-Remaining": str(max(0, LIMIT - self._used)),
            "RateLimit-Reset": str((minute + 1) * 60),
        }

    async def _graphql(self, request: Request) -> Response:
        try:
            self._token_of(request)
            if "graphql" in self.denied:
                raise Refusal(403, "403 Forbidden")
            given = json.loads(await request.body())
            return answered(carried_out(self.state, given["query"], given.get("variables") or {}))
        except Refusal as refusal:
            return answered({"errors": [{"message": refusal.message}]}, status=refusal.status)
        except (ValueError, KeyError, TypeError):
            return answered({"errors": [{"message": "Invalid GraphQL request"}]}, status=400)

    async def _sign_in(self, _request: Request) -> Response:
        return Response("<!DOCTYPE html><title>Sign in · GitLab</title>", media_type="text/html")
