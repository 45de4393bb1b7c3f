"""Waits for GitHub's limits to pass, in small pieces, so that a look can be given up meanwhile.

Decides nothing on what is worth waiting for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from domain.clock import Clock
from domain.errors import Stopped
from integrations.calling.failures import Exhausted
from integrations.calling.rates import retry_after

LONGEST_SECONDS = 3_900.0
"""An hour, after which GitHub's budget is full again, and some minutes for clocks that disagree."""
SECONDARY_SECONDS = 60.0
"""What GitHub's documentation asks for when a secondary limit names no time."""
PIECE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait; `sleep` and `clock` are the test's in tests."""

    clock: Clock
    sleep: Callable[[float], None] = time.sleep
    longest: float = LONGEST_SECONDS

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Wait. Raises Stopped when told to give up, Exhausted when it would take too long."""
        if seconds > self.longest:
            raise Exhausted(
                f"GitHub's rate limit is used up for {seconds / 60:.0f} more minutes",
                "Look again later; use a GitHub App, whose limit grows with the organization.",
            )
        left = seconds
        while left > 0:
            if stopped():
                raise Stopped("the look was given up while it waited for GitHub's rate limit")
            piece = min(left, PIECE_SECONDS)
            self.sleep(piece)
            left -= piece

    def until(self, moment: datetime) -> float:
        """Return how many seconds there are until then, and one more."""
        return max(0.0, (moment - self.clock()).total_seconds()) + 1.0

    def asked_for(self, headers: httpx.Headers) -> float | None:
        """Return how long an answer asks to wait, in seconds; None where it asks for nothing."""
        after = retry_after(headers.get("retry-after", ""), self.clock)
        if after is not None:
            return after
        reset = headers.get("x-ratelimit-reset", "")
        if headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
            return self.until(datetime.fromtimestamp(int(reset), UTC))
        return None
