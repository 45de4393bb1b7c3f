"""Asks Slack's Web API through its SDK, which neither retries here nor follows anybody elsewhere.

Lists are read page by page to their end. Knows no meaning of what it reads.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.client import HTTPException, HTTPResponse
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import HTTPErrorProcessor, HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from domain.clock import Clock
from domain.errors import Stopped
from integrations.calling.client import ANSWER_SECONDS, BODY_LIMIT
from integrations.calling.failures import line
from integrations.calling.rates import skew
from integrations.calling.retrying import ATTEMPTS, Again, patiently
from integrations.slack.failures import Asked, translated

PAGE = 999
"""How much of a list is asked for at once: the most that Slack takes. A call is a call to its limits, however
little it brings, and the largest workspaces have 100,000 channels at 20 calls a minute."""
_PIECE = 1 << 16

Item = Mapping[str, Any]
Ask = Callable[[WebClient], SlackResponse]


class AskPage(Protocol):
    """Asks for one page of a list."""

    def __call__(self, client: WebClient, *, cursor: str) -> SlackResponse:
        """Return the page at a cursor, the first one where it is empty."""
        ...


class TooMuch(Exception):
    """An answer that is too large, or takes too long however steadily it trickles."""


class _Untouched(HTTPErrorProcessor):
    """Hands every answer on as it is: a redirect would take the token along, wherever it leads."""

    def http_response(self, _request: Request, response: HTTPResponse) -> HTTPResponse:
        """Return the answer."""
        return response

    https_response = http_response  # type: ignore[assignment] # the stubs say it of the class above


class _Client(WebClient):
    """The SDK's client with bounds: no redirect, no endless body. A proxy is the SDK's own choice."""

    def _perform_urllib_http_request_internal(self, _url: str, req: Request) -> dict[str, Any]:
        proxies = {"http": self.proxy, "https": self.proxy} if self.proxy else {}
        opener = build_opener(_Untouched(), ProxyHandler(proxies), HTTPSHandler(context=self.ssl))
        with opener.open(req, timeout=self.timeout) as response:
            body = _read(response).decode("utf-8", "replace")
        # The SDK stumbles over JSON that is no mapping: let it say that this is none.
        return {
            "status": response.status,
            "headers": response.headers,
            "body": body if body.lstrip().startswith("{") else "",
        }


def _read(response: HTTPResponse) -> bytes:
    until, body = time.monotonic() + ANSWER_SECONDS, bytearray()
    while piece := response.read(_PIECE):
        body += piece
        if len(body) > BODY_LIMIT:
            raise TooMuch(f"answers with more than {BODY_LIMIT // 1_000_000} MB")
        if time.monotonic() > until:
            raise TooMuch(f"takes more than {ANSWER_SECONDS:g} s for one answer")
    return bytes(body)


class Web:
    """One workspace, asked with one bot's token."""

    def __init__(self, source: str, url: str, token: str, clock: Clock, timeout: float) -> None:
        log = logging.getLogger("slack_sdk.directory")
        log.setLevel(logging.CRITICAL)  # what fails is told once, by who asked, and without the SDK's address
        # Whole seconds are the SDK's type, not its limit: urllib takes parts of one.
        self._client = _Client(
            token=token,
            base_url=url,
            timeout=timeout,  # type: ignore[arg-type]
            retry_handlers=[],
            logger=log,
        )
        self._source, self._url, self._clock, self._timeout = source, url, clock, timeout
        self._attempts = ATTEMPTS
        self.requests = 0
        """How many requests were sent, those again included."""
        self.skew: timedelta | None = None
        """By how much Slack's clock is ahead of ours."""
        self.scopes: frozenset[str] | None = None
        """What the token may do, as the last answer said; None: none said."""

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Try every request but twice meanwhile: somebody is waiting."""
        before, self._attempts = self._attempts, 2
        try:
            yield
        finally:
            self._attempts = before

    def ask(self, method: str, ask: Ask, *, stopped: Callable[[], bool] = lambda: False) -> Item:
        """Return what a method answers.

        Raises Refusal where asking again is useless (ScopeMissing for a scope that the app lacks), another
        OutsideFailure where it did not help, Stopped when told to give up.
        """
        asked = Asked(self._source, f"{self._url}{method}")

        def once() -> Item:
            if stopped():
                raise Stopped(f"the look at {self._source} was given up")
            self.requests += 1
            return self._answered(ask, asked)

        return patiently(once, stopped=stopped, attempts=self._attempts)

    def pages(
        self,
        method: str,
        key: str,
        ask: AskPage,
        stopped: Callable[[], bool],
    ) -> Iterator[list[Any]]:
        """Yield the pages of a list, which answers hold under `key`.

        Raises as `ask`, and OutsideFailure for a page that is no list, or that leads back to one before.
        """
        asked = Asked(self._source, f"{self._url}{method}")
        cursor, seen = "", {""}
        while True:
            answer = self.ask(method, partial(ask, cursor=cursor), stopped=stopped)
            page = answer.get(key)
            if not isinstance(page, list):
                raise asked.failure(f"answers without a list of {key}", "Check `url`; look again later.")
            yield page
            after = answer.get("response_metadata")
            cursor = str((after.get("next_cursor") if isinstance(after, dict) else "") or "")
            if not cursor:
                return
            if cursor in seen:
                raise asked.failure("leads back to a page that was read already", "Look again later.")
            seen.add(cursor)

    def _answered(self, ask: Ask, asked: Asked) -> Item:
        try:
            response = ask(self._client)
        except SlackApiError as error:
            self._note(error.response.headers)
            raise translated(error, asked, self._clock) from None
        except TooMuch as error:
            raise asked.failure(str(error), "Look again later.") from None
        except (OSError, HTTPException) as error:
            raise self._unanswered(error, asked) from None
        self._note(response.headers)
        return response.data if isinstance(response.data, dict) else {}

    def _unanswered(self, error: Exception, asked: Asked) -> Again:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return Again(asked.failure(f"did not answer within {self._timeout:g} s", "Look again later."))
        said = line(str(reason)) or type(reason).__name__
        remedy = (
            "Trust the certificate of its authority on this machine, or check `url`."
            if "CERTIFICATE" in said.upper()
            else "Check `url`, and that this machine may reach it."
        )
        return Again(asked.failure(f"cannot be reached: {said}", remedy))

    def _note(self, headers: Mapping[str, str]) -> None:
        named = {str(name).lower(): str(value) for name, value in headers.items()}
        self.skew = skew(named, self._clock) if "date" in named else self.skew
        if "x-oauth-scopes" in named:
            scopes = (each.strip() for each in named["x-oauth-scopes"].split(","))
            self.scopes = frozenset(each for each in scopes if each)
