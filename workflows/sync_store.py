"""What a sync needs of the store: `catalog_store.catalog.Catalog`, and tests' own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from catalog_store.source_states import SourceStates
from domain.changes import ChangeSet
from domain.entities import Snapshot


class SyncStore(Protocol):
    """The catalog, as far as syncs and undos are concerned. Every method raises StoreUnavailable."""

    sources: SourceStates

    def apply_all(
        self, snapshots: Sequence[Snapshot], *, actor: str, dry_run: bool = False, allow_shrink: bool = False
    ) -> tuple[ChangeSet, ...]:
        """Take over what one look saw, all of it or nothing.

        Raises ShrinkRefused when too much of a source would vanish, BadInput for what cannot be kept.
        """
        ...

    def retire(self, source: str, before: datetime, *, actor: str) -> ChangeSet:
        """Retire what vanished from a source and its kinds of evidence before a time."""
        ...

    def undo(self, number: int, *, actor: str) -> ChangeSet:
        """Make a change set undone. Raises UndoRefused when later ones build on it, or there is none."""
        ...

    def change_set(self, number: int) -> ChangeSet | None:
        """Return one change set; None when there is none of that number."""
        ...

    def claim_once(self, key: str) -> bool:
        """Return True to the first caller of this key, in any process, and False to all others."""
        ...
