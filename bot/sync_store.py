"""The catalog as syncs have it: what the store does not do yet is told as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from catalog_store.catalog import Catalog
from domain.changes import ChangeSet
from domain.clock import Clock
from domain.entities import Snapshot
from domain.errors import UndoRefused


class SyncCatalog:
    """Implements `workflows.sync_store.SyncStore`."""

    def __init__(self, catalog: Catalog, clock: Clock) -> None:
        self.sources = catalog.sources
        self.change_set = catalog.change_set
        self.claim_once = catalog.claim_once
        self._catalog = catalog
        self._clock = clock

    def apply_all(
        self, snapshots: Sequence[Snapshot], *, actor: str, dry_run: bool = False, allow_shrink: bool = False
    ) -> tuple[ChangeSet, ...]:
        """Take over what one look saw; nothing vanishes, so there is no shrink to allow."""
        del allow_shrink
        return self._catalog.apply_all(snapshots, actor=actor, dry_run=dry_run)

    def retire(self, source: str, before: datetime, *, actor: str) -> ChangeSet:  # noqa: ARG002 - the port's
        """Retire nothing: nothing vanishes."""
        return ChangeSet(None, source, actor, self._clock(), (), {})

    def undo(self, number: int, *, actor: str) -> ChangeSet:  # noqa: ARG002 - the port's
        """Refuse."""
        raise UndoRefused(f"change set #{number} cannot be undone", "Mend the source and sync it again.")
