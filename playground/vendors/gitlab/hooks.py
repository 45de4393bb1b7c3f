"""Delivers events to the webhooks that ask for them, and keeps what it delivered, to do so again.

Speaks to loopback addresses alone. Does not repeat by itself what was refused.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from playground.vendors.gitlab.changes import Event, above
from playground.vendors.gitlab.state import Hook, State

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECONDS = 5.0


@dataclass(slots=True)
class Sent:
    """One delivery."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    statuses: list[int] = field(default_factory=list)
    """What each attempt was answered with; 0: not at all."""


class Deliveries:
    """All that was delivered, in its order."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.sent: list[Sent] = []

    def tell(self, event: Event) -> list[Sent]:
        """Deliver an event to each hook that it is for."""
        body = json.dumps(dict(event.body)).encode()
        uuid_ = str(uuid.uuid4())
        told = [
            Sent(hook.url, self._headers(hook, event, uuid_), body)
            for hook in list(self._state.hooks.values())
            if self._is_for(hook, event)
        ]
        for each in told:
            self.sent.append(each)
            self.again(each)
        return told

    def again(self, sent: Sent) -> None:
        """Deliver once more, with the same headers."""
        try:
            answer = httpx.post(sent.url, content=sent.body, headers=dict(sent.headers), timeout=SECONDS)
            sent.statuses.append(answer.status_code)
        except httpx.HTTPError:
            sent.statuses.append(0)

    def _headers(self, hook: Hook, event: Event, uuid_: str) -> dict[str, str]:
        system = hook.group is None and hook.project is None
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"GitLab/{self._state.version}",
            "X-Gitlab-Event": "System Hook" if system else event.header,
            "X-Gitlab-Instance": self._state.url,
            "X-Gitlab-Webhook-UUID": str(uuid.uuid4()),
            "X-Gitlab-Event-UUID": uuid_,
            "Idempotency-Key": str(uuid.uuid4()),
        }
        return {**headers, "X-Gitlab-Token": hook.token} if hook.token else headers

    def _is_for(self, hook: Hook, event: Event) -> bool:
        if hook.group is None and hook.project is None:
            return True
        if hook.project is not None:
            return hook.project == event.project and event.header == "Push Hook"
        return hook.group is not None and hook.group in above(self._state, event.group)


def allowed(url: str) -> bool:
    """Tell whether a hook may have an address: nothing leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and parts.hostname in LOOPBACK
