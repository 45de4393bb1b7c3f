"""What people see of discovery: how sources stand, what a look came to, and what may be one thing.

Values only; `workflows` does the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from domain.persons import People
from domain.sources import Permission, SourceState, Suggestion

SYNC, CHECK, UNDO, MERGE, APART, IGNORE = "sync", "check", "undo", "merge", "apart", "ignore"
"""What can be done: `Intended.action`."""
FULL, FORCE, DRY_RUN = "full", "force", "dry run"
"""How a sync can be done: `Intended.options`."""
EVERY = "*"
"""All sources: `Intended.target` of a check."""


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source's state, and how many things its last change set `created`, `changed`, `vanished`, …."""

    state: SourceState
    counts: Mapping[str, int] = field(default_factory=dict)
    every: timedelta | None = None
    """How often it is looked at; None: that is not known."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`sync`: how each source stands, in the order of `idp.yaml`. Kind `sources`."""

    standings: tuple[SourceStanding, ...]


@dataclass(frozen=True, slots=True)
class Intended:
    """Words that ask for something to be done, which questions never do. Kind `intended`."""

    words: str
    action: str
    target: str
    """A source's name (or EVERY), or the number of a change set or a suggestion."""
    options: tuple[str, ...] = ()
    about: str = ""
    """What is at stake, for who must confirm it; empty where nothing is."""

    @property
    def command(self) -> str:
        """The command that does the same in a terminal."""
        if self.action == UNDO:
            return f"idp sync undo {self.target}"
        if self.action == CHECK:
            return "idp sync check" if self.target == EVERY else f"idp sync check {self.target}"
        if self.action == SYNC:
            return " ".join(
                ("idp sync", self.target, *(f"--{each.replace(' ', '-')}" for each in self.options))
            )
        return f"idp suggestions {self.action} {self.target}"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a look at a source came to. Kind `synced`."""

    source: str
    outcome: str
    """`applied`, `previewed` (a dry run), `refused` (too much would vanish), or how it failed."""
    counts: Mapping[str, int] = field(default_factory=dict)
    change_sets: tuple[int, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    problem: str = ""
    remedy: str = ""

    @property
    def went_well(self) -> bool:
        """Whether it was looked at to the end."""
        return self.outcome in ("applied", "previewed")


@dataclass(frozen=True, slots=True)
class Examined:
    """What one source came to that tried what its looks need."""

    source: str
    title: str
    """What people call its vendor: `GitHub`."""
    rows: tuple[Permission, ...]
    seconds: float = 0.0
    misconfigured: bool = False
    """Whether it could not even be opened: the only row says why."""

    @property
    def well(self) -> bool:
        """Whether a look would work."""
        return all(each.granted or each.optional for each in self.rows)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of sources came to. Kind `checked`."""

    sources: tuple[Examined, ...]


Outcome = Synced | Checked
"""What came of something that was begun in the background."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was asked for is done, or begun. Kind `done`."""

    headline: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one, as people call them."""

    suggestion: Suggestion
    one: str
    other: str
    kind: str
    """As written: `Component`, …."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`suggestions`: pairs that may be one, the likest first, and the last decisions. Kind `suggestions`."""

    open: tuple[Pair, ...]
    more: int = 0
    """How many further open ones are not listed."""
    decided: tuple[Pair, ...] = ()
    """The last decisions, the newest first."""


Discovery = Sources | Intended | Synced | Checked | Done | Suggestions | People
