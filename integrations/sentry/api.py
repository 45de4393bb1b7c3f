"""Sentry's API, version 0, as one organization's token may ask it: lists page by page, to the end.

Knows paths and pages and no item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from domain.clock import Clock
from domain.errors import OutsideFailure
from integrations.calling.client import Answer, Caller, Params, Target
from integrations.calling.rates import RateHeaders, at_epoch
from integrations.sentry.options import SentryOptions

TITLE = "Sentry"
PAGE = 100
"""Items on a page: Sentry's largest."""
MOST_PAGES = 5_000
RATES = RateHeaders(
    "x-sentry-rate-limit-limit", "x-sentry-rate-limit-remaining", "x-sentry-rate-limit-reset", at_epoch
)
"""A window of a second or a few, for each endpoint by itself."""

Item = Mapping[str, Any]
Stopped = Callable[[], bool]


class SentryApi:
    """Asks one Sentry of one organization."""

    def __init__(self, source: str, options: SentryOptions, token: str, clock: Clock) -> None:
        self.target = Target(source, TITLE, f"{options.url}/api/0", options.token_env)
        self.caller = Caller(
            self.target,
            {"Authorization": f"Bearer {token}"},
            clock=clock,
            timeout=options.timeout_seconds,
            rates=RATES,
        )
        self._organization = options.organization

    def of_organization(self, what: str) -> str:
        """Return the path of something that the organization has: `projects`."""
        return f"organizations/{self._organization}/{what}/"

    def of_project(self, id_: str, what: str) -> str:
        """Return the path of something that a project has; by its id, which stays when it is renamed."""
        return f"projects/{self._organization}/{id_}/{what}/"

    def of_team(self, slug: str, what: str) -> str:
        """Return the path of something that a team has."""
        return f"teams/{self._organization}/{slug}/{what}/"

    def get(self, path: str, params: Params | None = None, *, stopped: Stopped) -> Item:
        """Return one object. Raises OutsideFailure when it is none."""
        value = self.caller.get(path, params, stopped=stopped).value
        if not isinstance(value, Mapping):
            raise self.unlike(path, "no object")
        return value

    def page(self, path: str, params: Params, *, stopped: Stopped) -> tuple[list[Any], str]:
        """Return a page of a list, and the cursor of the next; empty: there is none.

        Raises OutsideFailure when it is no list.
        """
        answer = self.caller.get(path, params, stopped=stopped)
        if not isinstance(answer.value, list):
            raise self.unlike(path, "no list")
        return answer.value, next_cursor(answer)

    def pages(self, path: str, params: Params | None = None, *, stopped: Stopped) -> Iterator[list[Any]]:
        """Yield each page of a list, from the first to the last.

        The next page is asked for by its cursor and not by its address: behind a proxy, and where the cloud
        hands a request on to a region, the address is of another host. Raises OutsideFailure when a page is
        no list, or leads back to one that was read.
        """
        asked: dict[str, str | int | list[str]] = dict(params or {})
        cursors: set[str] = set()
        while True:
            items, cursor = self.page(path, asked, stopped=stopped)
            yield items
            if not cursor:
                return
            if cursor in cursors or len(cursors) == MOST_PAGES:
                raise self.unlike(path, "pages without an end")
            cursors.add(cursor)
            asked["cursor"] = cursor

    def unlike(self, path: str, what: str) -> OutsideFailure:
        """Return the failure that an answer is not of Sentry's form."""
        return OutsideFailure(
            f"source {self.target.source}: {TITLE} answers {path} with {what}",
            "Check that `url` is Sentry's; look again later.",
        )

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        self.caller.close()


def next_cursor(answer: Answer) -> str:
    """Return where a list goes on; empty at its end.

    Sentry names a next page always, and says by `results` whether anything is on it.
    """
    header = answer.headers.get("link", "")
    link = httpx.Response(200, headers={"link": header}).links.get("next", {}) if header else {}
    return link.get("cursor", "") if link.get("results") == "true" else ""
