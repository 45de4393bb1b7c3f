"""A Jira's server: who asks, and by which table he is answered.

As the real one, the cloud answers much of what an unknown credential asks as it would anybody: with nothing.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.jira.calls import Call, Desk, Refusal
from playground.vendors.jira.creating import CREATING
from playground.vendors.jira.reading import READING
from playground.vendors.jira.seed import JiraSeed
from playground.vendors.vendor import Faults

LIMIT = 10_000
_VERBS = ["GET", "POST"]


class Jira(Desk):
    """One Jira; its state may be changed while it runs."""

    def __init__(self, seed: JiraSeed, *, name: str = "jira") -> None:
        super().__init__(seed)
        self.name = name
        self.faults = Faults()

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes of the flavour's version; in the cloud some of 2 beside it."""
        version = 3 if self.cloud else 2
        table = {**READING, **CREATING}
        known = [
            Route(f"/rest/api/{version}/{path}", self._serving(answer), methods=[verb])
            for (flavour, verb, path), answer in table.items()
            if flavour in ("", "cloud" if self.cloud else "datacenter")
        ]
        either = [
            Route(f"/rest/api/2/{path}", self._serving(READING["", "GET", path]), methods=["GET"])
            for path in ("serverInfo", "myself")
            if self.cloud
        ]
        return [*known, *either, Route("/{path:path}", self._nothing, methods=_VERBS)]

    def _serving(
        self, answer: Callable[[Call], Awaitable[object]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            known = self._known(request)
            headers = {"x-ratelimit-limit": str(LIMIT), "x-ratelimit-remaining": str(LIMIT - 1)}
            if not known and request.headers.get("authorization"):
                headers["x-seraph-loginreason"] = "AUTHENTICATED_FAILED"
            try:
                if not known and not self.cloud and not request.url.path.endswith("/serverInfo"):
                    raise Refusal(
                        401, "You are not authenticated. Authentication required to perform this operation."
                    )
                body = await request.body()
                call = Call(self, request, _parsed(body), known)
                value = await answer(call)
                return JSONResponse(value, 201 if call.created else 200, headers)
            except Refusal as refusal:
                return JSONResponse(refusal.value, refusal.status, headers)

        return serve

    def _known(self, request: Request) -> bool:
        basic = base64.b64encode(f"{self.email}:{self.token}".encode()).decode("ascii")
        expected = f"Basic {basic}" if self.cloud else f"Bearer {self.token}"
        given = request.headers.get("authorization", "")
        return secrets.compare_digest(given.encode(), expected.encode())

    async def _nothing(self, _request: Request) -> Response:
        return JSONResponse({"errorMessages": ["Not found."], "errors": {}}, 404)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body) if body.strip() else {}
    except ValueError:
        raise Refusal(
            400, "There was an error parsing JSON. Check that your request body is valid."
        ) from None
