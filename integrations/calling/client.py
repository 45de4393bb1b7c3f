"""Asks one vendor's JSON API over HTTP: bounded in time and size, patient within reason, and nobody else.

No proxy of the environment, no redirect, no address on another host than the configured one.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from domain.clock import Clock, system_clock
from domain.errors import OutsideFailure, Stopped
from domain.sources import Quota
from integrations.calling.failures import REFUSALS, Exhausted, Refusal, credentials_in, line, said, without
from integrations.calling.rates import RateHeaders, skew
from integrations.calling.retrying import ATTEMPTS, LONGEST_WAIT, Again, patiently

BODY_LIMIT = 50_000_000
"""Bytes of one answer, unpacked."""
ANSWER_SECONDS = 300.0
"""How long one answer may take in all, however steadily it trickles."""
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What may be right a moment later."""

Params = Mapping[str, str | int | list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """Who is asked, in words for people."""

    source: str
    """The source's name in `idp.yaml`."""
    title: str
    """The vendor: `PagerDuty`; empty where the address says enough."""
    url: str
    """Where its API begins; paths are put behind it."""
    credential: str
    """The environment variables that hold the credential, for advice: `DD_API_KEY and DD_APP_KEY`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    value: Any
    """The JSON; None for an empty body."""
    headers: Mapping[str, str]
    """By name in lower case."""
    next_url: str = ""
    """The target of `Link: …; rel="next"`; empty: none."""


class Caller:
    """One API, asked with one credential, which `headers` hold. Can be used from several threads."""

    def __init__(
        self,
        target: Target,
        headers: Mapping[str, str],
        *,
        clock: Clock = system_clock,
        timeout: float = 20.0,
        rates: RateHeaders | None = None,
        verify: ssl.SSLContext | bool = True,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`transport` sends in the place of httpx's own, where a vendor's SDK is to."""
        self._target = target
        self._base = httpx.URL(target.url.rstrip("/") + "/")
        self._clock = clock
        self._timeout = timeout
        self._attempts = ATTEMPTS
        self._rates = rates or RateHeaders()
        self._unsaid = credentials_in(headers)
        self.requests = 0
        """How many requests were sent, those again included."""
        self.quota: Quota | None = None
        """What was left by the last answer that said so."""
        self.skew: timedelta | None = None
        """By how much the vendor's clock is ahead of ours."""
        self._client = httpx.Client(
            headers={"Accept": "application/json", "User-Agent": "idp", **headers},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            verify=verify,
            transport=transport,
        )

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        self._client.close()

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Try every request but twice meanwhile: somebody is waiting."""
        before, self._attempts = self._attempts, 2
        try:
            yield
        finally:
            self._attempts = before

    def get(
        self, path: str, params: Params | None = None, *, stopped: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Return what a path answers, or an address below the configured one.

        Raises Refusal (`integrations.calling.failures`) where asking again is useless, another
        OutsideFailure where it did not help, Stopped when told to give up.
        """
        return self._ask("GET", path, params, None, stopped, repeatable=True)

    def post(
        self,
        path: str,
        body: object,
        *,
        stopped: Callable[[], bool] = lambda: False,
        repeatable: bool = False,
    ) -> Answer:
        """Send JSON and return the answer. What is not `repeatable` is sent again only where it surely had
        no effect: refused for a limit, or never sent. Raises as `get`.
        """
        return self._ask("POST", path, None, body, stopped, repeatable=repeatable)

    def _ask(
        self,
        method: str,
        path: str,
        params: Params | None,
        body: object,
        stopped: Callable[[], bool],
        *,
        repeatable: bool,
    ) -> Answer:
        request = self._client.build_request(
            method,
            self._url(path),
            params=params if params is None else {**httpx.URL(path).params, **params},
            json=body,
        )

        def once() -> Answer:
            response, content = self._exchanged(request, stopped, repeatable=repeatable)
            return self._judged(response, content, repeatable=repeatable)

        return patiently(once, stopped=stopped, attempts=self._attempts)

    def _exchanged(
        self, request: httpx.Request, stopped: Callable[[], bool], *, repeatable: bool
    ) -> tuple[httpx.Response, bytes]:
        """Send a request once. Whoever follows redirects overrides it."""
        if stopped():
            raise Stopped(f"the look at {self._target.source} was given up")
        self.requests += 1
        return self._sent(request, repeatable=repeatable)

    def _url(self, path: str) -> httpx.URL:
        url = self._base.join(path if "://" in path else path.lstrip("/"))
        if (url.scheme, url.host, url.port) != (self._base.scheme, self._base.host, self._base.port):
            raise self._failure(
                self._base, f"leads to another host, {url.host}, which is not followed", "Check `url`."
            )
        return url

    def _sent(self, request: httpx.Request, *, repeatable: bool) -> tuple[httpx.Response, bytes]:
        """Send, and read the body within its bounds."""
        try:
            response = self._client.send(request, stream=True)
            try:
                return response, self._read(response)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            failure = self._failure(
                request.url, f"did not answer within {self._timeout:g} s", "Look again later."
            )
            if repeatable or isinstance(error, httpx.ConnectTimeout):
                raise Again(failure) from None
            raise failure from None
        except httpx.TransportError as error:
            reason = str(error).strip() or type(error).__name__
            failure = self._failure(request.url, f"cannot be reached: {line(reason)}", self._reach(reason))
            if repeatable or isinstance(error, httpx.ConnectError):
                raise Again(failure) from None
            raise failure from None
        except httpx.DecodingError:
            raise self._failure(request.url, "sent a body that cannot be unpacked", "Look again.") from None

    def _read(self, response: httpx.Response) -> bytes:
        until = time.monotonic() + ANSWER_SECONDS
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise self._failure(
                    response.url, f"answers with more than {BODY_LIMIT // 1_000_000} MB", "Ask for less."
                )
            if time.monotonic() > until:
                raise self._failure(
                    response.url, f"takes more than {ANSWER_SECONDS:g} s for one answer", "Look again later."
                )
        return bytes(body)

    def _judged(self, response: httpx.Response, content: bytes, *, repeatable: bool) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.quota = self._rates.quota(headers, self._clock) or self.quota
        self.skew = skew(headers, self._clock) if "date" in headers else self.skew
        if response.is_success:
            return Answer(self._value(response, content), headers, _next_link(response))
        raise self._refused(response, headers, content, repeatable=repeatable)

    def _value(self, response: httpx.Response, content: bytes) -> Any:
        """Return what a good answer says. Whoever takes other things than JSON overrides it."""
        if not content.strip():
            return None
        try:
            return httpx.Response(200, content=content).json()
        except ValueError:  # a body that is cut off, or a proxy's page
            failure = self._failure(
                response.url, "answers with no JSON, or with half of it", "Check `url`; look again later."
            )
            if response.request.method == "GET":
                raise Again(failure) from None
            raise failure from None

    def _refused(
        self, response: httpx.Response, headers: Mapping[str, str], content: bytes, *, repeatable: bool
    ) -> Exception:
        status = response.status_code
        words = f"answers {status} {response.reason_phrase}".rstrip()
        if told := self._told(content):
            words += f": {told}"
        kind = Exhausted if status == 429 else REFUSALS.get(status, OutsideFailure)
        failure = self._failure(response.url, words, self._advice(status), kind)
        if status not in LATER:
            return failure if isinstance(failure, Refusal) else self._refusal(response.url, words, status)
        if status != 429 and not repeatable:
            return failure
        after = self._rates.asked_for(headers, self._clock)
        if after is not None and after > LONGEST_WAIT:
            words += f" and asks to wait {after:.0f} s"
            return self._failure(response.url, words, "Look again later.", kind)
        return Again(failure, after)

    def _refusal(self, url: httpx.URL, words: str, status: int) -> OutsideFailure:
        return self._failure(url, words, self._advice(status), Refusal)

    def _advice(self, status: int) -> str:
        credential = self._target.credential
        if status == 401:
            return f"Check the credential: {credential}."
        if status == 403:
            return f"The credential may not do this: give {credential} the right to."
        if status in (404, 410):
            return "Check `url` and the names in the source's block, and that the credential may see them."
        return "Look again later." if status in LATER else "Check the source's block in idp.yaml."

    def _failure(
        self,
        url: httpx.URL,
        problem: str,
        remedy: str,
        kind: type[OutsideFailure] = OutsideFailure,
    ) -> OutsideFailure:
        shown = f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}{url.path}"
        who = f"{self._target.title} at {shown}" if self._target.title else shown
        return kind(f"source {self._target.source}: {who} {problem}", remedy)

    def _reach(self, reason: str) -> str:
        if "CERTIFICATE" in reason.upper():
            return "Trust the certificate of its authority on this machine, or check `url`."
        return "Check `url`, and that this machine may reach it."

    def _told(self, content: bytes) -> str:
        """Return what a refusal says is wrong, without what we sent: some vendors repeat the credential."""
        try:
            told = said(httpx.Response(200, content=content[:10_000]).json())
        except ValueError:
            return ""
        return without(told, self._unsaid)


def _next_link(response: httpx.Response) -> str:
    for link in response.links.values():
        if "next" in link.get("rel", "").lower().split():
            return link.get("url", "")
    return ""
