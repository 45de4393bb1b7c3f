"""How the pages of an API go on, one class a style: where they begin, and which address comes after a page.

A style never ends early without saying so: an API that goes round in circles, or that answers every page with
the same items, is a failure and no last page.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field

from domain.entities import Json
from domain.errors import OutsideFailure
from integrations.http.expressions import Expression, Unanswered, find


@dataclass(frozen=True, slots=True)
class Page:
    """One page that was read."""

    number: int
    """The first is 1."""
    url: httpx.URL
    answer: Json
    items: list[Json]
    seen: int
    """How many items came so far, these included."""
    link: str
    """The target of the header `Link: …; rel="next"`; empty: none."""
    same_as_before: bool
    """Whether the page before it had the very same items."""


class _Style(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    max_pages: int = Field(1_000, ge=1, description="More than so many pages are a failure.")

    def first(self, url: httpx.URL) -> httpx.URL:
        """Return the address of the first page."""
        return url

    @abstractmethod
    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:
        """Return the address of the page that comes after one; None: it was the last.

        `url` is the configured one. Raises OutsideFailure when the API contradicts itself.
        """


class Single(_Style):
    """All items come in one answer."""

    style: Literal["none"] = "none"

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:  # noqa: ARG002 - there is no other page
        """Return None."""
        return None


class _Counted(_Style):
    param: str = Field(description="The parameter that says which page is meant.")
    size_param: str = Field("", description="The parameter that says how many items a page has.")
    size: int = Field(100, ge=1, description="How many items to ask for, where there is a `size_param`.")
    total: Expression = Field("", description="Where an answer says how many items there are in all.")

    def _at(self, url: httpx.URL, place: int) -> httpx.URL:
        sized = {self.size_param: self.size} if self.size_param else {}
        return url.copy_merge_params({self.param: place, **sized})

    def _ended(self, page: Page) -> bool:
        total = _found(self.total, page) if self.total else None
        if isinstance(total, int) and not isinstance(total, bool):
            if page.items or page.seen >= total:
                return page.seen >= total
            raise OutsideFailure(
                f"page {page.number} is empty after {page.seen} of {total} items",
                "Ask again; if it stays so, check `pagination.total`.",
            )
        if page.same_as_before and page.items:
            raise OutsideFailure(
                f"page {page.number} has the same items as the one before it",
                f"The API may not know the parameter {self.param}, or repeats its last page: then set "
                "`pagination.total`.",
            )
        return not page.items


class Paged(_Counted):
    """Pages have numbers; the first empty one ends them, or `total` does."""

    style: Literal["page"] = "page"
    param: str = Field("page", description="The parameter for the page's number.")
    start: int = Field(1, ge=0, description="The number of the first page.")

    def first(self, url: httpx.URL) -> httpx.URL:
        """Return the address of page `start`."""
        return self._at(url, self.start)

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:
        """Return the address of the next number."""
        return None if self._ended(page) else self._at(url, self.start + page.number)


class Offset(_Counted):
    """The parameter says how many items to pass over."""

    style: Literal["offset"] = "offset"
    param: str = Field("offset", description="The parameter for how many items to pass over.")

    def first(self, url: httpx.URL) -> httpx.URL:
        """Return the address that passes over none."""
        return self._at(url, 0)

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:
        """Return the address that passes over all that came so far."""
        return None if self._ended(page) else self._at(url, page.seen)


class Cursor(_Style):
    """Each answer says a word with which to ask for the next."""

    style: Literal["cursor"] = "cursor"
    param: str = Field("cursor", description="The parameter for the cursor.")
    next: Expression = Field(description="Where an answer has the cursor of the next page.")

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:
        """Return the address with the cursor that the page names."""
        cursor = _found(self.next, page)
        if cursor is None or cursor == "" or cursor is False:
            return None
        if isinstance(cursor, str | int):
            return url.copy_merge_params({self.param: cursor})
        raise OutsideFailure(
            f"the cursor on page {page.number} is neither text nor number", "Check `pagination.next`."
        )


class Link(_Style):
    """The header Link names the next page (RFC 8288, rel=next)."""

    style: Literal["link"] = "link"

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:  # noqa: ARG002 - links are from the page on
        """Return the address that the header names."""
        return _joined(page, page.link) if page.link else None


class NextUrl(_Style):
    """Each answer holds the address of the next."""

    style: Literal["next_url"] = "next_url"
    next: Expression = Field(description="Where an answer has the address of the next page.")

    def after(self, url: httpx.URL, page: Page) -> httpx.URL | None:  # noqa: ARG002 - likewise
        """Return the address that the answer names."""
        address = _found(self.next, page)
        if not address:
            return None
        if isinstance(address, str):
            return _joined(page, address)
        raise OutsideFailure(f"what follows page {page.number} is no address", "Check `pagination.next`.")


Pagination = Annotated[Single | Paged | Offset | Cursor | Link | NextUrl, Field(discriminator="style")]


def by_name(given: Any) -> Any:
    """Let the style alone stand for a style whose keys may all be left out: `pagination: link`."""
    return {"style": given} if isinstance(given, str) else given


def _found(expression: str, page: Page) -> Json:
    try:
        return find(expression, page.answer)
    except Unanswered as error:
        raise OutsideFailure(f"page {page.number}: {error}", "Check `pagination`.") from None


def _joined(page: Page, address: str) -> httpx.URL:
    try:
        return page.url.join(address)
    except httpx.InvalidURL:
        raise OutsideFailure(
            f"page {page.number} names a next page that is no address", "Check `pagination`."
        ) from None
