"""Delivers news of issues as Sentry's internal integrations do, and keeps what it delivered.

Speaks to loopback addresses alone. Does not repeat by itself what was refused.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from playground.vendors.sentry.changes import Event
from playground.vendors.sentry.shapes import issue_shape

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECONDS = 5.0
_ACTOR = {"id": "sentry", "name": "Sentry", "type": "application"}


@dataclass(slots=True)
class Sent:
    """One delivery."""

    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes
    statuses: list[int] = field(default_factory=list)
    """What each attempt was answered with; 0: not at all."""


class Hook:
    """The webhook of one internal integration."""

    def __init__(self, secret: str, web_url: str) -> None:
        self._secret = secret
        self._web_url = web_url
        self._installation = str(uuid.uuid4())
        self.url = ""
        """Where it is delivered to; empty: nowhere, and it is kept all the same."""
        self.sent: list[Sent] = []

    def tell(self, event: Event) -> None:
        """Deliver what happened to an issue."""
        issue = issue_shape(event.issue, event.project, self._web_url)
        self.deliver("issue", {"action": event.action, "data": {"issue": issue}, "actor": _ACTOR})

    def deliver(self, resource: str, event: Mapping[str, object]) -> Sent:
        """Deliver any news, signed."""
        body = json.dumps({**event, "installation": {"uuid": self._installation}}).encode()
        sent = Sent(
            {
                "content-type": "application/json",
                "request-id": uuid.uuid4().hex,
                "sentry-hook-resource": resource,
                "sentry-hook-timestamp": str(int(time.time())),
                "sentry-hook-signature": hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest(),
            },
            body,
        )
        self.sent.append(sent)
        if self.url:
            self._again(sent)
        return sent

    def _again(self, sent: Sent) -> None:
        if urlsplit(self.url).hostname not in LOOPBACK:
            raise ValueError(f"webhooks go to this machine alone, and not to {self.url}")
        try:
            answer = httpx.post(self.url, content=sent.body, headers=dict(sent.headers), timeout=SECONDS)
            sent.statuses.append(answer.status_code)
        except httpx.HTTPError:
            sent.statuses.append(0)
