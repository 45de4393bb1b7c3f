"""Categorization: what rules derive from all that is known becomes the claims of one source, `rules`.

Knows no rule; `workflows.deriving` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from domain.changes import ChangeSet
from domain.entities import EVERYTHING, Finding, Record, Snapshot
from workflows.deriving.derive import derive
from workflows.deriving.rules import Rules

SOURCE = "rules"


class Categorized(Protocol):
    """The catalog, as far as categorization is concerned. Every method raises StoreUnavailable."""

    def records(self) -> Iterator[Record]:
        """Yield all entities with their facts."""
        ...

    def apply(
        self, snapshot: Snapshot, *, actor: str, dry_run: bool = ..., allow_shrink: bool = ...
    ) -> ChangeSet:
        """Take over what a source says, all of it or nothing."""
        ...


def categorize(
    store: Categorized,
    rules: Rules,
    *,
    now: datetime,
    tell: Callable[[Finding], None] = lambda _finding: None,
) -> ChangeSet:
    """Derive the categories of everything anew; return the change set, which has no number if nothing moved.

    `tell` hears of each rule that could not be asked of something, once.
    """
    claims = tuple(derive(store.records(), rules, now=now, tell=tell))
    # Everything is judged anew each time: when a rule is taken out, that much is meant to go.
    return store.apply(Snapshot(SOURCE, now, claims, (EVERYTHING,)), actor=SOURCE, allow_shrink=True)
