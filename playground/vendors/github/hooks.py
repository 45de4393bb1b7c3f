"""Webhooks: what is sent when something changed, signed, in the background, and again on demand.

Delivers to this machine alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS = 5.0


@dataclass(slots=True)
class Hook:
    """Where deliveries go; `events` holds `*` for all."""

    number: int
    url: str
    secret: str = ""
    events: tuple[str, ...] = ("*",)
    active: bool = True


@dataclass(slots=True)
class Delivery:
    """One delivery; a repeated one has the same guid."""

    guid: str
    event: str
    hook: Hook
    body: bytes
    statuses: list[int] = field(default_factory=list)
    """Of every attempt; 0: nobody answered."""


class Hooks:
    """The hooks of an organization and what they delivered."""

    def __init__(self) -> None:
        self.hooks: list[Hook] = []
        self.deliveries: list[Delivery] = []
        self._pool: ThreadPoolExecutor | None = None
        self._pending: set[Future[None]] = set()

    def add(self, url: str, secret: str = "", events: tuple[str, ...] = ("*",)) -> Hook:
        """Add a hook. Raises ValueError for one that leads off this machine."""
        if urlsplit(url).hostname not in LOOPBACK:
            raise ValueError(f"the playground delivers to this machine alone, not to {url}")
        hook = Hook(len(self.hooks) + 1, url, secret, events)
        self.hooks.append(hook)
        return hook

    def send(self, event: str, payload: Mapping[str, Any]) -> tuple[Delivery, ...]:
        """Deliver an event to every hook that wants it, in the background."""
        body = json.dumps(payload).encode()
        made = tuple(
            Delivery(str(uuid.uuid4()), event, hook, body)
            for hook in self.hooks
            if hook.active and ("*" in hook.events or event in hook.events)
        )
        self.deliveries.extend(made)
        for each in made:
            self.again(each)
        return made

    def again(self, delivery: Delivery) -> None:
        """Deliver (once more), in the background."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="github-hooks")
        self._pending.add(self._pool.submit(_deliver, delivery))

    def settle(self, seconds: float = 10.0) -> None:
        """Wait until everything was delivered or given up. Raises TimeoutError."""
        done, late = wait(self._pending, seconds)
        self._pending -= done
        if late:
            raise TimeoutError(f"{len(late)} deliveries are still under way")
        for each in done:
            each.result()

    def close(self) -> None:
        """Give up what was not delivered."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def headers_of(delivery: Delivery) -> dict[str, str]:
    """Return a delivery's headers, with its signature."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/playground",
        "X-GitHub-Delivery": delivery.guid,
        "X-GitHub-Event": delivery.event,
        "X-GitHub-Hook-ID": str(delivery.hook.number),
    }
    if delivery.hook.secret:
        digest = hmac.new(delivery.hook.secret.encode(), delivery.body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature-256"] = f"sha256={digest}"
    return headers


def _deliver(delivery: Delivery) -> None:
    try:
        answer = httpx.post(
            delivery.hook.url,
            content=delivery.body,
            headers=headers_of(delivery),
            timeout=SECONDS,
            trust_env=False,
        )
        delivery.statuses.append(answer.status_code)
    except httpx.HTTPError:
        delivery.statuses.append(0)
