"""Asks again while a failure may pass: with jitter, as late as the vendor says, and only while it is wanted.

The one owner of retries towards vendors; an SDK that is used beside it has its own switched off.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential, wait_random

from domain.errors import OutsideFailure, Stopped

ATTEMPTS = 5
LONGEST_WAIT = 120.0
"""Seconds of a Retry-After that are waited for; a longer one is a failure that says so."""
PIECE = 0.5
"""Seconds after which a wait asks whether to give up."""

Result = TypeVar("Result")
_growing = wait_exponential(multiplier=0.5, max=30) + wait_random(0, 1)


class Again(Exception):
    """A failure that may pass: ask again, after so many seconds where the vendor said."""

    def __init__(self, failure: OutsideFailure, after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.after = after


def patiently(call: Callable[[], Result], *, stopped: Callable[[], bool], attempts: int = ATTEMPTS) -> Result:
    """Return what `call` returns; call it again while it raises Again.

    Raises the failure of the last attempt, or Stopped when told to give up while waiting. Whether to begin
    an attempt at all is the call's to ask.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(Again),
        stop=stop_after_attempt(attempts),
        wait=_wait,
        sleep=lambda seconds: pause(seconds, stopped),
        reraise=True,
    )
    try:
        return retrying(call)
    except Again as again:
        raise again.failure from None


def pause(seconds: float, stopped: Callable[[], bool]) -> None:
    """Wait, in pieces. Raises Stopped when told to give up."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stopped():
            raise Stopped("the look was given up while it waited to ask again")
        time.sleep(min(left, PIECE))


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Again) and error.after is not None:
        return error.after + random.random()  # noqa: S311 - no secret is made
    return float(_growing(state))
