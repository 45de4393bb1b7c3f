"""Serves HTTP on a thread and an event loop of its own, beside Socket Mode."""

from __future__ import annotations

import asyncio
import os
import socket
import threading

import structlog
import uvicorn
from starlette.types import ASGIApp

from domain.errors import OutsideFailure

STOP_SECONDS = 5.0
"""How long an answer that is under way may take when the server stops."""
MOST_AT_ONCE = 64
"""How many connections there may be; who comes on top is told to come again later (503)."""

log = structlog.get_logger("idp")


class HttpServer:
    """One application on one address."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self.url = ""
        """Where it listens, without a slash at the end; empty before start."""
        self._at = (host, port)
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                limit_concurrency=MOST_AT_ONCE,
                server_header=False,
                timeout_graceful_shutdown=int(STOP_SECONDS),
            )
        )
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; connections are taken from now on. Raises OutsideFailure when the address cannot be had."""
        host, port = self._at
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listening = socket.create_server(self._at, family=family)
        except OSError as error:
            raise OutsideFailure(
                f"the address {host}:{port} cannot be had: {os.strerror(error.errno or 0)}",
                "Give another in IDP_HTTP_HOST and IDP_HTTP_PORT.",
            ) from error
        # asyncio does so only for sockets made with an explicit protocol; without it each answer waits 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        named = f"[{host}]" if ":" in host else host
        self.url = f"http://{named}:{listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, args=(listening,), name="http", daemon=True)
        self._thread.start()
        log.info("webhooks taken", at=self.url)

    def stop(self) -> None:
        """Take no more connections, end the answers that are under way, and close; harmless to repeat."""
        if self._thread is not None:
            self._server.should_exit = True
            self._thread.join(STOP_SECONDS * 2)
            self._thread = None

    def _run(self, listening: socket.socket) -> None:
        with listening:
            asyncio.run(self._server.serve(sockets=[listening]))
