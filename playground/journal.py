"""The last things that passed between the app and the workspace, for whoever looks over its shoulder.

It refuses to grow: the oldest entries go.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Any

from playground.clock import Clock

KEPT_ENTRIES = 200


class Journal:
    """A bounded list of API calls and envelopes with their outcome, newest last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rows: deque[tuple[float, str, str, str, Any]] = deque(maxlen=KEPT_ENTRIES)
        self.counts: Counter[tuple[str, str]] = Counter()
        """How many there ever were, by kind and outcome."""

    def note(self, kind: str, name: str, outcome: str, detail: Any = None) -> None:
        """Write down one thing: `kind` is api, envelope, response, upload or refused."""
        self.counts[kind, outcome] += 1
        self._rows.append((self._clock.now(), kind, name, outcome, detail))

    def entries(self) -> list[dict[str, Any]]:
        """Return what is remembered, oldest first."""
        keys = ("time", "kind", "name", "outcome", "detail")
        return [dict(zip(keys, row, strict=True)) for row in self._rows]
