"""Has sources try what their looks need, all at once, and waits for each only so long.

A source that hangs holds nobody else, nor the end of the process.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.secrets import in_file
from bot.source_blocks import ConfiguredSource
from bot.workers import Workers
from domain.clock import Clock
from domain.errors import BadConfiguration
from domain.sources import Permission
from domain.syncs import Examined

BOUND_SECONDS = 20.0
"""How long a source may take before it is no longer waited for."""
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


def examine_all(
    sources: Sequence[ConfiguredSource],
    clock: Clock,
    *,
    webhooks: bool = False,
    bound: float = BOUND_SECONDS,
) -> Iterator[Examined]:
    """Yield what each source came to, in their order; all are tried at once.

    With `webhooks` it is said where theirs are taken, too. One that takes longer than `bound` seconds has a
    row that says so; never raises.
    """
    until = time.monotonic() + bound
    workers = Workers("examine", len(sources))
    tries = [_Try(each, clock, webhooks=webhooks) for each in sources]
    for each in tries:
        workers.submit(each.run)
    for each in tries:
        yield each.result(until, bound)


class _Try:
    """One source that is being tried."""

    def __init__(self, source: ConfiguredSource, clock: Clock, *, webhooks: bool) -> None:
        self._source, self._clock, self._webhooks = source, clock, webhooks
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._found = self._only(
            Permission(
                "examination",
                granted=False,
                problem="something broke on our side",
                remedy="The log has a code and what it was: please report it.",
            )
        )

    def run(self) -> None:
        """Try it; what its code raises beside what is foreseen is a defect, for the thread's edge to log."""
        try:
            self._found = self._examined()
        finally:
            self._ended.set()

    def result(self, until: float, bound: float) -> Examined:
        """Return what it came to; that it did not, at the moment `until` of the monotonic clock."""
        if self._ended.wait(max(0.0, until - time.monotonic())):
            return self._found
        return self._only(
            Permission(
                "answer in time",
                granted=False,
                problem=f"it did not answer within {bound:g} s",
                remedy="Try again later; check its address, and what is between it and this machine.",
            )
        )

    def _examined(self) -> Examined:
        try:
            opened = self._source.open(self._clock)
        except BadConfiguration as error:
            row = Permission("configuration", granted=False, problem=str(error), remedy=error.hint)
            return replace(self._only(row), misconfigured=True)
        try:
            rows = tuple(map(_with_origin, opened.validate()))
        finally:
            opened.close()
        found = self._only(*rows, *(self._webhook() if self._webhooks else ()))
        return replace(found, seconds=time.monotonic() - self._began)

    def _webhook(self) -> Iterator[Permission]:
        name = f"webhooks at /webhooks/{self._source.name}"
        try:
            if self._source.webhook(self._clock) is not None:
                yield Permission(name, granted=True, optional=True)
        except BadConfiguration as error:
            yield Permission(name, granted=False, problem=str(error), remedy=error.hint, optional=True)

    def _only(self, *rows: Permission) -> Examined:
        return Examined(self._source.name, self._source.integration.title, rows)


def _with_origin(row: Permission) -> Permission:
    """Say of a credential whether a file holds it."""
    if not row.name.startswith("credential "):
        return row

    def named(found: re.Match[str]) -> str:
        return f"{found[0]} (from a file)" if in_file(found[0]) else found[0]

    return replace(row, name=_VARIABLE.sub(named, row.name))
