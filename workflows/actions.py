"""Everything that people can have done to what is discovered, in one place for every surface.

Asks first whether the person may; knows no Slack. A look goes on in the background: the surface is told of
its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.answers import Asker
from domain.changes import ChangeSet
from domain.errors import BadInput
from domain.sources import SourceState
from domain.syncs import (
    APART,
    CHECK,
    DRY_RUN,
    EVERY,
    FORCE,
    FULL,
    IGNORE,
    MERGE,
    SYNC,
    UNDO,
    Checked,
    Done,
    Intended,
    Outcome,
    Synced,
)
from workflows.sync_report import SyncReport

DECISIONS = {MERGE: "merged", APART: "apart", IGNORE: "ignored"}
"""What the store calls the decisions on a suggestion."""
_COUNTED = ("created", "changed", "vanished", "restored", "retired", "unchanged")


class Looks(Protocol):
    """What begins looks and takes change sets back: `bot.syncs.Syncs`."""

    def start(
        self,
        name: str,
        actor: str,
        full: bool = False,
        force: bool = False,
        *,
        dry_run: bool = False,
        heard: Callable[[SyncReport], None] | None = None,
    ) -> None:
        """Begin a look. Raises BadInput for an unknown source, Refused while one is under way."""
        ...

    def check(self, name: str, heard: Callable[[Checked], None]) -> None:
        """Begin to try what a source's looks need, or (EVERY) those of all; `heard` is told what came of it.

        Raises BadInput for an unknown source, and where there is none.
        """
        ...

    def undo(self, number: int, actor: str) -> ChangeSet:
        """Undo a change set and pause its source. Raises UndoRefused."""
        ...

    def states(self) -> tuple[SourceState, ...]:
        """Return how each source stands."""
        ...


class Decisions(Protocol):
    """Where suggestions are decided: `catalog_store.catalog.Catalog`."""

    def decide(self, number: int, decision: str, *, actor: str) -> ChangeSet | None:
        """Decide one. Raises BadInput when there is none of that number, or somebody did before."""
        ...


class May(Protocol):
    """Who may act: `workflows.permissions.Administrators`."""

    def require(self, asker: Asker) -> str:
        """Return the name under which the asker acts. Raises Refused."""
        ...


class Actions:
    """Carries out what was intended."""

    def __init__(self, looks: Looks, decisions: Decisions, may: May) -> None:
        self._looks = looks
        self._decisions = decisions
        self._may = may

    def require(self, asker: Asker) -> str:
        """Return the name under which the asker acts. Raises Refused when they may not."""
        return self._may.require(asker)

    def carry_out(self, intended: Intended, asker: Asker, heard: Callable[[Outcome], None]) -> Done:
        """Do it, or begin it; `heard` is told what a look or a check came to, in another thread.

        Raises Refused for a person who may not, or when it cannot be, BadInput for what there is not.
        """
        actor = self._may.require(asker)
        if intended.action == SYNC:
            return self._sync(intended, actor, heard)
        if intended.action == CHECK:
            self._looks.check(intended.target, heard)
            named = "every source" if intended.target == EVERY else intended.target
            return Done(f"Checking {named} now", ("I will say here what came of it.",))
        if intended.action == UNDO:
            return self._undo(_number(intended.target), actor)
        return self._decide(_number(intended.target), intended.action, actor)

    def _sync(self, intended: Intended, actor: str, heard: Callable[[Outcome], None]) -> Done:
        self._looks.start(
            intended.target,
            actor,
            FULL in intended.options,
            FORCE in intended.options,
            dry_run=DRY_RUN in intended.options,
            heard=lambda report: heard(synced(report)),
        )
        return Done(f"Looking at {intended.target} now", ("I will say here what came of it.",))

    def _undo(self, number: int, actor: str) -> Done:
        made = self._looks.undo(number, actor)
        paused = [each.name for each in self._looks.states() if each.paused and f"#{number} " in each.paused]
        notes = [f"{name} is paused, or it would do the same again; to go on: sync {name}" for name in paused]
        by = f" by #{made.number}" if made.number else ""
        return Done(f"Change set #{number} is undone{by}", tuple(notes))

    def _decide(self, number: int, decision: str, actor: str) -> Done:
        made = self._decisions.decide(number, DECISIONS[decision], actor=actor)
        if made is None:
            return Done(f"Suggestion {number} is decided: {DECISIONS[decision]}")
        by = f" (change set #{made.number})" if made.number else ""
        return Done(f"Suggestion {number} is decided: they are one thing now{by}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInput(f"{text!r} is no number", "Give the number that the list shows.")
    return int(text)


def synced(report: SyncReport) -> Synced:
    """Return what a report says to people."""
    told = {name for each in report.change_sets for name in each.counts}
    return Synced(
        report.source,
        str(report.outcome),
        {name: report.count(name) for name in _COUNTED if name in told},
        tuple(each.number for each in report.change_sets if each.number),
        report.look.requests if report.look else 0,
        report.seconds,
        report.problem,
        report.remedy,
    )
