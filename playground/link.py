"""Socket Mode: the app's open connections, the envelopes that leave on them and their acknowledgements.

It refuses to know what an envelope means; it brings the answer, or says why there is none.
"""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playground.clock import Clock, pause
from playground.faults import Faults
from playground.journal import Journal
from playground.workspace import Json

ACK_SECONDS = 3.0
MAX_CONNECTIONS = 10
TICKET_SECONDS = 30.0
CLOSE_AFTER_WARNING = 10.0
CONNECTION_SECONDS = 3_600


class Unanswered(Exception):
    """No acknowledgement came; the text is Slack's word for it, operation_timeout or dispatch_failed."""


@dataclass(eq=False)
class Connection:
    """One open WebSocket of the app."""

    send: Callable[[str], Awaitable[None]]
    close: Callable[[], Awaitable[None]]
    abort: Callable[[], None]
    """Cut the TCP connection without a close frame."""
    closing: bool = field(default=False)


class Link:
    """All connections of the app."""

    def __init__(self, clock: Clock, journal: Journal, faults: Faults, app_id: str) -> None:
        self._clock, self._journal, self._faults, self._app_id = clock, journal, faults, app_id
        self._tickets: dict[str, float] = {}
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self.connections: list[Connection] = []
        self.tasks: set[asyncio.Future[object]] = set()
        self.on_change: Callable[[bool], None] = lambda _connected: None

    @property
    def connected(self) -> bool:
        """Whether an envelope could leave now."""
        return any(not one.closing for one in self.connections)

    def issue_ticket(self) -> str:
        """Return a ticket that opens one connection within half a minute."""
        now = self._clock.now()
        self._tickets = {key: until for key, until in self._tickets.items() if until > now}
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = now + TICKET_SECONDS
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Return whether the ticket opens a connection; it does so once."""
        return self._tickets.pop(ticket, 0) > self._clock.now()

    async def greet(self, connection: Connection) -> bool:
        """Take the connection in and say hello; False when there are too many already."""
        if len(self.connections) >= MAX_CONNECTIONS:
            return False
        self.connections.append(connection)
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "playground",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._app_id},
        }
        await connection.send(json.dumps(hello))
        self.on_change(self.connected)
        return True

    def forget(self, connection: Connection) -> None:
        """Take a closed connection out."""
        if connection in self.connections:
            self.connections.remove(connection)
            self.on_change(self.connected)

    def receive(self, text: str) -> None:
        """Take what the app sent: an acknowledgement, or something that is noted and dropped."""
        try:
            answer = json.loads(text)
            envelope = answer["envelope_id"]
        except (ValueError, TypeError, KeyError):
            self._journal.note("refused", "socket", "not an acknowledgement", text[:200])
            return
        waiting = self._waiting.pop(envelope, None)
        if waiting is None or waiting.done():
            self._journal.note("refused", "acknowledgement", "too late or unknown", answer)
            return
        payload = answer.get("payload")
        waiting.set_result(payload if isinstance(payload, dict) else {})

    async def ask(self, kind: str, payload: Json, *, retry: tuple[int, str] | None = None) -> Json:
        """Send an envelope and return the acknowledgement's payload; raises Unanswered.

        `kind` is slash_commands, events_api or interactive; `retry` are number and reason of a redelivery.
        """
        if self._faults.delay_ms:
            await pause(self._clock, self._faults.delay_ms / 1000)
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        if kind == "events_api":
            envelope["retry_attempt"], envelope["retry_reason"] = retry or (0, "")
        try:
            answer = await self._deliver(envelope)
        except Unanswered as why:
            self._journal.note("envelope", kind, str(why), envelope)
            raise
        self._journal.note("envelope", kind, "acknowledged", {"envelope": envelope, "answer": answer})
        return answer

    async def _deliver(self, envelope: Json) -> Json:
        usable = [one for one in self.connections if not one.closing] or self.connections
        if not usable:
            raise Unanswered("dispatch_failed")
        key = envelope["envelope_id"]
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[key] = answer
        timer = self._clock.after(ACK_SECONDS, lambda: _give_up(answer))
        try:
            await random.choice(usable).send(json.dumps(envelope))  # noqa: S311 - so does Slack
            return await answer
        finally:
            timer.cancel()
            self._waiting.pop(key, None)

    def drop(self) -> None:
        """Cut every connection off, without a close frame."""
        for connection in list(self.connections):
            connection.abort()

    async def announce_end(self, reason: str) -> None:
        """Tell every connection why it ends soon (warning or refresh_requested); end it ten seconds later."""
        for connection in list(self.connections):
            if not connection.closing:
                connection.closing = reason == "refresh_requested"
                await connection.send(
                    json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
                )
                self.spawn(self._end(connection))

    async def _end(self, connection: Connection) -> None:
        await pause(self._clock, CLOSE_AFTER_WARNING)
        await connection.close()

    def spawn(self, work: Awaitable[object]) -> None:
        """Run `work` beside everything else; it is kept until it ends."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def _give_up(answer: asyncio.Future[Json]) -> None:
    if not answer.done():
        answer.set_exception(Unanswered("operation_timeout"))
