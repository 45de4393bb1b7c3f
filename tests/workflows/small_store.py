"""What a sync needs of the store, on a real catalog, with small versions of what is not about syncs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from catalog_store.catalog import Catalog
from domain.changes import ChangeSet
from domain.entities import Claim, Snapshot
from domain.errors import ShrinkRefused, UndoRefused

MOST_GONE = 2


class SmallStore:
    """Refuses a complete look that lacks more than two things, and undoes changes of fields."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.sources = catalog.sources
        self.change_set = catalog.change_set
        self.claim_once = catalog.claim_once
        self.retired: list[tuple[str, datetime]] = []

    def apply_all(
        self, snapshots: Sequence[Snapshot], *, actor: str, dry_run: bool = False, allow_shrink: bool = False
    ) -> tuple[ChangeSet, ...]:
        for each in snapshots:
            known = self.sources.get(each.source).things
            if each.complete and known - len(each.claims) > MOST_GONE and not allow_shrink:
                raise ShrinkRefused(f"{known - len(each.claims)} of {known} things would vanish")
        return self.catalog.apply_all(snapshots, actor=actor, dry_run=dry_run)

    def retire(self, source: str, before: datetime, *, actor: str) -> ChangeSet:
        self.retired.append((source, before))
        return ChangeSet(None, source, actor, before, (), {"retired": 0})

    def undo(self, number: int, *, actor: str) -> ChangeSet:
        made = self.catalog.change_set(number)
        if made is None or number != self.catalog.version():
            raise UndoRefused(f"change set #{number} cannot be undone")
        claims = []
        for change in made.changes:
            record = self.catalog.record(change.ref)
            if record is None or change.operation == "created":
                raise UndoRefused(f"change set #{number} created {change.ref}")
            before = {each.field: each.before for each in change.fields}
            fields = {**record.entity.fields, **before}
            claims.append(
                Claim(
                    change.ref,
                    record.entity.name,
                    record.entity.kind,
                    {name: value for name, value in fields.items() if value is not None},
                )
            )
        return self.catalog.apply(Snapshot(made.source, made.applied_at, tuple(claims)), actor=actor)
