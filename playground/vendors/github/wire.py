"""What all REST answers share: refusals in GitHub's form, pages, and what a request brought.

Knows no resource.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from playground.vendors.github.state import Organization, Person, Repository

Handler = Callable[[Request], Awaitable[Response]]
Table = Sequence[tuple[str, str, Handler]]
"""Method, path below `/api/v3`, and who answers."""


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return `basic-error`."""
    body = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    return JSONResponse(body, status, headers)


def api(request: Request) -> str:
    """Return the address of the REST API that a request came to."""
    return str(request.state.api)


async def json_of(request: Request) -> dict[str, Any]:
    """Return the object in a request's body; empty where there is none, or none that can be read."""
    try:
        found = json.loads(await request.body() or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def paged(request: Request, items: Sequence[Any]) -> Response:
    """Return one page, with the way to the next in Link."""
    size = min(100, int(request.query_params.get("per_page", "30")))
    number = int(request.query_params.get("page", "1"))
    more = number * size < len(items)
    url = request.url.include_query_params(per_page=size, page=number + 1)
    headers = {"Link": f'<{url}>; rel="next"'} if more else {}
    return JSONResponse(list(items[(number - 1) * size : number * size]), 200, headers)


def repository_named(organization: Organization, request: Request) -> Repository | Response:
    """Return the repository that a path names, or the redirect or refusal that answers it."""
    owner, name = request.path_params["owner"], request.path_params["repo"]
    found = organization.named(owner, name)
    if found is not None:
        return found
    moved = organization.formerly(owner, name)
    if moved is None:
        return refusal(404, "Not Found")
    tail = request.url.path.split(f"/repos/{owner}/{name}", 1)[1]
    return RedirectResponse(f"{api(request)}/repos/{moved.slug}{tail}", 301)


def ghost() -> Person:
    """Return the person that a token without one acts as."""
    return Person(1, "acme-portal[bot]")
