"""What multi-step work needs from the outside; integrations implement it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.entities import Finding, Snapshot


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a source came to: what it saw, in one snapshot for each claimant, and what was wrong.

    Snapshots are in the order in which they are to be applied.
    """

    snapshots: tuple[Snapshot, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    """One line each on how something was read, such as the mapping of a spreadsheet's headers."""
    read: int = 0
    """How many files (or answers) were read."""


class Source(Protocol):
    """Something that can be looked at for facts."""

    def fetch(self) -> Look:
        """Look once, completely or not at all.

        A document that cannot be read is a finding and does not stop the look. Raises OutsideFailure when
        the source itself cannot be read, BadInput when it was pointed at something that does not exist;
        in both cases nothing was seen.
        """
        ...
