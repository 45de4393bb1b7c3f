"""What a company expects of its things: scorecards with levels and checks, as their files say it.

Values only. `scorecards` reads files into these and judges by them; nothing here knows how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.entities import Json

DEFAULT_LADDER = ("bronze", "silver", "gold")
"""The levels of a scorecard that names none, the lowest first."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """How to mend what a check found."""

    text: str
    """What to do, in a sentence or two; may be empty where a link or a workflow says it."""
    link: str = ""
    """Where it is done or explained: a URL, in which `{name}`, `{namespace}`, `{repository_url}` and other
    text fields of the thing are filled in; empty: nowhere."""
    workflow: str = ""
    """The workflow that mends it, by its name; empty: none does."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation."""

    id: str
    """Unique in its scorecard: `has-runbook`."""
    title: str
    """What holds when it is met: `There is a runbook`."""
    why: str
    """Why it matters, for whoever has to mend it."""
    remedy: Remedy
    category: str
    level: str
    """The level of the scorecard's ladder that asks for it."""
    condition: Mapping[str, Json]
    """One entry: the name of a condition and what it is given (`{"file_exists": ["README.md"]}`), or
    `{"cel": "<expression>"}`."""
    weight: int = 1
    """How much it counts, from 1 to 100."""
    effort: int = 3
    """How much work it is to mend, from 1 (minutes) to 5 (weeks)."""
    only: str = ""
    """To which of the scorecard's things it applies, in CEL; empty: to all."""
    takes_effect: date | None = None
    """From which day on it counts for levels; before, it is judged and announced; None: since ever."""
    origin: str = ""
    """`file:line`."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A ladder of levels and the checks that lead up it."""

    id: str
    """`production-readiness`."""
    title: str
    description: str
    checks: tuple[Check, ...]
    """In the order of the file."""
    levels: tuple[str, ...] = DEFAULT_LADDER
    """The lowest first."""
    kinds: tuple[str, ...] = ("component",)
    """Which kinds of things it is for, lower case."""
    only: str = ""
    """Which of them, in CEL; empty: all."""
    origin: str = ""
    """`file:line`."""

    def check(self, id: str) -> Check | None:
        """Return a check by its id."""
        return next((each for each in self.checks if each.id == id), None)


@dataclass(frozen=True, slots=True)
class Standards:
    """All scorecards that are in force, in the order in which they are shown."""

    scorecards: tuple[Scorecard, ...] = ()
    digest: str = ""
    """A digest of all definitions: another one means that everything has to be judged anew."""
    connected: frozenset[str] = field(default_factory=frozenset)
    """The types of the sources that are configured and enabled, lower case: `github`, `pagerduty`."""

    def scorecard(self, id: str) -> Scorecard | None:
        """Return a scorecard by its id."""
        return next((each for each in self.scorecards if each.id == id), None)
