"""What is known of a source: how its last looks went, what it costs, and what it may do.

Holds no credential and no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that a source must be allowed to do, and whether it is."""

    name: str
    """In the vendor's own word: `Metadata: read`, `list deployments.apps`."""
    granted: bool
    problem: str = ""
    """Why not; empty when granted."""
    remedy: str = ""
    """What to do; empty when granted."""
    optional: bool = False
    """Whether a look works without it, with less in it."""

    @property
    def only_tells(self) -> bool:
        """Whether it is no permission, but what else should be known: a clock, a quota, a webhook."""
        return self.name.partition(":")[0].partition(" ")[0] in ("clock", "quota", "webhooks")


@dataclass(frozen=True, slots=True)
class Quota:
    """What a vendor lets a source ask for in a period."""

    limit: int
    left: int
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one. The numbers are the store's own; refs are as of now."""

    number: int
    one: str
    """The ref of the entity that would stay."""
    other: str
    """The ref of the entity that would become a part of it."""
    reason: str
    likeness: float
    """From 0 to 1."""
    state: str = "open"
    """`open`, `merged`, `apart` (two things, for ever) or `ignored`."""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source stands. All times are in UTC; None: never."""

    name: str
    looked_at: datetime | None = None
    """The last look that was applied."""
    tried_at: datetime | None = None
    """The last look that was begun."""
    running_since: datetime | None = None
    """When the look that is under way began; None when none is."""
    interrupted: bool = False
    """Whether the last look was cut off: nobody goes on with it, and it did not come to an end."""
    change_set: int | None = None
    """The last change set that a look of it made."""
    problem: str = ""
    """What the last look failed of; empty when it worked."""
    remedy: str = ""
    paused: str = ""
    """Why it is not looked at on schedule (after an undo); empty: it is."""
    cursor: str = ""
    """Where an incremental look goes on; the source's own notation."""
    swept_at: datetime | None = None
    """The last complete look that was applied."""
    requests: int = 0
    """How many requests the last look took."""
    quota: Quota | None = None
    things: int = 0
    """How many things it knows."""
    findings: int = 0
    """How many documents the last look left out."""
