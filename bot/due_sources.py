"""The tick that finds which sources are due and has them looked at, each once in the whole cluster.

Looks at none itself.
"""

from __future__ import annotations

from datetime import datetime

from bot.source_blocks import ConfiguredSource
from bot.syncs import Syncs
from bot.timetable import jitter
from domain.sources import SourceState
from workflows.sync_report import Order

ACTOR = "schedule"


class DueSources:
    """Called again and again; claims what is due and hands it to `Syncs`."""

    def __init__(self, syncs: Syncs) -> None:
        self._syncs = syncs

    def __call__(self) -> None:
        """Begin every look that is due and that nobody else has begun. Raises StoreUnavailable."""
        now = self._syncs.clock()
        states = {each.name: each for each in self._syncs.states()}
        for source in () if self._syncs.stopping.is_set() else self._syncs.enabled:
            state = states[source.name]
            if state.paused or state.running_since or self._syncs.under_way(source.name):
                continue
            key = due(source, state, now)
            if key is not None and self._syncs.store.claim_once(key):
                order = Order(ACTOR, full=is_sweep(source, state, now), resumable=True)
                self._syncs.submit(source.name, order)


def due(source: ConfiguredSource, state: SourceState, now: datetime) -> str | None:
    """Return what to claim for a look that is due now; None when none is.

    A source is due when its time has come since it was last tried, or at once when it never was or its last
    look was cut off. Who claims and then dies loses one turn and no more: the next one is another claim.
    """
    at = source.looks.latest(now)
    turn = f"sync:{source.name}:{at.isoformat() if at else 'first'}"
    if state.tried_at is None:
        return turn
    if state.interrupted:
        return f"{turn}:again:{state.tried_at.isoformat()}"
    if at is None or state.tried_at >= at:
        return None
    late = jitter(source.name, at, source.looks.period(at), source.jitter)
    return turn if now >= at + late else None


def is_sweep(source: ConfiguredSource, state: SourceState, now: datetime) -> bool:
    """Whether a complete look is due: there was none since the last time for one."""
    at = source.sweeps.latest(now)
    return state.swept_at is None or (at is not None and state.swept_at < at)
