"""Tries what a look at a vendor needs, in rows for `idp doctor`.

Reachable, credential, permissions, clock, quota.

Never raises, and retries but once: somebody is waiting for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx

from domain.errors import IdpError, OutsideFailure
from domain.sources import Permission, Quota
from integrations.calling.client import Caller, Target
from integrations.calling.failures import Exhausted, Refusal, Unauthorized

LARGEST_SKEW = timedelta(seconds=60)
"""Beyond it signatures and tokens are refused by some vendors, and ages in answers are wrong."""
SCARCE = 0.1
"""The share of a quota below which it is told."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a look does, and how to try it with one small request."""

    name: str
    """In the vendor's own word: `services: read`."""
    ask: Callable[[], object]
    """Raises an OutsideFailure when it may not be done."""
    remedy: str = ""
    """What to do when it may not; empty: what the failure says."""
    optional: bool = False
    """Whether a look works without it, with less in it."""


def examine(target: Target, caller: Caller, needs: Sequence[Need]) -> tuple[Permission, ...]:
    """Try all needs, the surest first; the rows are in the order that `Connected.validate` promises."""
    with caller.briefly():
        return (*_tried(target, needs), *told(caller.skew, caller.quota))


def entered(url: str, credential: str, failure: IdpError | None) -> tuple[Permission, ...]:
    """Return the rows on address and credential, by what the first request came to (None: an answer).

    When one of them is not granted it is the last, and nothing else need be tried.
    """
    reachable = f"reachable: {host_of(url)}"
    known = f"credential {credential}" if credential else "no credential"
    if isinstance(failure, Exhausted):
        return (Permission(reachable, granted=True), refused("quota", failure))
    if failure is not None and not isinstance(failure, Refusal):
        return (refused(reachable, failure),)
    if isinstance(failure, Unauthorized):
        return (Permission(reachable, granted=True), refused(known, failure))
    return (Permission(reachable, granted=True), Permission(known, granted=True))


def told(skew: timedelta | None, quota: Quota | None) -> Iterator[Permission]:
    """Yield the rows on a vendor's clock and quota, as far as it told them."""
    if skew is not None:
        yield _clock(skew)
    if quota is not None:
        yield _quota(quota)


def refused(name: str, failure: IdpError, remedy: str = "", *, optional: bool = False) -> Permission:
    """Return the row of what failed."""
    return Permission(
        name, granted=False, problem=str(failure), remedy=remedy or failure.hint, optional=optional
    )


def _tried(target: Target, needs: Sequence[Need]) -> Iterator[Permission]:
    for position, need in enumerate(needs):
        failure = _failure(need)
        if position == 0:
            rows = entered(target.url, target.credential, failure)
            yield from rows
            if not rows[-1].granted:
                return
        if failure is None:
            yield Permission(need.name, granted=True, optional=need.optional)
        else:
            yield refused(need.name, failure, need.remedy, optional=need.optional)


def _failure(need: Need) -> IdpError | None:
    try:
        need.ask()
    except OutsideFailure as failure:
        return failure
    return None


def _clock(skew: timedelta) -> Permission:
    seconds = skew.total_seconds()
    if abs(seconds) <= LARGEST_SKEW.total_seconds():
        return Permission("clock", granted=True, optional=True)
    which = "behind" if seconds > 0 else "ahead of"
    problem = f"this machine's clock is {abs(seconds):.0f} s {which} the vendor's"
    return Permission("clock", granted=False, problem=problem, remedy="Synchronize it (NTP).", optional=True)


def _quota(quota: Quota) -> Permission:
    name = f"quota: {quota.left:,} of {quota.limit:,} requests left"
    if quota.left >= SCARCE * quota.limit:
        return Permission(name, granted=True, optional=True)
    remedy = "Look less often (`every`), or give idp a credential of its own."
    return Permission(name, granted=False, problem="it is nearly spent", remedy=remedy, optional=True)


def host_of(url: str) -> str:
    """Return the host of an address, with its port where it names one."""
    return httpx.URL(url).netloc.decode("ascii", "replace")
