"""Asks GitHub's GraphQL API: one request at a time, patient with limits, stubborn with what passes.

Understands no answer beyond whether it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from domain.errors import OutsideFailure, Stopped
from domain.sources import Quota
from integrations.calling.failures import line
from integrations.calling.rates import skew
from integrations.calling.retrying import Again, patiently
from integrations.github.credentials import Credential
from integrations.github.failures import LIMITED, TOO_MUCH, Broken, TooMuch, refused, unanswered
from integrations.github.options import GitHubOptions
from integrations.github.waiting import SECONDARY_SECONDS, Patience
from workflows.ports import Task

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
ATTEMPTS = 4
LIMITS_IN_A_ROW = 6
"""How often one request may be put off before the look gives up."""
USER_AGENT = "idp (internal developer portal)"

Json = Mapping[str, Any]


class Lacks(Exception):
    """A field that this GitHub does not have, or that the token's scopes do not reach."""

    def __init__(self, name: str, errors: list[Json]) -> None:
        super().__init__(name)
        self.name, self.errors = name, errors


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub answered: data, and what it could not answer of it."""

    data: Json
    errors: tuple[Json, ...] = ()
    headers: httpx.Headers = field(default_factory=httpx.Headers)


class GitHubClient:
    """A connection to one GitHub; `requests` and `quota` are counted since it was made."""

    def __init__(
        self,
        options: GitHubOptions,
        credential: Credential,
        patience: Patience,
        *,
        attempts: int = ATTEMPTS,
    ) -> None:
        self._url = options.graphql_url
        self._credential, self._patience = credential, patience
        self._attempts = attempts
        self._http = httpx.Client(timeout=TIMEOUT, headers={"User-Agent": USER_AGENT}, follow_redirects=False)
        self._cost = 1
        self.requests = 0
        self.quota: Quota | None = None
        self.skew: timedelta | None = None
        """By how much GitHub's clock is ahead of ours, by its last answer."""

    def close(self) -> None:
        """Give back connections."""
        self._http.close()

    def ask(self, query: str, variables: Json, task: Task, *, divisible: bool = False) -> Answer:
        """Ask once, and again while GitHub is only slow or ill; waits out its limits.

        A `divisible` request that is too much for GitHub raises TooMuch at once. Raises Lacks for a field
        that is not there, OutsideFailure when there is no answer, Stopped when told to give up.
        """

        def once() -> Answer:
            try:
                return self._ask(query, variables, task, divisible)
            except Broken as error:
                told = f"{error}, {self._attempts} times in a row"
                advice = "Look again later; https://www.githubstatus.com may say more."
                raise Again(OutsideFailure(told, advice)) from error

        return patiently(once, stopped=task.stopped, attempts=self._attempts)

    def _ask(self, query: str, variables: Json, task: Task, divisible: bool) -> Answer:
        for _ in range(LIMITS_IN_A_ROW):
            self._wait_for_budget(task)
            response = self._post(query, variables, task, divisible)
            put_off = self._put_off(response)
            if put_off is None:
                body = self._body(response, divisible)
                put_off = self._limited(body, response)
                if put_off is None:
                    return self._answer(body, response, divisible)
            self._patience.wait(put_off, task.stopped)
        raise OutsideFailure(
            f"GitHub put the same request off {LIMITS_IN_A_ROW} times",
            "Something else spends this token's limit: give idp a token or a GitHub App of its own.",
        )

    def _wait_for_budget(self, task: Task) -> None:
        quota = self.quota
        if quota is None or quota.left >= self._cost or quota.resets_at is None:
            return
        if quota.resets_at > self._patience.clock():
            self._patience.wait(self._patience.until(quota.resets_at), task.stopped)
        self.quota = None

    def _post(self, query: str, variables: Json, task: Task, divisible: bool) -> httpx.Response:
        if task.stopped():
            raise Stopped("the look at GitHub was given up")
        token = self._credential.token(self._http)
        self.requests += 1
        try:
            response = self._http.post(
                self._url,
                json={"query": query, "variables": variables},
                headers={"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
            )
        except httpx.TimeoutException as error:
            if divisible and not isinstance(error, httpx.ConnectTimeout):
                raise TooMuch("GitHub did not answer in time") from error
            raise Broken("GitHub did not answer in time") from error
        except httpx.HTTPError as error:
            raise Broken(f"GitHub cannot be reached ({type(error).__name__})") from error
        self.skew = skew(response.headers, self._patience.clock)
        return response

    def _put_off(self, response: httpx.Response) -> float | None:
        """Return for how many seconds a refusal puts the request off; None: it does not."""
        if response.status_code not in (403, 429):
            return None
        asked = self._patience.asked_for(response.headers)
        if asked is None and (response.status_code == 429 or "secondary rate limit" in response.text):
            return SECONDARY_SECONDS
        return asked

    def _body(self, response: httpx.Response, divisible: bool) -> dict[str, Any]:
        status = response.status_code
        if status in (502, 504) and divisible:
            raise TooMuch(f"GitHub answered {status}")
        if status >= 500:
            raise Broken(f"GitHub answered {status}")
        if status != 200:
            raise refused(response, self._url, self._credential.name)
        try:
            body = response.json()
        except ValueError as error:
            raise Broken("GitHub's answer ends in the middle, or is no JSON") from error
        if not isinstance(body, dict):
            raise Broken("GitHub's answer is no GraphQL answer")
        return body

    def _limited(self, body: Json, response: httpx.Response) -> float | None:
        if not any(each.get("type") in LIMITED for each in _errors(body)):
            return None
        return self._patience.asked_for(response.headers) or SECONDARY_SECONDS

    def _answer(self, body: Json, response: httpx.Response, divisible: bool) -> Answer:
        errors = _errors(body)
        if any(each.get("type") in TOO_MUCH for each in errors):
            said = line(str(errors[0].get("message", "")))
            if divisible:
                raise TooMuch(said)
            raise OutsideFailure(f"GitHub answers not even the smallest request: {said}", "Look again later.")
        data = body.get("data")
        if not isinstance(data, dict):
            self._no_data(errors, divisible)
        self._spent(data)
        return Answer(data or {}, tuple(errors), response.headers)

    @staticmethod
    def _no_data(errors: list[Json], divisible: bool) -> None:
        for each in errors:
            name = _field_lacking(each)
            if name:
                raise Lacks(name, errors)
        if not errors or "Something went wrong" in str(errors[0].get("message", "")):
            said = "GitHub broke off while it answered"
            raise TooMuch(said) if divisible else Broken(said)
        raise unanswered(errors)

    def _spent(self, data: object) -> None:
        rate = data.get("rateLimit") if isinstance(data, dict) else None
        if not isinstance(rate, dict):
            return
        try:
            resets_at = datetime.fromisoformat(str(rate["resetAt"]).replace("Z", "+00:00")).astimezone(UTC)
            self.quota = Quota(int(rate["limit"]), int(rate["remaining"]), resets_at)
            self._cost = max(1, int(rate["cost"]))
        except (KeyError, TypeError, ValueError):
            self.quota = None


def _errors(body: Json) -> list[Json]:
    found = body.get("errors")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _field_lacking(error: Json) -> str:
    """Return the field that an error says is not there, or out of the token's scopes; empty: none."""
    extensions = error.get("extensions")
    if isinstance(extensions, dict) and extensions.get("code") == "undefinedField":
        return str(extensions.get("fieldName", ""))
    if error.get("type") == "INSUFFICIENT_SCOPES":
        before, found, _ = str(error.get("message", "")).partition("' field requires")
        return before.rpartition("'")[2] if found else ""
    return ""
