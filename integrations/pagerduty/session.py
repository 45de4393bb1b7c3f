"""pdpyras as the way by which requests reach PagerDuty: the one module that knows that library.

It signs and sends, once. What is asked again, how long that is waited for, and what a failure means are
`integrations.calling`'s to say; a swap of the library is this file.
"""

from __future__ import annotations

import logging
import time
import warnings
from typing import Any

import httpx
import requests
import urllib3

from domain.clock import Clock
from integrations.calling.client import ANSWER_SECONDS, BODY_LIMIT, Caller, Target
from integrations.calling.rates import RateHeaders

with warnings.catch_warnings():
    # The import warns that the vendor updates pdpyras no more, which the operator cannot help.
    warnings.filterwarnings("ignore", message='The package "pdpyras" is deprecated')
    import pdpyras  # type: ignore[import-untyped]  # it has no stubs

RATES = RateHeaders("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")
"""PagerDuty's headers; the reset is in seconds from now."""
_CHUNK = 65_536
_OWN = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers on how the body travelled, which is unpacked by now."""


def connected(target: Target, token: str, *, bearer: bool, clock: Clock, timeout: float) -> Caller:
    """Return what asks one account with one token; opens no connection."""
    transport = Transport(target.url, token, bearer=bearer, timeout=timeout)
    return Caller(target, transport.headers, clock=clock, timeout=timeout, rates=RATES, transport=transport)


class Transport(httpx.BaseTransport):
    """Sends by pdpyras what httpx would send."""

    def __init__(self, url: str, token: str, *, bearer: bool, timeout: float) -> None:
        self._api = _quiet(pdpyras.APISession(token, auth_type="bearer" if bearer else "token"))
        self._api.url = url.rstrip("/")
        self._api.timeout = timeout
        self._api.hooks["response"].append(_read)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that carry the token and the API's version."""
        return {name: str(self._api.headers[name]) for name in ("Authorization", "Accept")}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send once. Raises httpx's errors for what did not come to an answer."""
        try:
            answer = self._api.request(request.method, str(request.url), allow_redirects=False)
        except pdpyras.PDHTTPError as error:  # a 401, in words that quote the end of the token
            answer = error.response
        except pdpyras.PDClientError as error:
            raise _unanswered(error.__cause__) from None
        headers = [(name, value) for name, value in answer.headers.items() if name.lower() not in _OWN]
        return httpx.Response(
            answer.status_code,
            headers=headers,
            content=answer.content,
            extensions={"reason_phrase": (answer.reason or "").encode("ascii", "replace")},
        )

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        self._api.close()


def _quiet(api: Any) -> Any:
    """Return a session of pdpyras that sends once, tells nobody, and asks the environment nothing."""
    api.trust_env = False  # no proxy, and no .netrc, which would replace the credential
    api.max_network_attempts = 0
    # The only way to have a 429 returned: without an entry in `retry`, pdpyras waits for it for ever; with
    # one, it gives up at once when the attempts of all statuses exceed this.
    api.retry = {429: 1}
    api.max_http_attempts = -1
    api.log = logging.Logger("pdpyras")  # not the library's own, so that nobody hears it
    api.log.disabled = True
    return api


def _read(answer: requests.Response, *_args: object, **_options: object) -> None:
    """Read a body within its bounds, before requests would without any."""
    until = time.monotonic() + ANSWER_SECONDS
    body = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > BODY_LIMIT:  # the Caller says so
            answer.close()
            break
        if time.monotonic() > until:
            answer.close()
            raise httpx.ReadTimeout("the answer trickles")
    answer._content = bytes(body)


def _unanswered(cause: BaseException | None) -> httpx.HTTPError:
    if isinstance(cause, requests.exceptions.ContentDecodingError):
        return httpx.DecodingError(str(cause))
    reason = _reason(cause)
    if isinstance(cause, requests.ConnectTimeout):
        return httpx.ConnectTimeout(reason)
    if isinstance(cause, requests.Timeout) or "timed out" in reason:
        return httpx.ReadTimeout(reason)
    if isinstance(cause, requests.exceptions.ChunkedEncodingError):
        return httpx.ReadError(reason)
    return httpx.ConnectError(reason)


def _reason(cause: BaseException | None) -> str:
    """Return the innermost reason of a failure, without the addresses that libraries put around it."""
    while cause is not None:
        inner = getattr(cause, "reason", None) or next(iter(cause.args), None)
        if not isinstance(inner, Exception):
            break
        cause = inner
    text = str(cause).strip() or type(cause).__name__
    if isinstance(cause, urllib3.exceptions.NewConnectionError):
        return text.rpartition("connection: ")[2]
    return text
