"""Webhooks over HTTP: what a vendor delivers is checked, claimed and handed on, and answered at once.

Looks at nothing itself, and tells nobody why a delivery was refused: the log does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.news import News
from bot.syncs import Syncs
from domain.errors import BadConfiguration, BadInput, StoreError
from workflows.ports import Forged

BODY_LIMIT = 5 * 1024 * 1024
"""Bytes; GitHub delivers up to 25 MB, but of a push to more files than anybody keeps in a catalog."""
ID_LIMIT = 200
"""Characters of a delivery's id that count; vendors' have 36."""
BODY_SECONDS = 20.0
"""How long a body may take to arrive; vendors wait 10 s for their answer."""

log = structlog.get_logger("idp")


def webhook_app(syncs: Syncs, news: News) -> Starlette:
    """Return the application: `POST /webhooks/<source>` and `GET /healthz`."""
    webhooks = _Webhooks(syncs, news)
    return Starlette(
        routes=[
            Route("/webhooks/{source}", webhooks.deliver, methods=["POST"]),
            Route("/healthz", _healthy, methods=["GET"]),
        ]
    )


async def _healthy(_request: Request) -> Response:
    """Say that the process serves; a database that is away is no reason to restart it."""
    return JSONResponse({"status": "ok"})


class _Webhooks:
    """The deliveries to all sources."""

    def __init__(self, syncs: Syncs, news: News) -> None:
        self._syncs = syncs
        self._news = news

    async def deliver(self, request: Request) -> Response:
        """Answer one delivery."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _limited(request)
        except ClientDisconnect:
            return _answer(400, "the body ended early")
        except TimeoutError:
            return _answer(408, f"a delivery has {BODY_SECONDS:.0f} s to arrive")
        if body is None:
            return _answer(413, f"a delivery has at most {BODY_LIMIT} bytes")
        return await run_in_threadpool(
            self._receive, request.path_params["source"], dict(request.headers), body
        )

    def _receive(self, name: str, headers: Mapping[str, str], body: bytes) -> Response:
        source = next((each for each in self._syncs.enabled if each.name == name), None)
        try:
            webhook = source.webhook(self._syncs.clock) if source else None
            if webhook is None:
                return _answer(404, "no source takes webhooks here")
            delivery = webhook.receive(headers, body)
            key = f"webhook:{name}:{delivery.id[:ID_LIMIT]}"
            news = bool(delivery.only) and self._syncs.store.claim_once(key)
        except Forged:
            log.warning("webhook refused", source=name, why="its signature is missing or wrong")
            return _answer(401, "refused")
        except BadConfiguration as error:
            log.error("webhook not possible", source=name, problem=str(error), hint=error.hint)
            return _answer(503, "not set up")
        except BadInput as error:
            log.warning("webhook not understood", source=name, problem=str(error))
            return _answer(400, "not understood")
        except StoreError as error:
            log.error("catalog unavailable", doing=f"webhook {name}", problem=str(error), hint=error.hint)
            return _answer(503, "try again later")
        if news:
            log.info("webhook taken", source=name, delivery=delivery.id, what=delivery.summary)
            self._news.tell(name, delivery.only)
        return _answer(202, "taken")


async def _limited(request: Request) -> bytes | None:
    """Return the body, or None as soon as it is known to be too long."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _answer(status: int, words: str) -> Response:
    return PlainTextResponse(f"{words}\n", status)
