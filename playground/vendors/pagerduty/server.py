"""PagerDuty on this machine: the lists that a catalog asks for, and acts that tell webhooks.

Every route wants `Authorization: Token token=…` or `Bearer …`. Lists have classic pagination, with its end at
10,000.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.pagerduty.acts import Acts
from playground.vendors.pagerduty.hooks import Hooks
from playground.vendors.pagerduty.lists import LISTS, SINGLE, Asked, Refused
from playground.vendors.pagerduty.seed import Account, load_pagerduty
from playground.vendors.pagerduty.shapes import Shapes
from playground.vendors.vendor import Faults

LARGEST_PAGE = 100
USUAL_PAGE = 25
MOST = 10_000
LIMIT = 960
"""Requests a minute."""


class PagerDuty:
    """The vendor. `account` may be changed while it runs; `acts` changes it and tells webhooks."""

    name = "pagerduty"

    def __init__(self, account: Account, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.faults = Faults()
        self.now = now
        self.hold(account)

    def hold(self, account: Account) -> None:
        """Hold an account, instead of the one before; whatever was wrong with the server is well again."""
        self.faults.clear()
        self.account = account
        self.hooks = Hooks()
        self.acts = Acts(account, self.hooks, lambda: self.now())
        self.denied: set[str] = set()
        """Paths that this key may not read: they answer 403."""
        self.unpaid: set[str] = set()
        """Paths that this account's plan has not: they answer 402."""
        self.rewrite: Callable[[dict[str, Any]], None] | None = None
        """Changes an answer before it is sent, for what a later version may answer."""
        self.left = LIMIT
        _dated(account, self.now())

    @classmethod
    def seeded(cls, path: Path, **settings: Any) -> PagerDuty:
        """Make it from a YAML file; `settings` are the constructor's."""
        return cls(load_pagerduty(path), **settings)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the API."""
        return [
            Route("/service_dependencies/business_services/{id}", self._guarded(self._dependencies)),
            Route("/abilities", self._guarded(lambda _r: {"abilities": self.account.abilities})),
            *(Route(f"/{path}", self._guarded(self._list(path))) for path in LISTS),
            *(Route(f"/{path}/{{id}}", self._guarded(self._single(path))) for path in SINGLE),
            Route("/{rest:path}", self._guarded(_nothing)),
        ]

    def _guarded(self, answer: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Response]:
        def guarded(request: Request) -> Response:
            self.left = self.left - 1 if self.left > 0 else LIMIT
            try:
                self._admit(request)
                found = answer(request)
                if self.rewrite is not None:
                    self.rewrite(found)
                response: Response = JSONResponse(found)
            except Refused as refused:
                response = JSONResponse(
                    {"error": {"message": str(refused), "code": refused.code}}, refused.status
                )
            response.headers.update(
                {
                    "ratelimit-limit": str(LIMIT),
                    "ratelimit-remaining": str(self.left),
                    "ratelimit-reset": "31",
                }
            )
            return response

        return guarded

    def _admit(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        for known in (f"Token token={self.account.token}", f"Bearer {self.account.token}"):
            if secrets.compare_digest(given.encode(), known.encode()):
                break
        else:
            raise Refused(401, 2006, "Access Denied")
        path = "/" + request.url.path.rpartition("/pagerduty/")[2].partition("/")[0]
        if path in self.denied:
            raise Refused(403, 2010, "Access Denied")
        if path in self.unpaid or (path == "/teams" and "teams" not in self.account.abilities):
            raise Refused(402, 2012, "Account does not have the abilities to perform the action")

    def _list(self, path: str) -> Callable[[Request], dict[str, Any]]:
        def listed(request: Request) -> dict[str, Any]:
            limit = min(LARGEST_PAGE, _number(request, "limit", USUAL_PAGE))
            offset = _number(request, "offset", 0)
            if offset + limit > MOST:
                raise Refused(400, 2001, "Offset and limit must not exceed 10000")
            found, shape = LISTS[path](self._asked(request))
            shown = [shape(each) for each in found[offset : offset + limit]]
            total = len(found) if request.query_params.get("total") == "true" else None
            more = offset + limit < len(found)
            return {path: shown, "limit": limit, "offset": offset, "total": total, "more": more}

        return listed

    def _single(self, path: str) -> Callable[[Request], dict[str, Any]]:
        def single(request: Request) -> dict[str, Any]:
            key = "escalation_policy" if path == "escalation_policies" else path.removesuffix("s")
            return {key: SINGLE[path](self._asked(request), request.path_params["id"])}

        return single

    def _asked(self, request: Request) -> Asked:
        return Asked(request.query_params, self.account, Shapes(self.account), self.now())

    def _dependencies(self, request: Request) -> dict[str, Any]:
        shapes = Shapes(self.account)
        for each in self.account.business_services:
            if each.id == request.path_params["id"]:
                return {"relationships": shapes.dependencies(each)}
        raise Refused(404, 2100, "Not Found")


def _nothing(_request: Request) -> dict[str, Any]:
    raise Refused(404, 2100, "Not Found")


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return usual
    if not text.isdigit():
        raise Refused(400, 2001, f"{name} is no number")
    return int(text)


def _dated(account: Account, now: datetime) -> None:
    """Give times to what the seed says in hours from now."""
    for incident in account.incidents:
        incident.created = incident.created or now - timedelta(hours=incident.ago_hours)
    for schedule in account.schedules:
        for each in schedule.overrides:
            each.start = each.start or now + timedelta(hours=each.in_hours)
            each.end = each.end or each.start + timedelta(hours=each.for_hours)
