"""Keeps other sites out of the workspace: checks Host and Origin, and binds the page to its own files.

It refuses every request that a foreign page, or a foreign name for this machine, could have made.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """ASGI middleware; `hosts` are the names under which the workspace may be called."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOOPBACK) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif self._welcome(scope, Headers(scope=scope)):
            await self._app(scope, receive, self._with_policy(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("forbidden: not a request of this page", 403)(scope, receive, send)

    def _welcome(self, scope: Scope, headers: Headers) -> bool:
        host = headers.get("host", "")
        if urlsplit(f"//{host}").hostname not in self._hosts:
            return False
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return False
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin") or _is_visit(scope, headers)

    @staticmethod
    def _with_policy(send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = POLICY
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["cache-control"] = "no-store"
            await send(message)

        return sending


def _is_visit(scope: Scope, headers: Headers) -> bool:
    """Return whether a link on another site was followed to the page itself, which gives nothing away."""
    return scope["type"] == "http" and scope["path"] == "/" and headers.get("sec-fetch-mode") == "navigate"
