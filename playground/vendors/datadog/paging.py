"""Datadog's ways of going on to the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

Thing = TypeVar("Thing")


class BadPage(Exception):
    """A parameter is missing, or no number."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """Some of the things, and where they stand among all."""

    items: Sequence[Thing]
    start: int
    size: int
    total: int

    @property
    def number(self) -> int:
        """Which page it is; the first is 0."""
        return self.start // self.size

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(0, (self.total - 1) // self.size)

    @property
    def pagination(self) -> dict[str, Any]:
        """What JSON:API's lists say under `meta`."""
        offsets = {
            "offset": self.start,
            "limit": self.size,
            "total": self.total,
            "first_offset": 0,
            "last_offset": self.last * self.size,
            "next_offset": min(self.start + self.size, self.last * self.size),
            "prev_offset": max(0, self.start - self.size),
            "type": "offset_limit",
        }
        return {"pagination": offsets}


def by_number(
    request: Request,
    things: Sequence[Thing],
    *,
    largest: int,
    usual: int = 10,
    names: tuple[str, str] = ("page[number]", "page[size]"),
) -> Page[Thing]:
    """Return the page of a number, from 0; pages past the end are empty."""
    number, size = _number(request, names[0], 0), _size(request, names[1], usual, largest)
    return _cut(things, number * size, size)


def by_offset(
    request: Request,
    things: Sequence[Thing],
    *,
    largest: int,
    usual: int,
    names: tuple[str, str] = ("page[offset]", "page[limit]"),
) -> Page[Thing]:
    """Return so many things from a place on."""
    return _cut(things, _number(request, names[0], 0), _size(request, names[1], usual, largest))


def _cut(things: Sequence[Thing], start: int, size: int) -> Page[Thing]:
    return Page(things[start : start + size], start, size, len(things))


def _size(request: Request, name: str, usual: int, largest: int) -> int:
    return max(1, min(largest, _number(request, name, usual)))


def _number(request: Request, name: str, usual: int) -> int:
    try:
        return max(0, int(request.query_params.get(name, usual)))
    except ValueError:
        raise BadPage(f"{name} is no number") from None
