"""What a sync is asked for, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.changes import ChangeSet
from workflows.ports import Look


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants a source looked at, and how."""

    actor: str
    full: bool = False
    """Look at everything, though an incremental look would do."""
    only: tuple[str, ...] = ()
    """Look at these things alone (`Task.only`); empty: at all."""
    dry_run: bool = False
    """Say what would change, and write nothing."""
    allow_shrink: bool = False
    """Apply it though much of the source would vanish."""
    named: bool = False
    """Whether somebody asked for this very source: that ends a pause, and old pages are not gone on with."""
    resumable: bool = False
    """Whether another process is to go on with the look when it is stopped."""


class Outcome(StrEnum):
    """How a sync ended. In all but APPLIED the catalog is as it was."""

    APPLIED = "applied"
    PREVIEWED = "previewed"
    """A dry run."""
    BUSY = "busy"
    """Another look at the source is under way."""
    PAUSED = "paused"
    STOPPED = "stopped"
    REFUSED = "refused"
    """The store would not apply it: too much would vanish."""
    MISCONFIGURED = "misconfigured"
    """What idp was given, such as a credential or an option, cannot be used."""
    FAILED = "failed"
    """An outside system, or the database, did not do its part."""
    BROKEN = "broken"
    """A defect; `code` is in the log."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync of one source came to."""

    source: str
    outcome: Outcome
    change_sets: tuple[ChangeSet, ...] = ()
    """One for each claimant, and one for what was retired; those without a change included."""
    look: Look | None = None
    """What was seen; None when nothing was."""
    full: bool = False
    """Whether it was a complete look."""
    problem: str = ""
    """One line on what went wrong; empty when nothing did."""
    remedy: str = ""
    code: str = ""
    """By which the log holds a defect."""
    seconds: float = 0.0

    def count(self, what: str) -> int:
        """Return how many entities were `created`, `changed`, `vanished`, …, over all change sets."""
        return sum(each.counts.get(what, 0) for each in self.change_sets)

    @property
    def last_change_set(self) -> int | None:
        """The number of the last change set that changed something; None: nothing changed."""
        return max((each.number for each in self.change_sets if each.number), default=None)

    def lasting(self, seconds: float) -> SyncReport:
        """Return the report with how long it took."""
        return replace(self, seconds=seconds)
