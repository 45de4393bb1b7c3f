"""Asks the configured host, patiently and within bounds: the one place where this source waits and retries.

Goes nowhere else: no proxy of the environment, no redirect to another host, no more than a body may hold.
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx
import stamina

from domain.clock import Clock
from domain.errors import BadConfiguration, OutsideFailure, Stopped
from integrations.http.addresses import same_place, shown
from integrations.http.options import HttpOptions

ATTEMPTS = 5
BODY_LIMIT = 50_000_000
"""Bytes of one answer, unpacked."""
ANSWER_SECONDS = 300.0
"""How long one answer may take in all, however steadily it trickles."""
LONGEST_WAIT = 120.0
"""Seconds of a Retry-After that are waited for; a longer one is a failure that says so."""
_REDIRECTS = 5
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What may be right a moment later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    text: str
    link: str = ""
    """The target of `Link: …; rel="next"`; empty: none."""


class _Again(Exception):
    """A failure that may pass: ask again, after so many seconds where the API said."""

    def __init__(self, failure: OutsideFailure, after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.after = after


class Api:
    """One API, asked as one source's options say. `headers` hold the credential."""

    def __init__(self, source: str, options: HttpOptions, headers: dict[str, str], clock: Clock) -> None:
        self._source = source
        self._options = options
        self._clock = clock
        self.requests = 0
        """How many requests were sent, those again and those redirected included."""
        self._client = httpx.Client(
            headers={"Accept": "application/json", "User-Agent": "idp", **headers},
            timeout=options.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
            verify=_trusted(source, options),
        )

    def close(self) -> None:
        """Give back connections."""
        self._client.close()

    def ask(self, url: httpx.URL, stopped: Callable[[], bool]) -> Answer:
        """Return what an address answers. Raises OutsideFailure, or Stopped when told to give up."""
        try:
            for attempt in stamina.retry_context(
                on=pause, attempts=ATTEMPTS, timeout=None, wait_initial=0.5, wait_max=30, wait_jitter=1
            ):
                with attempt:
                    return self._once(url, stopped)
        except _Again as again:
            raise again.failure from None
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, url: httpx.URL, stopped: Callable[[], bool]) -> Answer:
        request = self._client.build_request(self._options.method, url, json=self._options.body)
        for _ in range(_REDIRECTS + 1):
            if stopped():
                raise Stopped(f"the look at {self._source} was given up")
            self.requests += 1
            response, body = self._sent(request)
            if response.next_request is None:
                return self._judged(response, body)
            request = self._redirected(request, response.next_request)
        raise self._failure(url, "redirects in circles", "Give the address that it ends at as `url`.")

    def _sent(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """Send, and read the body within its bounds."""
        try:
            response = self._client.send(request, stream=True)
            try:
                return response, self._read(response)
            finally:
                response.close()
        except httpx.TimeoutException:
            seconds = f"{self._options.timeout_seconds:g} s"
            raise _Again(
                self._failure(request.url, f"did not answer within {seconds}", "Ask again later.")
            ) from None
        except httpx.TransportError as error:
            reason = str(error).strip() or type(error).__name__
            failure = self._failure(request.url, f"cannot be reached: {reason}", _reach(reason))
            raise _Again(failure) from None
        except httpx.DecodingError:
            raise self._failure(
                request.url, "sent a body that cannot be unpacked", "Ask its owners."
            ) from None

    def _read(self, response: httpx.Response) -> bytes:
        until = time.monotonic() + ANSWER_SECONDS
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise self._failure(
                    response.url,
                    f"answers with more than {BODY_LIMIT // 1_000_000} MB",
                    "Ask for fewer items a page: `pagination`.",
                )
            if time.monotonic() > until:
                raise self._failure(
                    response.url,
                    f"takes more than {ANSWER_SECONDS:g} s for one answer",
                    "Ask for less a page.",
                )
        return bytes(body)

    def _redirected(self, asked: httpx.Request, further: httpx.Request) -> httpx.Request:
        if same_place(asked.url, further.url):
            return further
        raise self._failure(
            asked.url,
            f"redirects to another host, {further.url.host}, which is not followed",
            "Give the address itself as `url`; a login page means that the credential is missing or wrong.",
        )

    def _judged(self, response: httpx.Response, body: bytes) -> Answer:
        status = response.status_code
        if response.is_success:
            try:
                text = body.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise self._failure(
                    response.url, "answers with no UTF-8 text", "It must answer JSON."
                ) from None
            return Answer(text, _next_link(response))
        said = f"answers {status} {response.reason_phrase}".rstrip()
        failure = self._failure(response.url, said, self._advice(status))
        if status not in _LATER:
            raise failure
        after = _retry_after(response.headers.get("retry-after", ""), self._clock)
        if after is not None and after > LONGEST_WAIT:
            raise self._failure(response.url, f"{said} and asks to wait {after:.0f} s", "Look again later.")
        raise _Again(failure, after)

    def _advice(self, status: int) -> str:
        named = " and ".join(self._options.secrets)
        if status == 401:
            return f"Check the credential: {named}." if named else "It wants a credential: set `auth`."
        if status == 403:
            return f"The credential may not read this: give {named or 'it'} the right to."
        if status == 404:
            return "Check `url`, and that the credential may see it."
        return "Ask again later." if status in _LATER else "Check `url`, `method` and `pagination`."

    def _failure(self, url: httpx.URL, problem: str, remedy: str) -> OutsideFailure:
        return OutsideFailure(f"source {self._source}: {shown(url)} {problem}", remedy)


def pause(error: Exception) -> bool | float:
    """Say whether to ask again: after so many seconds, or (True) after a while that grows."""
    if not isinstance(error, _Again):
        return False
    return True if error.after is None else error.after + random.random()  # noqa: S311 - no secret is made


def _retry_after(header: str, clock: Clock) -> float | None:
    """Return the seconds that `Retry-After` asks for, a number or a date (RFC 9110); None: it does not."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        at = parsedate_to_datetime(header)
        return max(0.0, (at - clock()).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a time zone
        return None


def _next_link(response: httpx.Response) -> str:
    for link in response.links.values():
        if "next" in link.get("rel", "").lower().split():
            return link.get("url", "")
    return ""


def _reach(reason: str) -> str:
    if "CERTIFICATE" in reason.upper():
        return "Name the certificate of its authority as `ca_file`."
    return "Check `url`, and that this machine may reach it."


def _trusted(source: str, options: HttpOptions) -> ssl.SSLContext | bool:
    if options.ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=options.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise BadConfiguration(
            f"source {source}: ca_file {options.ca_file} cannot be used: {error.strerror or error}",
            "Name a readable file of certificates (PEM).",
        ) from error
