"""One Jira, whichever flavour it is: its paths, its pages, and what it says when it does not know us.

The cloud answers many requests of an unknown credential as it would anybody's, with nothing in them; an
expired token would so empty the catalog. Here that is a failure.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from domain.errors import BadConfiguration, OutsideFailure
from integrations.calling.client import Answer, Caller, Params, Target
from integrations.calling.failures import Unauthorized
from integrations.calling.rates import RateHeaders, at_time
from integrations.jira.options import CLOUD, DATA_CENTER, JiraOptions
from workflows.ports import Opening

Stop = Callable[[], bool]
Object = Mapping[str, Any]

PROJECTS = 100
"""Projects a page, the most that the cloud gives."""
ISSUES = {True: 5_000, False: 1_000}
"""Issues a page, by whether it is the cloud: the most that either gives; both may give fewer."""
USERS = 1_000

_LOGIN = "x-seraph-loginreason"
_UNKNOWN = ("AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED")


def never() -> bool:
    """Go on."""
    return False


@dataclass(frozen=True, slots=True)
class Site:
    """What Jira says of itself."""

    cloud: bool
    base: str
    """Where people open it, without a slash at the end."""


class Api:
    """Asks one Jira with one credential. Can be used from several threads."""

    def __init__(self, target: Target, caller: Caller, deployment: str | None) -> None:
        self.target = target
        self.caller = caller
        self._deployment = deployment
        self._site: Site | None = None

    def site(self, stopped: Stop = never) -> Site:
        """Return which Jira it is; asked once. Raises as `get`."""
        if self._site is None:
            version = 3 if self._deployment == CLOUD else 2  # both flavours know 2
            answer = self.caller.get(f"/rest/api/{version}/serverInfo", stopped=stopped)
            info = self.object(self._known(answer), "its description")
            cloud = (self._deployment or _deployment(info)) == CLOUD
            base = str(info.get("displayUrl") or info.get("baseUrl") or "")
            web = urlsplit(base).scheme in ("http", "https")
            self._site = Site(cloud, (base if web else self.target.url).rstrip("/"))
        return self._site

    def get(self, path: str, params: Params | None = None, *, stopped: Stop = never) -> Any:
        """Return what a path below `/rest/api/<version>` answers.

        Raises Refusal where asking again is useless, another OutsideFailure where it did not help,
        Stopped when told to give up.
        """
        return self._known(self.caller.get(self._path(path, stopped), params, stopped=stopped))

    def post(self, path: str, body: Object, *, stopped: Stop = never, repeatable: bool = False) -> Any:
        """Send JSON and return the answer; raises as `get`."""
        sent = self.caller.post(self._path(path, stopped), body, stopped=stopped, repeatable=repeatable)
        return self._known(sent)

    def pages(
        self, path: str, params: Params, size: int, *, name: str = "values", stopped: Stop = never
    ) -> Iterator[list[Any]]:
        """Yield the pages of a list that counts from `startAt`, in a mapping under `name` or bare."""
        start = 0
        while True:
            value = self.get(path, {**params, "startAt": start, "maxResults": size}, stopped=stopped)
            found = value.get(name) if isinstance(value, dict) else value
            items = self.list(found, path)
            yield items
            start += len(items)
            if not items or (isinstance(value, dict) and _ends(value, start)):
                return

    def issues(self, jql: str, fields: list[str], *, stopped: Stop = never) -> Iterator[list[Any]]:
        """Yield the pages of all issues that a query finds, in a stable order."""
        cloud = self.site(stopped).cloud
        search = self._by_token if cloud else self._by_offset
        yield from search({"jql": jql, "fields": fields, "maxResults": ISSUES[cloud]}, stopped)

    def _by_token(self, query: Object, stopped: Stop) -> Iterator[list[Any]]:
        token, seen = "", set[str]()
        while True:
            body = {**query, "nextPageToken": token} if token else query
            value = self.object(self.post("search/jql", body, stopped=stopped, repeatable=True), "a search")
            yield self.list(value.get("issues"), "search/jql")
            token = str(value.get("nextPageToken") or "")
            if not token or value.get("isLast") is True:
                return
            if token in seen:
                raise self.failure(
                    "search/jql leads back to a page that was read already", "Look again later."
                )
            seen.add(token)

    def _by_offset(self, query: Object, stopped: Stop) -> Iterator[list[Any]]:
        start = 0
        while True:
            body = {**query, "startAt": start}
            value = self.object(self.post("search", body, stopped=stopped, repeatable=True), "a search")
            issues = self.list(value.get("issues"), "search")
            yield issues
            start += len(issues)
            total = value.get("total")
            if not isinstance(total, int) or start >= total:
                return
            if not issues:
                raise self.failure(f"search found {total} issues and shows {start}", "Look again later.")

    def object(self, value: Any, what: str) -> Object:
        """Return a mapping. Raises OutsideFailure when it is none."""
        if isinstance(value, dict):
            return value
        raise self.failure(f"answers {what} with what is no JSON object", "Check `url`.")

    def list(self, value: Any, what: str) -> list[Any]:
        """Return a list. Raises OutsideFailure when it is none: nothing seen is not the same as nothing."""
        if isinstance(value, list):
            return value
        raise self.failure(f"answers {what} with no list", "Check `url`; look again later.")

    def failure(self, problem: str, remedy: str) -> OutsideFailure:
        """Return a failure of this Jira."""
        return OutsideFailure(f"source {self.target.source}: Jira at {self.target.url} {problem}", remedy)

    def _path(self, path: str, stopped: Stop) -> str:
        return f"/rest/api/{3 if self.site(stopped).cloud else 2}/{path}"

    def _known(self, answer: Answer) -> Any:
        reason = answer.headers.get(_LOGIN, "")
        if any(each in reason for each in _UNKNOWN):
            raise Unauthorized(
                f"source {self.target.source}: Jira at {self.target.url} does not know the credential",
                f"Check the credential: {self.target.credential}.",
            )
        return answer.value


def connect(opening: Opening) -> Api:
    """Make ready to ask; opens no connection. Raises BadConfiguration when the token is missing."""
    options = options_of(opening)
    token = (opening.secret(options.token_env) or "").strip()
    email = "" if options.deployment == DATA_CENTER else (opening.secret(options.email_env) or "").strip()
    if not token:
        raise BadConfiguration(
            f"the source {opening.name!r} needs a token of Jira, and {options.token_env} is not set",
            f"Set it, or {options.token_env}_FILE; for Jira in the cloud {options.email_env}, too.",
        )
    if options.deployment == CLOUD and not email:
        raise BadConfiguration(
            f"the source {opening.name!r} needs the account's e-mail, and {options.email_env} is not set",
            f"Set it to the address of the account that {options.token_env} is of.",
        )
    basic = base64.b64encode(f"{email}:{token}".encode()).decode("ascii")
    credential = f"{options.email_env} and {options.token_env}" if email else options.token_env
    target = Target(opening.name, "Jira", options.url, credential)
    headers = {"Authorization": f"Basic {basic}" if email else f"Bearer {token}"}
    caller = Caller(
        target,
        headers,
        clock=opening.clock,
        timeout=options.timeout_seconds,
        rates=RateHeaders(reading=at_time),  # the cloud says when in ISO 8601; a data center does not
    )
    return Api(target, caller, options.deployment)


def options_of(opening: Opening) -> JiraOptions:
    """Return the source's block. Raises BadConfiguration when it is another type's."""
    if not isinstance(opening.options, JiraOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not Jira's", "Write type: jira.")
    return opening.options


def _deployment(info: Object) -> str:
    return CLOUD if str(info.get("deploymentType", "")).lower() == "cloud" else DATA_CENTER


def _ends(page: Object, start: int) -> bool:
    total = page.get("total")
    return page.get("isLast") is True or (isinstance(total, int) and start >= total)
