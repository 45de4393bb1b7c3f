"""The catalog: all that the other rooms can ask of the store and have it do.

Takes and returns the values of `domain`; SQL, rows and connections stay behind it. Safe to use from any
number of threads; between calls no connection is in a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Self

from catalog_store import history, lookups, once, planning, records, revision
from catalog_store.database import PATIENCE, Database
from catalog_store.incoming import take_in
from catalog_store.lookups import Relation
from catalog_store.source_states import SourceStates
from catalog_store.stitching import PRECEDENCE, Precedence, record
from catalog_store.writing import carry_out
from domain.changes import ChangeSet
from domain.clock import Clock, system_clock
from domain.entities import Entity, Record, Snapshot
from domain.refs import Ref


class _TakenBack(Exception):
    """Ends a dry run's transaction, so that nothing of it stays."""


class Catalog:
    """A database with the schema of this code. Every method raises StoreUnavailable when it fails."""

    def __init__(self, database: Database, clock: Clock, precedence: Precedence) -> None:
        self._database = database
        self._clock = clock
        self._precedence = precedence
        self.sources = SourceStates(database, clock)
        """How each source stands, and who is looking at it."""

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Clock = system_clock,
        precedence: Precedence = PRECEDENCE,
        patience: float = PATIENCE,
    ) -> Self:
        """Open the database at `url`; creates nothing.

        `patience` is how many seconds a write waits for another process's. Raises StoreUnavailable when
        the database cannot be reached, SchemaOutdated when it has no schema, or an older or newer one,
        BadConfiguration when the URL is none of ours.
        """
        database = Database(url, patience=patience)
        try:
            revision.check(database)
        except BaseException:
            database.close()
            raise
        return cls(database, clock, precedence)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def version(self) -> int:
        """Return the number of the latest change set; 0 when there is none."""
        with self._database.reading() as connection:
            return planning.version(connection)

    def apply(self, snapshot: Snapshot, *, actor: str, dry_run: bool = False) -> ChangeSet:
        """Take over what a source saw, all of it or nothing; a dry run only says what that would change.

        Entities of this source that the snapshot does not name stay as they are. Raises BadInput for a
        ref that comes twice, or a value that no database can keep.
        """
        incoming = take_in(snapshot)
        said = (snapshot.source, snapshot.observed_at, incoming, self._precedence)
        with self._database.reading() as connection:
            plan = planning.draw_up(connection, *said)
        now = self._clock()
        if dry_run:
            return plan.change_set(None, actor, now)
        # Most of the work is done before anybody has to wait for it, and done again if somebody else's
        # change came in between.
        with self._database.writing() as connection:
            if planning.version(connection) != plan.version:
                plan = planning.draw_up(connection, *said)
            number = carry_out(connection, plan, actor=actor, at=now)
        return plan.change_set(number, actor, now)

    def apply_all(
        self, snapshots: Sequence[Snapshot], *, actor: str, dry_run: bool = False
    ) -> tuple[ChangeSet, ...]:
        """Take over what several sources saw in one look, in their order: all of it or nothing.

        Each gets a change set of its own. A dry run does it all and takes it back, since what one source
        changes depends on those before it. Raises what `apply` raises.
        """
        if len(snapshots) < 2:
            return tuple(self.apply(each, actor=actor, dry_run=dry_run) for each in snapshots)
        said = [(each.source, each.observed_at, take_in(each), self._precedence) for each in snapshots]
        now = self._clock()
        applied = []
        with suppress(_TakenBack), self._database.writing() as connection:
            for each in said:
                plan = planning.draw_up(connection, *each)
                number = carry_out(connection, plan, actor=actor, at=now)
                applied.append(plan.change_set(None if dry_run else number, actor, now))
            if dry_run:
                raise _TakenBack
        return tuple(applied)

    def record(self, ref: Ref) -> Record | None:
        """Return an entity with the facts that it was stitched from; None when there is no such entity."""
        with self._database.reading() as connection:
            found = records.find(connection, ref)
        return None if found is None else record(*found, self._precedence)

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        """Yield all entities, or those of one kind (lower case), in the order of their refs.

        Read page by page: each is as it was when its page was read, and a slow reader holds up nobody.
        """
        after: Ref | None = None
        while True:
            with self._database.reading() as connection:
                page = records.page(connection, kind, after)
            yield from page
            if len(page) < records.PAGE:
                return
            after = page[-1].ref

    def relations(self, ref: Ref) -> tuple[Relation, ...]:
        """Return every relation that has `ref` at either end, in canonical direction; it need not exist."""
        with self._database.reading() as connection:
            return lookups.relations(connection, ref)

    def known_as(self, alias: str) -> tuple[Ref, ...]:
        """Return the entities that an alias leads to."""
        with self._database.reading() as connection:
            return lookups.known_as(connection, alias)

    def looks(self) -> Mapping[str, datetime]:
        """Return when each source last looked, by source."""
        with self._database.reading() as connection:
            return lookups.looks(connection)

    def change_sets(self, limit: int = 20) -> list[ChangeSet]:
        """Return the newest change sets with all their changes, the newest first."""
        with self._database.reading() as connection:
            return history.latest(connection, limit)

    def change_set(self, number: int) -> ChangeSet | None:
        """Return one change set; None when there is none of that number."""
        with self._database.reading() as connection:
            return history.find(connection, number)

    def claim_once(self, key: str) -> bool:
        """Return True to the first caller of this key, ever and in any process, and False to all others."""
        with self._database.reading() as connection:
            return once.claim(connection, key, self._clock())

    def forget_claims(self, before: datetime) -> int:
        """Let keys that were claimed before a time be claimed again; return how many."""
        with self._database.reading() as connection:
            return once.forget(connection, before)
