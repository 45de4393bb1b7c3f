"""What goes wrong on purpose: the settings of fault injection.

It refuses to act: the places where things can go wrong look here and break accordingly.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Faults(BaseModel):
    """The faults that are on; the default is a healthy Slack."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    rate_limit: dict[str, float | None] = {}
    """Method to the seconds of its Retry-After: each call answers 429 until set to None."""
    rate_limits: bool = False
    """Whether Slack's own tiers are enforced."""
    delay_ms: float = Field(default=0, ge=0, le=60_000)
    """So long the Web API waits before it answers, and an envelope before it leaves."""
    redeliver: bool = False
    """Whether each event is delivered a second time although the first was acknowledged."""
    refuse_blocks: list[str] = []
    """Block types that this Slack does not know yet (invalid_blocks)."""
    fail: dict[str, str] = {}
    """Method to the error that it answers."""


class FaultOrder(Faults):
    """A change of faults, as the page and tests ask for it; what is not named stays as it is."""

    drop_sockets: bool = False
    """Drop all sockets now, without a close frame."""
    disconnect: Literal["warning", "refresh_requested"] | None = None
    """Announce to each socket now that it will be closed, and close it ten seconds later."""

    def apply_to(self, faults: Faults) -> None:
        """Write the named settings into `faults`; None in a table takes its row out."""
        for name in self.model_fields_set & Faults.model_fields.keys():
            setattr(faults, name, getattr(self, name))
        faults.rate_limit = {method: wait for method, wait in faults.rate_limit.items() if wait is not None}
