"""Webhook subscriptions, version 3: one event a delivery, signed with each of the subscription's secrets.

Delivers to this machine alone, in the caller's thread.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from playground.vendors.pagerduty.shapes import stamp

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS = 5.0


@dataclass(slots=True)
class Subscription:
    """Where events go; several secrets while one replaces the other."""

    url: str
    secrets: list[str]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(slots=True)
class Sent:
    """One delivery, with what each attempt was answered with; 0: nothing."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    statuses: list[int] = field(default_factory=list)


class Hooks:
    """The account's subscriptions and what they delivered."""

    def __init__(self) -> None:
        self.subscriptions: list[Subscription] = []
        self.sent: list[Sent] = []

    def add(self, url: str, *secrets: str) -> Subscription:
        """Subscribe to everything. Raises ValueError for an address off this machine."""
        if urlsplit(url).hostname not in LOOPBACK:
            raise ValueError(f"the playground delivers to this machine alone, not to {url}")
        made = Subscription(url, list(secrets))
        self.subscriptions.append(made)
        return made

    def tell(self, kind: str, data: Mapping[str, Any], at: datetime) -> list[Sent]:
        """Deliver an event (`incident.triggered`) to every subscription, and return the deliveries."""
        event = {
            "id": str(uuid.uuid4()),
            "event_type": kind,
            "resource_type": kind.partition(".")[0],
            "occurred_at": stamp(at),
            "agent": None,
            "client": None,
            "data": dict(data),
        }
        body = json.dumps({"event": event}).encode()
        made = [Sent(each.url, _headers(each, body), body) for each in self.subscriptions]
        self.sent += made
        for each in made:
            self.again(each)
        return made

    def again(self, sent: Sent) -> None:
        """Deliver once more, the same."""
        try:
            answer = httpx.post(
                sent.url, content=sent.body, headers=dict(sent.headers), timeout=SECONDS, trust_env=False
            )
            sent.statuses.append(answer.status_code)
        except httpx.HTTPError:
            sent.statuses.append(0)


def signature(body: bytes, *secrets: str) -> str:
    """Return the header X-PagerDuty-Signature."""
    digests = [hmac.new(each.encode(), body, hashlib.sha256).hexdigest() for each in secrets]
    return ",".join(f"v1={each}" for each in digests)


def _headers(subscription: Subscription, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "PagerDuty-Webhook/V3.0",
        "X-Webhook-Id": str(uuid.uuid4()),
        "X-Webhook-Subscription": subscription.id,
        "X-PagerDuty-Signature": signature(body, *subscription.secrets),
    }
