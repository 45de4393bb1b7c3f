"""What lies between python-gitlab and the wire: counts requests, gives up when told to, bounds every wait.

python-gitlab alone repeats requests and sleeps; this only decides how long it may. Follows no redirect: the
token would go with it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from gitlab._backends import DefaultBackend
from gitlab._backends.requests_backend import RequestsResponse

from domain.errors import OutsideFailure, Stopped
from domain.sources import Quota

ONE_WAIT_SECONDS = 120
"""The longest single wait that is taken: GitLab's limits are by the minute."""
ALL_WAITS_SECONDS = 900
"""The longest that one look waits in all."""


class Line(DefaultBackend):
    """python-gitlab's backend for one look."""

    def __init__(self, stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._stopped = stopped
        self._waited = 0
        self.requests = 0
        self.quota: Quota | None = None

    def http_request(self, method: str, url: str, *args: Any, **kwargs: Any) -> RequestsResponse:
        """Make one request, or one more time. Raises Stopped; OutsideFailure for too long a wait."""
        if self._stopped():
            raise Stopped("the look at GitLab was given up")
        self.requests += 1
        answer = super().http_request(method, url, *args, allow_redirects=False, **kwargs)
        self._note_quota(answer)
        if not 200 <= answer.status_code < 300:
            self._bound_wait(answer)
        return answer

    def _note_quota(self, answer: RequestsResponse) -> None:
        limit, left = (_whole(answer.headers.get(f"RateLimit-{each}")) for each in ("Limit", "Remaining"))
        if limit is not None and left is not None:
            resets = _whole(answer.headers.get("RateLimit-Reset"))
            self.quota = Quota(limit, left, datetime.fromtimestamp(resets, UTC) if resets else None)

    def _bound_wait(self, answer: RequestsResponse) -> None:
        """Leave a Retry-After in whole seconds, or none; python-gitlab trips over a date."""
        seconds = wait_of(answer.headers.get("Retry-After"))
        if seconds is None and answer.status_code == 429:
            resets = _whole(answer.headers.get("RateLimit-Reset"))
            seconds = None if resets is None else max(0, math.ceil(resets - time.time()))
        answer.headers.pop("Retry-After", None)
        answer.headers.pop("RateLimit-Reset", None)
        if seconds is None:
            return
        self._waited += seconds
        if seconds > ONE_WAIT_SECONDS or self._waited > ALL_WAITS_SECONDS:
            raise OutsideFailure(
                f"GitLab limits our requests and asks for a wait of {seconds} s ({answer.status_code})",
                "The next look tries again; look less often, or ask GitLab's administrator for more.",
            )
        answer.headers["Retry-After"] = str(seconds)


def wait_of(retry_after: str | None) -> int | None:
    """Return a Retry-After in whole seconds from now, written as seconds or as a date; None: neither."""
    if retry_after is None:
        return None
    with suppress(ValueError):
        seconds = float(retry_after)
        return max(0, math.ceil(seconds)) if math.isfinite(seconds) else None
    with suppress(ValueError, TypeError):
        return max(0, math.ceil(parsedate_to_datetime(retry_after).timestamp() - time.time()))
    return None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
