"""GitLab's two ways to give a list page by page: by offset, and by keyset.

Knows no item.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

MOST_PER_PAGE = 100
COUNTED = 10_000
"""Longer lists get no X-Total."""


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    return max(1, int(text)) if text.isdigit() else default


def _itself(item: Any) -> Any:
    return item


def listed(
    request: Request, items: Sequence[Any], shape: Callable[[Any], Mapping[str, Any]] = _itself
) -> Response:
    """Answer one page of a list, each item in its shape, with GitLab's headers."""
    query = dict(request.query_params)
    size = min(_number(query, "per_page", 20), MOST_PER_PAGE)
    if query.get("pagination") == "keyset":
        return _keyset(request, query, [shape(each) for each in items], size)
    page = _number(query, "page", 1)
    last = max(1, -(-len(items) // size))
    headers = {"X-Page": str(page), "X-Per-Page": str(size), "X-Next-Page": "", "X-Prev-Page": ""}
    links = {"first": 1, "last": last}
    if page < last:
        headers["X-Next-Page"], links["next"] = str(page + 1), page + 1
    if page > 1:
        headers["X-Prev-Page"], links["prev"] = str(page - 1), page - 1
    if len(items) <= COUNTED:
        headers |= {"X-Total": str(len(items)), "X-Total-Pages": str(last)}
    else:
        del links["last"]
    headers["Link"] = ", ".join(
        _link(request, {**query, "page": str(number), "per_page": str(size)}, rel)
        for rel, number in links.items()
    )
    return answered([shape(each) for each in items[(page - 1) * size : page * size]], headers)


def _keyset(
    request: Request, query: dict[str, str], items: Sequence[Mapping[str, Any]], size: int
) -> Response:
    """Answer what follows the item of the token, which is its id."""
    ids = [str(each["id"]) for each in items]
    token = query.get("page_token")
    start = ids.index(token) + 1 if token in ids else 0
    shown = items[start : start + size]
    headers = {"X-Per-Page": str(size)}
    if start + size < len(items):
        headers["Link"] = _link(request, {**query, "page_token": str(shown[-1]["id"])}, "next")
    return answered(shown, headers)


def _link(request: Request, query: Mapping[str, str], rel: str) -> str:
    raw: bytes = request.scope["raw_path"]
    return (
        f'<{request.url.scheme}://{request.url.netloc}{raw.decode("ascii")}?{urlencode(query)}>; rel="{rel}"'
    )


def answered(content: object, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """Answer with JSON."""
    body = json.dumps(content).encode()
    return Response(body, status, dict(headers or {}), media_type="application/json")
