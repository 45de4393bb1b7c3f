"""Sentry's one way of giving a list page by page: cursors, in a header Link that never lacks a next page.

Knows no item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

LARGEST = 100
T = TypeVar("T")
Shape = dict[str, Any]


class BadCursor(ValueError):
    """A cursor that Sentry never gave."""


def page_of(
    request: Request, items: Sequence[T], shape: Callable[[T], Shape], size: str = "per_page"
) -> tuple[list[Shape], Mapping[str, str]]:
    """Return a page's items in their shape, and the header Link. Raises BadCursor.

    A cursor is `size:page:is-previous`, as Sentry's paginator by offset makes them.
    """
    given = request.query_params.get(size, "")
    limit = min(LARGEST, max(1, int(given))) if given.isdigit() else LARGEST
    number = _page(request.query_params.get("cursor", ""))
    some = items[number * limit : (number + 1) * limit]
    more = (number + 1) * limit < len(items)
    links = (
        _link(request, f"{limit}:{number - 1}:1", "previous", results=number > 0),
        _link(request, f"{limit}:{number + 1}:0", "next", results=more),
    )
    return [shape(each) for each in some], {"link": ", ".join(links)}


def _page(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        _size, page, _previous = (int(part) for part in cursor.split(":"))
    except ValueError:
        raise BadCursor(cursor) from None
    return max(0, page)


def _link(request: Request, cursor: str, rel: str, *, results: bool) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    url = f"{str(request.url).partition('?')[0]}?{urlencode([*kept, ('cursor', cursor)])}"
    return f'<{url}>; rel="{rel}"; results="{str(results).lower()}"; cursor="{cursor}"'
