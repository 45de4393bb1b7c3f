"""The asset database's server. Every route wants `Authorization: Bearer <token>`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.cmdb.seed import Asset, CmdbSeed
from playground.vendors.vendor import Faults

LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class _Slice:
    """Some of the assets, and where they stand among all."""

    rows: list[dict[str, object]]
    start: int
    total: int

    @property
    def end(self) -> int:
        return self.start + len(self.rows)

    @property
    def more(self) -> bool:
        return self.end < self.total


Answer = Callable[[Request], Response]


class Cmdb:
    """One asset database; `assets` may be put in anew while it runs."""

    name = "cmdb"

    def __init__(self, seed: CmdbSeed) -> None:
        self.faults = Faults()
        self.token = seed.token
        self.assets: Sequence[Asset] = seed.assets
        self._page_size = seed.page_size

    def routes(self) -> list[BaseRoute]:
        """Return one route for each way of paging."""
        ways: dict[str, Answer] = {
            "": self._numbered,
            "/offset": self._offset,
            "/cursor": self._cursor,
            "/linked": self._linked,
            "/next": self._next,
        }
        return [
            Route(f"/api/assets{path}", self._guarded(answer), methods=["GET", "POST"])
            for path, answer in ways.items()
        ]

    def _guarded(self, answer: Answer) -> Answer:
        def guarded(request: Request) -> Response:
            given = request.headers.get("authorization", "")
            if not secrets.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
                return _refused(401, "the token is missing or wrong")
            try:
                return answer(request)
            except ValueError:
                return _refused(400, "a parameter is no number")

        return guarded

    def _numbered(self, request: Request) -> Response:
        """Answer `?page=2&per_page=5`; pages past the end are empty."""
        size = self._size(request, "per_page")
        page = _number(request, "page", 1)
        part = self._slice(max(0, page - 1) * size, size)
        pages = -(-part.total // size)
        return JSONResponse({"data": part.rows, "page": page, "pages": pages, "total": part.total})

    def _offset(self, request: Request) -> Response:
        """Answer `?offset=5&limit=5`."""
        part = self._slice(_number(request, "offset", 0), self._size(request, "limit"))
        return JSONResponse({"results": part.rows, "count": part.total})

    def _cursor(self, request: Request) -> Response:
        """Answer `?after=…&limit=5`; the cursor says nothing to its readers."""
        start = int(request.query_params.get("after", "c0").removeprefix("c"), 16)
        part = self._slice(start, self._size(request, "limit"))
        after = f"c{part.end:x}" if part.more else None
        return JSONResponse({"assets": part.rows, "meta": {"after": after}})

    def _linked(self, request: Request) -> Response:
        """Answer a bare list, and where it goes on in the header Link."""
        page, size = _number(request, "page", 1), self._size(request, "per_page")
        part = self._slice(max(0, page - 1) * size, size)
        links = [f'<{request.url.include_query_params(page=1)}>; rel="first"']
        if part.more:
            links.append(f'<{request.url.include_query_params(page=page + 1)}>; rel="next"')
        return JSONResponse(part.rows, headers={"link": ", ".join(links)})

    def _next(self, request: Request) -> Response:
        """Answer with the next page's whole address."""
        page, size = _number(request, "page", 1), self._size(request, "per_page")
        part = self._slice(max(0, page - 1) * size, size)
        further = str(request.url.include_query_params(page=page + 1)) if part.more else None
        return JSONResponse({"count": part.total, "next": further, "results": part.rows})

    def _size(self, request: Request, name: str) -> int:
        return min(LARGEST_PAGE, max(1, _number(request, name, self._page_size)))

    def _slice(self, start: int, size: int) -> _Slice:
        start = max(0, start)
        rows = [_row(each) for each in self.assets[start : start + size]]
        return _Slice(rows, start, len(self.assets))


def _row(asset: Asset) -> dict[str, object]:
    return {
        "id": asset.id,
        "status": "retired" if asset.retired else "in service",
        "name": asset.name,
        "displayName": asset.service,
        "finance": {"costCentre": asset.cost_centre or None},
        "classification": {"data": asset.data_class or None, "pci": asset.pci},
    }


def _number(request: Request, name: str, usual: int) -> int:
    return int(request.query_params.get(name, usual))


def _refused(status: int, reason: str) -> Response:
    return JSONResponse({"error": reason}, status)
