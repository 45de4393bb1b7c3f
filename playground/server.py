"""Runs a workspace: one HTTP server on the loopback address, on a thread and an event loop of its own."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from playground.acts import commands
from playground.acts.speaking import Refused, acting_person, place_to_speak
from playground.app_settings import AppSettings
from playground.clock import Clock, SystemClock
from playground.emulator import assemble
from playground.faults import FaultOrder
from playground.guard import LOOPBACK, Guard
from playground.play import PlayApi, carry_out_faults
from playground.seed import Seed
from playground.sockets import Sockets
from playground.vendors.vendor import Vendor, mounted
from playground.webapi.serving import WebApi
from playground.workspace import Message

PAGE = Path(__file__).parent / "page"
START_SECONDS = 10.0


class Playground:
    """A running workspace; use it as a context manager, or call start and stop."""

    def __init__(
        self,
        seed: Seed,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        bot_token: str = "xoxb-playground",  # noqa: S107 - opens nothing but this playground
        app_token: str = "xapp-playground",  # noqa: S107 - likewise
        manifest: Mapping[str, Any] | None = None,
        clock: Clock | None = None,
        event_retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0),
        vendors: Sequence[Vendor] = (),
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"the playground listens on this machine alone, not on {host}: give 127.0.0.1")
        self.bot_token, self.app_token = bot_token, app_token
        self._at = (host, port)
        self._vendors = tuple(vendors)
        self._clock = clock or SystemClock()
        app = AppSettings(bot_token, app_token, manifest, event_retry_seconds)
        self._emulator = assemble(seed, app, self._clock)
        self.faults = FaultSwitch(self)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end; empty before start."""
        return self._emulator.url

    @property
    def api_url(self) -> str:
        """What SLACK_API_BASE_URL must be."""
        return f"{self.url}/api/"

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return len(self._emulator.link.connections)

    def start(self) -> None:
        """Listen; returns when it does. Raises OSError when the port is taken."""
        listening = socket.create_server(self._at)
        # asyncio does so only for sockets made with an explicit protocol; without it each answer waits 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        host, port = listening.getsockname()[:2]
        self._emulator.url = f"http://{host}:{port}"
        config = uvicorn.Config(
            self._app(),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(listening, ready), name="playground", daemon=True
        )
        self._thread.start()
        if not ready.wait(START_SECONDS):
            raise RuntimeError(f"the playground did not start within {START_SECONDS:.0f} s")

    def _run(self, listening: socket.socket, ready: threading.Event) -> None:
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        with listening:
            asyncio.run(self._serve(listening, ready))

    async def _serve(self, listening: socket.socket, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._clock.bind(self._loop)
        link, feed = self._emulator.link, self._emulator.feed
        link.on_change = lambda connected: feed.tell_all({"type": "bot", "connected": connected})
        if self._server is None:
            raise RuntimeError("start makes the server before it serves")
        self._loop.call_soon(ready.set)
        await self._server.serve(sockets=[listening])
        for task in list(link.tasks):
            task.cancel()

    def stop(self) -> None:
        """End every connection and wait for the thread."""
        if self._server is None or self._thread is None or self._loop is None:
            return
        self._server.should_exit = True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._emulator.feed.close)
        self._thread.join(START_SECONDS)
        self._server = self._thread = None

    def submit(self, person: str, text: str, channel: str = "general") -> Future[Message | None]:
        """Type a command as `person` without the detour over HTTP, for a bench that counts milliseconds.

        The future holds the message that the acknowledgement brought (None: nothing), or Refused.
        """
        if self._loop is None:
            raise RuntimeError("the playground is not started")
        return asyncio.run_coroutine_threadsafe(self._submit(person, text, channel), self._loop)

    async def _submit(self, person: str, text: str, channel: str) -> Message | None:
        member = acting_person(self._emulator, person)
        named = self._emulator.workspace.channel_named(channel)
        place = place_to_speak(self._emulator, member, named.id if named else channel)
        refused = commands.refusal(self._emulator, text.split()[0], in_thread=False)
        if refused:
            raise Refused(refused)
        return await commands.run(self._emulator, member, place, text)

    def empty_handed(self) -> int:
        """Return how many commands were acknowledged with nothing and not answered since; for a bench.

        It takes every use of a response URL for such an answer: press no buttons.
        """
        counts = self._emulator.journal.counts
        return counts["command", "acknowledged alone"] - counts["response", "ok"]

    def carry_out(self, order: FaultOrder, *, anew: bool = False) -> None:
        """Do what `order` says on the workspace's loop, then return; `anew` turns all other faults off."""
        if anew:
            self._emulator.faults.reset()
        if self._loop is None:
            order.apply_to(self._emulator.faults)
        else:
            work = carry_out_faults(self._emulator, order)
            asyncio.run_coroutine_threadsafe(work, self._loop).result(START_SECONDS)

    def _app(self) -> Starlette:
        play, api = PlayApi(self._emulator), WebApi(self._emulator)
        sockets = Sockets(self._emulator, play.person, self._abort)
        routes = [
            Route("/api/{method:path}", api.serve, methods=["GET", "POST"]),
            WebSocketRoute("/link/", sockets.link),
            WebSocketRoute("/play/feed", sockets.feed),
            Route("/response/{key}", sockets.respond, methods=["POST"]),
            Route("/upload/v1/{file}", sockets.upload, methods=["POST"]),
            Route("/upload/v1/{file}", sockets.download, methods=["GET"]),
            *play.routes(),
            *map(mounted, self._vendors),
            Route("/", _index),
            Mount("/page", StaticFiles(directory=PAGE)),
        ]
        return Starlette(routes=routes, middleware=[Middleware(Guard)])

    def _abort(self, gone: WebSocket) -> None:
        # uvicorn gives an application no way to drop TCP without a close frame: look its transport up.
        protocols = self._server.server_state.connections if self._server else ()
        for protocol in list(protocols):
            transport = getattr(protocol, "transport", None)
            if transport is not None and transport.get_extra_info("peername") == tuple(gone.client or ()):
                transport.abort()

    def __enter__(self) -> Playground:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class FaultSwitch:
    """Turns faults on and off from outside the workspace's loop."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    def set(self, **faults: Any) -> None:
        """Set the named faults, as POST /play/faults does: `faults.set(drop_sockets=True)`."""
        self._playground.carry_out(FaultOrder.model_validate(faults))

    def clear(self) -> None:
        """Make Slack healthy again."""
        self._playground.carry_out(FaultOrder(), anew=True)


async def _index(_request: Request) -> Response:
    page = PAGE / "index.html"
    return FileResponse(page) if page.exists() else PlainTextResponse("the page is not built in", 404)
