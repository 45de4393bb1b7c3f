"""A measured figure beside its promise, and the statistics that turn samples into one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `kept` is None where nothing was promised."""

    what: str
    measured: float
    unit: str
    promised: float | None = None
    at_least: bool = False
    """Whether more is better; else less is."""
    note: str = ""

    @property
    def kept(self) -> bool | None:
        if self.promised is None:
            return None
        return self.measured >= self.promised if self.at_least else self.measured <= self.promised


def percentile(samples: Sequence[float], percent: float) -> float:
    """Return the smallest sample that at least `percent` of all samples do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def median(samples: Sequence[float]) -> float:
    return percentile(samples, 50)
