"""Slack's rate tiers: token buckets by method, and by channel for chat.postMessage.

It refuses nothing unless the fault `rate_limits` is on.
"""

from __future__ import annotations

import math

from playground.clock import Clock
from playground.webapi.calls import Call

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute."""
POSTS = 5
"""The tier of chat.postMessage: one a second and channel, short bursts allowed."""


class Rates:
    """The buckets; each holds one minute's calls and fills evenly."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, tier: int, call: Call) -> int:
        """Take one call out of its bucket; returns 0, or the seconds to wait when it is empty."""
        key, size, a_second = call.method, float(TIERS.get(tier, 0)), TIERS.get(tier, 0) / 60
        if tier == POSTS:
            key, size, a_second = f"{call.method} {call.text('channel')}", 3.0, 1.0
        now = self._clock.now()
        left, at = self._buckets.get(key, (size, now))
        left = min(size, left + (now - at) * a_second)
        if left < 1:
            self._buckets[key] = (left, now)
            return max(1, math.ceil((1 - left) / a_second))
        self._buckets[key] = (left - 1, now)
        return 0
