"""What the browsers of the workspace are told as it happens.

It refuses to tell anybody of what that person may not see: the sender names the audience.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from playground.workspace import Channel, Json, Message

BACKLOG = 2_000
"""A listener that is this far behind is cut off; its page loads anew."""


class Feed:
    """Listeners by person; telling costs nothing when nobody listens."""

    def __init__(self) -> None:
        self._open: dict[str, set[asyncio.Queue[Json | None]]] = {}

    def listen(self, person: str) -> asyncio.Queue[Json | None]:
        """Return a queue of what `person` is to be told; None in it means: cut off."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(BACKLOG)
        self._open.setdefault(person, set()).add(queue)
        return queue

    def leave(self, person: str, queue: asyncio.Queue[Json | None]) -> None:
        """Stop telling that queue."""
        queues = self._open.get(person, set())
        queues.discard(queue)
        if not queues:
            self._open.pop(person, None)

    def tell(self, person: str, note: Json) -> None:
        """Tell one person."""
        for queue in list(self._open.get(person, ())):
            if queue.qsize() >= BACKLOG - 1:
                self.leave(person, queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(note)

    def tell_all(self, note: Json, among: Iterable[str] | None = None) -> None:
        """Tell everybody who listens, or those `among` the listeners."""
        for person in list(self._open) if among is None else [who for who in self._open if who in set(among)]:
            self.tell(person, note)

    def tell_of(self, message: Message, channel: Channel, kind: str = "message") -> None:
        """Tell of a message those who see it: one person when ephemeral, else who may read the channel."""
        if not self._open:
            return
        note: Json = {"type": kind, "channel": channel.id}
        note |= {"ts": message.ts} if kind == "message_deleted" else {"message": seen_by_page(message)}
        if message.only_for is not None:
            self.tell(message.only_for, note)
        else:
            self.tell_all(note, channel.members if channel.is_private or channel.is_im else None)

    def close(self) -> None:
        """Cut every listener off."""
        for queues in self._open.values():
            for queue in queues:
                if not queue.full():
                    queue.put_nowait(None)
        self._open.clear()


def seen_by_page(message: Message) -> Json:
    """Return the message object as the page gets it: marked when only one person sees it."""
    return {**message.body, "ephemeral": True} if message.only_for is not None else message.body
