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
    fail: dict[str, str | None] = {}
    """Method to the error that it answers instead of doing its work."""

    def reset(self) -> None:
        """Turn every fault off."""
        for name, value in Faults():
            setattr(self, name, value)


class FaultOrder(Faults):
    """A change of faults, as the page and tests ask for it; what is not named stays as it is."""

    drop_sockets: bool = False
    """Drop all sockets now, without a close frame."""
    disconnect: Literal["warning", "refresh_requested"] | None = None
    """Announce to each socket now that it will be closed, and close it ten seconds later."""

    def apply_to(self, faults: Faults) -> None:
        """Write the named settings into `faults`; tables are merged, None takes a row out, {} takes all."""
        for name in self.model_fields_set & Faults.model_fields.keys():
            value = getattr(self, name)
            if isinstance(value, dict):
                merged = {**getattr(faults, name), **value} if value else {}
                value = {method: what for method, what in merged.items() if what is not None}
            setattr(faults, name, value)
