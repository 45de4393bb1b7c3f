"""What lies between python-gitlab and the wire: counts requests, gives up when told to, reads headers.

Repeats nothing: `api` does, and `wait` says after how long. Follows no redirect: the token would go with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from gitlab._backends import DefaultBackend
from gitlab._backends.requests_backend import RequestsResponse

from domain.clock import Clock
from domain.errors import Stopped
from domain.sources import Quota
from integrations.calling.failures import Exhausted
from integrations.calling.rates import retry_after, skew

ONE_WAIT_SECONDS = 120
"""The longest single wait that is taken: GitLab's limits are by the minute."""
ALL_WAITS_SECONDS = 900
"""The longest that one look waits in all."""


class Line(DefaultBackend):
    """python-gitlab's backend for one look."""

    def __init__(self, stopped: Callable[[], bool], clock: Clock) -> None:
        super().__init__()
        self._stopped, self._clock = stopped, clock
        self._waited = 0.0
        self.requests = 0
        self.quota: Quota | None = None
        self.skew: timedelta | None = None
        """By how much GitLab's clock is ahead of ours, by its last answer."""
        self.wait: float | None = None
        """For how many seconds the last answer, a refusal, asks to wait; None: it does not."""

    def http_request(self, method: str, url: str, *args: Any, **kwargs: Any) -> RequestsResponse:
        """Make one request. Raises Stopped; Exhausted for too long a wait."""
        if self._stopped():
            raise Stopped("the look at GitLab was given up")
        self.requests += 1
        self.wait = None
        answer = super().http_request(method, url, *args, allow_redirects=False, **kwargs)
        self.skew = skew({"date": answer.headers.get("Date", "")}, self._clock)
        self._note_quota(answer)
        if not 200 <= answer.status_code < 300:
            self._note_wait(answer)
        return answer

    def _note_quota(self, answer: RequestsResponse) -> None:
        limit, left = (_whole(answer.headers.get(f"RateLimit-{each}")) for each in ("Limit", "Remaining"))
        if limit is not None and left is not None:
            resets = _whole(answer.headers.get("RateLimit-Reset"))
            self.quota = Quota(limit, left, datetime.fromtimestamp(resets, UTC) if resets else None)

    def _note_wait(self, answer: RequestsResponse) -> None:
        seconds = retry_after(answer.headers.get("Retry-After", ""), self._clock)
        if seconds is None and answer.status_code == 429:
            resets = _whole(answer.headers.get("RateLimit-Reset"))
            seconds = None if resets is None else max(0.0, resets - self._clock().timestamp())
        if seconds is None:
            return
        seconds = math.ceil(seconds)
        self._waited += seconds
        if seconds > ONE_WAIT_SECONDS or self._waited > ALL_WAITS_SECONDS:
            raise Exhausted(
                f"GitLab limits our requests and asks for a wait of {seconds} s ({answer.status_code})",
                "The next look tries again; look less often, or ask GitLab's administrator for more.",
            )
        self.wait = seconds


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
