"""What all vendors' servers share: a place below the playground's address, and faults on demand.

Knows no vendor's API.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what was answered, for tests that hold both to the vendor's own description."""

    method: str
    path: str
    """From the vendor's place on."""
    query: str
    headers: dict[str, str]
    body: bytes
    status: int
    content_type: str
    answer: bytes


@dataclass(slots=True)
class Faults:
    """What goes wrong with a vendor from now on; counted faults end by themselves."""

    statuses: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Answers (status, headers) that the next requests get instead of their own, first to last."""
    always: int = 0
    """The status that every request gets; 0: none."""
    delay_seconds: float = 0.0
    """How long every answer takes."""
    cut_bytes: int = 0
    """How many bytes the end of every body lacks, with a length that fits: truncated JSON."""
    requests: list[str] = field(default_factory=list)
    """`METHOD path?query` of every request so far, for tests that count."""
    exchanges: list[Exchange] | None = None
    """Every request with its answer from now on, where it is a list."""

    def clear(self) -> None:
        """Make the vendor healthy again, and forget the requests."""
        self.statuses.clear()
        self.requests.clear()
        self.always, self.delay_seconds, self.cut_bytes = 0, 0.0, 0
        self.exchanges = None


class Vendor(Protocol):
    """One vendor's server."""

    name: str
    """Its place below `/vendors/`."""
    faults: Faults

    def routes(self) -> Sequence[BaseRoute]:
        """Return its routes, from its own place on."""
        ...


def mounted(vendor: Vendor) -> Mount:
    """Return a vendor at its place, with its faults before it."""
    return Mount(
        f"/vendors/{vendor.name}",
        routes=list(vendor.routes()),
        middleware=[Middleware(Faulty, vendor.faults)],
    )


class Faulty:
    """Middleware that answers as `Faults` says."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the vendor's place, or let it answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        faults = self._faults
        query = scope["query_string"].decode("latin-1")
        faults.requests.append(f"{scope['method']} {scope['path']}{'?' + query if query else ''}")
        # Settled before the wait: what nobody waits for any more must not take a later request's fault.
        status, headers = faults.statuses.pop(0) if faults.statuses else (faults.always, {})
        cut, kept = faults.cut_bytes, faults.exchanges
        if faults.delay_seconds:
            await asyncio.sleep(faults.delay_seconds)
        if status:
            await PlainTextResponse("on demand", status, headers)(scope, receive, send)
        elif cut:
            await self._cut(cut, scope, receive, send)
        elif kept is not None:
            await self._kept(kept, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _cut(self, cut: int, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                body.extend(message.get("body", b""))

        await self._app(scope, receive, hold)
        kept = bytes(body[: max(0, len(body) - cut)])
        headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        await send({**start, "headers": [*headers, (b"content-length", str(len(kept)).encode())]})
        await send({"type": "http.response.body", "body": kept})

    async def _kept(self, kept: list[Exchange], scope: Scope, receive: Receive, send: Send) -> None:
        asked, answered = bytearray(), bytearray()
        start: Message = {}

        async def listen() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def tell(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            answered.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                # Before the last of it is sent: whoever has the answer finds it kept.
                kept.append(_exchange(scope, bytes(asked), start, bytes(answered)))
            await send(message)

        await self._app(scope, listen, tell)


def _exchange(scope: Scope, asked: bytes, start: Message, answered: bytes) -> Exchange:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    answer_headers = dict(start["headers"])
    return Exchange(
        scope["method"],
        scope["path"].removeprefix(scope.get("root_path", "")),
        scope["query_string"].decode("latin-1"),
        headers,
        asked,
        start["status"],
        answer_headers.get(b"content-type", b"application/json").decode("latin-1"),
        answered,
    )
