"""Asks the configured host for texts: `integrations.calling.client` does, with this source's own ways.

Redirects on the same host are followed, at most five; none leads elsewhere.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpx

from domain.clock import Clock
from domain.errors import BadConfiguration
from integrations.calling.client import LATER, Answer, Caller, Target
from integrations.calling.failures import Refusal
from integrations.calling.rates import RateHeaders, from_now_or_epoch
from integrations.http.addresses import same_place
from integrations.http.options import HttpOptions

_REDIRECTS = 5


class Api(Caller):
    """One API, asked as one source's options say. `headers` hold the credential."""

    def __init__(self, source: str, options: HttpOptions, headers: dict[str, str], clock: Clock) -> None:
        super().__init__(
            Target(source, "", options.url, " and ".join(options.secrets)),
            headers,
            clock=clock,
            timeout=options.timeout_seconds,
            rates=RateHeaders(reading=from_now_or_epoch),
            verify=_trusted(source, options),
        )
        self._options = options

    def ask(self, url: httpx.URL, stopped: Callable[[], bool]) -> Answer:
        """Return what an address answers, its text as `value`; whether it may be asked is checked before.

        Raises as `Caller.get`. A POST is repeated, too: it asks, and changes nothing.
        """
        options = self._options
        return self._ask(options.method, str(url), None, options.body, stopped, repeatable=True)

    def _url(self, path: str) -> httpx.URL:
        return httpx.URL(path)

    def _exchanged(
        self, request: httpx.Request, stopped: Callable[[], bool], *, repeatable: bool
    ) -> tuple[httpx.Response, bytes]:
        asked = request
        for _ in range(_REDIRECTS + 1):
            response, body = super()._exchanged(request, stopped, repeatable=repeatable)
            if response.next_request is None:
                return response, body
            request = self._redirected(request, response.next_request)
        raise self._failure(
            asked.url, "redirects in circles", "Give the address that it ends at as `url`.", Refusal
        )

    def _redirected(self, asked: httpx.Request, further: httpx.Request) -> httpx.Request:
        if same_place(asked.url, further.url):
            return further
        raise self._failure(
            asked.url,
            f"redirects to another host, {further.url.host}, which is not followed",
            "Give the address itself as `url`; a login page means that the credential is missing or wrong.",
            Refusal,
        )

    def _value(self, response: httpx.Response, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._failure(
                response.url, "answers with no UTF-8 text", "It must answer JSON.", Refusal
            ) from None

    def _advice(self, status: int) -> str:
        named = self._target.credential
        if status == 401:
            return f"Check the credential: {named}." if named else "It wants a credential: set `auth`."
        if status == 403:
            return f"The credential may not read this: give {named or 'it'} the right to."
        if status == 404:
            return "Check `url`, and that the credential may see it."
        return "Ask again later." if status in LATER else "Check `url`, `method` and `pagination`."

    def _reach(self, reason: str) -> str:
        if "CERTIFICATE" in reason.upper():
            return "Name the certificate of its authority as `ca_file`."
        return super()._reach(reason)


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
