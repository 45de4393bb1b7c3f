"""GitLab's REST API as idp asks it: one answer, a list to its end, a count, a text.

Every failure becomes an OutsideFailure with one line (`failures`); knows no endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import gitlab
from gitlab.exceptions import GitlabError
from requests import RequestException, Response

from domain.clock import Clock
from domain.errors import OutsideFailure
from domain.sources import Quota
from integrations.calling.retrying import Again, patiently
from integrations.gitlab import failures
from integrations.gitlab.answers import Answer
from integrations.gitlab.failures import NOT_OURS, Denied, failure_of, passes, translating
from integrations.gitlab.line import Line

RETRIES = 3
"""How often a request is repeated after a 429, a 5xx, a lock or a broken connection."""
PER_PAGE = 100
"""GitLab's most."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    items: list[Answer]
    total: int | None
    """How long the whole list is; None where GitLab does not count (past 10,000)."""
    last: bool


class Api:
    """One look's connection; close it."""

    def __init__(
        self, url: str, token: str, stopped: Callable[[], bool], clock: Clock, *, retries: int = RETRIES
    ) -> None:
        self._url = url
        self._stopped, self._retries = stopped, retries
        self._line = Line(stopped, clock)
        self._gitlab = gitlab.Gitlab(
            url,
            private_token=token,
            timeout=failures.TIMEOUT_SECONDS,
            retry_transient_errors=False,
            user_agent="idp",
            backend=lambda: self._line,
        )
        self._graphql = True
        self.denials = 0
        """How often something was not there, or not for this token."""

    @property
    def requests(self) -> int:
        """How many requests were made, repeated ones included."""
        return self._line.requests

    @property
    def quota(self) -> Quota | None:
        """What GitLab last said of its rate limit; None: nothing."""
        return self._line.quota

    @property
    def skew(self) -> timedelta | None:
        """By how much GitLab's clock is ahead of ours, by its last answer; None: it did not say."""
        return self._line.skew

    def close(self) -> None:
        """Give back the connections."""
        self._gitlab.session.close()

    def one(self, path: str, /, **query: object) -> Answer:
        """Return an object. Raises Denied for 403 and 404."""
        return _an_object(self._json(path, query), path)

    def maybe(self, path: str, /, **query: object) -> Answer | None:
        """Return an object; None when it is not there, or not for this token."""
        try:
            return self.one(path, **query)
        except Denied:
            return None

    def pages(self, path: str, /, **query: object) -> Iterator[Page]:
        """Return a list page by page, to its end. Raises Denied for 403 and 404."""
        asked = _plain({"per_page": PER_PAGE, **query})
        seen: list[Mapping[str, str]] = []
        while True:
            seen.append(asked)
            response = self._request(path, asked)
            items = _a_list(_parsed(response, path), path)
            following = _following(response, asked)
            total = response.headers.get("X-Total", "")
            yield Page(items, int(total) if total.isascii() and total.isdigit() else None, following is None)
            if following is None:
                return
            if following in seen:
                raise OutsideFailure(f"GitLab's list {path} leads back to a page that it had", NOT_OURS)
            asked = following

    def every(self, path: str, /, **query: object) -> list[Answer]:
        """Return a whole list. Raises Denied for 403 and 404."""
        return [item for page in self.pages(path, **query) for item in page.items]

    def first(self, path: str, /, **query: object) -> Page | None:
        """Return the first page of a list; None when it is not for this token."""
        try:
            return next(self.pages(path, **query))
        except Denied:
            return None

    def raw(self, path: str, limit: int, /, **query: object) -> bytes | None:
        """Return a raw file of at most `limit` bytes; None when it is longer, or not there."""
        try:
            response = self._request(path, query, streamed=True)
        except Denied:
            return None
        with response, translating(path, self._url):
            content = bytearray()
            for chunk in response.iter_content(65_536):
                content += chunk
                if len(content) > limit:
                    return None
            return bytes(content)

    def ask(self, query: str, variables: Mapping[str, object]) -> Answer | None:
        """Return the data of a GraphQL query; None where GraphQL is denied, or does not know what is asked.

        After the first None it is not asked again.
        """
        if not self._graphql:
            return None
        path = "/api/graphql"
        try:
            response = self._patiently(
                path, "post", f"{self._url}{path}", post_data={"query": query, "variables": variables}
            )
            data = _an_object(_parsed(response, path), path).get("data")
        except Denied:
            data = None
        self._graphql = isinstance(data, dict)
        return data if isinstance(data, dict) else None

    def _json(self, path: str, query: Mapping[str, object]) -> object:
        return _parsed(self._request(path, query), path)

    def _request(self, path: str, query: Mapping[str, object], streamed: bool = False) -> Response:
        try:
            return self._patiently(path, "get", path, query_data=_plain(query), streamed=streamed)
        except Denied:
            self.denials += 1
            raise

    def _patiently(self, path: str, verb: str, address: str, **asked: Any) -> Response:
        """Ask, and again where the failure may pass; python-gitlab repeats nothing itself."""

        def once() -> Response:
            try:
                return self._gitlab.http_request(verb, address, obey_rate_limit=False, **asked)
            except (GitlabError, RequestException) as error:
                failure = failure_of(error, path, self._url)
                raise Again(failure, self._line.wait) if passes(error) else failure from error

        return patiently(once, stopped=self._stopped, attempts=self._retries + 1)


def encoded(path: str) -> str:
    """Return a full path, a branch or a file's path as GitLab wants it in an address: `acme%2Fpay`."""
    return quote(path, safe="")


def _parsed(response: Response, path: str) -> object:
    content_type = response.headers.get("Content-Type", "")
    if "json" not in content_type.lower():
        raise OutsideFailure(
            f"GitLab answered {path} with {content_type.partition(';')[0] or 'something'} and not with JSON",
            NOT_OURS,
        )
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        raise OutsideFailure(
            f"GitLab's answer to {path} is cut off, or no JSON", "The next look tries again."
        ) from error


def _an_object(value: object, path: str) -> Answer:
    if not isinstance(value, dict):
        raise OutsideFailure(f"GitLab's answer to {path} is no object", NOT_OURS)
    return value


def _a_list(value: object, path: str) -> list[Answer]:
    if not isinstance(value, list):
        raise OutsideFailure(f"GitLab's answer to {path} is no list", NOT_OURS)
    return [_an_object(each, path) for each in value]


def _following(response: Response, asked: Mapping[str, str]) -> dict[str, str] | None:
    """Return what to ask for the next page; None: there is none.

    Of GitLab's link only the query is taken: the address stays the one that we were given.
    """
    link = response.links.get("next", {}).get("url")
    if link:
        return dict(parse_qsl(urlsplit(link).query))
    page = response.headers.get("X-Next-Page", "")
    return {**asked, "page": page} if page.isdigit() else None


def _plain(query: Mapping[str, object]) -> dict[str, str]:
    """Return a query as GitLab reads it: `true` and not `True`."""
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in query.items()
    }
