"""The two WebSockets: /link/ for the app, /play/feed for a page; and the POST to a response URL."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.acts.responding import carry_out
from playground.acts.speaking import Refused
from playground.blockkit import BlockError
from playground.emulator import Emulator
from playground.link import Connection
from playground.passes import PassError
from playground.webapi.calls import ApiError
from playground.webapi.files import take_content
from playground.workspace import Json, Member

BAD_TICKET = 4_001
TOO_MANY = 4_029
CUT_OFF = 1_013

GONE = (WebSocketDisconnect, RuntimeError)
"""What a send to a socket that is closing raises, depending on how far it got."""


class Sockets:
    """The endpoints, over one emulator; `abort` cuts the TCP connection of a WebSocket."""

    def __init__(
        self, emulator: Emulator, person: Callable[[str | None], Member], abort: Callable[[WebSocket], None]
    ) -> None:
        self._emulator, self._person, self._abort = emulator, person, abort

    async def link(self, socket: WebSocket) -> None:
        """Serve one Socket Mode connection until either side ends it."""
        if not self._emulator.link.redeem(socket.query_params.get("ticket", "")):
            await socket.close(BAD_TICKET, "invalid ticket")
            return
        await socket.accept()

        async def send(text: str) -> None:
            with contextlib.suppress(*GONE):
                await socket.send_text(text)

        async def close() -> None:
            with contextlib.suppress(*GONE):
                await socket.close()

        connection = Connection(send, close, lambda: self._abort(socket))
        if not await self._emulator.link.greet(connection):
            await socket.close(TOO_MANY, "too many connections")
            return
        try:
            while True:
                self._emulator.link.receive(await socket.receive_text())
        except GONE:
            return
        finally:
            self._emulator.link.forget(connection)

    async def feed(self, socket: WebSocket) -> None:
        """Tell one page what happens, until it leaves."""
        try:
            person = self._person(socket.query_params.get("as")).id
        except Refused as refusal:
            await socket.close(BAD_TICKET, str(refusal))
            return
        await socket.accept()
        queue = self._emulator.feed.listen(person)
        leaving = asyncio.ensure_future(_gone(socket))
        leaving.add_done_callback(lambda _task: None if queue.full() else queue.put_nowait(None))
        try:
            while (note := await queue.get()) is not None:
                await socket.send_text(json.dumps(note))
            if not leaving.done():
                await socket.close(CUT_OFF)
        except GONE:
            return
        finally:
            leaving.cancel()
            self._emulator.feed.leave(person, queue)

    async def respond(self, request: Request) -> Response:
        """Take what the app sends to a response URL."""
        key = request.path_params["key"]
        try:
            answer = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        try:
            hook = self._emulator.hooks.use(key)
            carry_out(self._emulator, hook, answer if isinstance(answer, dict) else {})
        except PassError as error:
            return self._refuse(str(error), 404, answer, [])
        except BlockError as error:
            return self._refuse(str(error), 400, answer, error.messages)
        self._emulator.journal.note("response", "response_url", "ok", answer)
        return PlainTextResponse("ok")

    def _refuse(self, code: str, status: int, answer: Json, messages: list[str]) -> Response:
        self._emulator.journal.note(
            "response", "response_url", code, {"messages": messages, "answer": answer}
        )
        return JSONResponse({"ok": False, "error": code}, status)

    async def upload(self, request: Request) -> Response:
        """Take the content of a file."""
        try:
            if request.headers.get("content-type", "").startswith("multipart/"):
                async with request.form() as form:
                    parts = [await one.read() for one in form.values() if not isinstance(one, str)]
                content = parts[0] if parts else b""
            else:
                content = await request.body()
            take_content(self._emulator, request.path_params["file"], content)
        except ApiError as error:
            return PlainTextResponse(error.code, 400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        """Give the content of a file back."""
        known = self._emulator.workspace.files.get(request.path_params["file"])
        if known is None or known["content"] is None:
            return PlainTextResponse("file_not_found", 404)
        return Response(known["content"], media_type="application/octet-stream")


async def _gone(socket: WebSocket) -> None:
    with contextlib.suppress(*GONE):
        while True:
            await socket.receive_text()
