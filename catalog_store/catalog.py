"""The catalog: all that the other rooms can ask of the store and have it do.

Takes and returns the values of `domain`; SQL, rows and connections stay behind it. Safe to use from any
number of threads; between calls no connection is in a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from catalog_store import (
    channels,
    describing,
    file_texts,
    once,
    planning,
    restitching,
    revision,
    suggestions,
    unanswered,
    undoing,
)
from catalog_store.database import PATIENCE, Database
from catalog_store.describing import Waiting
from catalog_store.moves import Plan
from catalog_store.reads import CatalogReads
from catalog_store.source_states import SourceStates
from catalog_store.trust import DEFAULT, Precedence
from catalog_store.writing import carry_out
from domain.apis import Description
from domain.changes import ChangeSet
from domain.clock import Clock, system_clock
from domain.entities import Snapshot
from domain.errors import BadInput
from domain.refs import Ref, parse_ref


class _TakenBack(Exception):
    """Ends a dry run's transaction, so that nothing of it stays."""


class Catalog(CatalogReads):
    """A database with the schema of this code. Every method raises StoreUnavailable when it fails."""

    def __init__(self, database: Database, clock: Clock, precedence: Precedence) -> None:
        super().__init__(database, precedence)
        self._clock = clock
        self.sources = SourceStates(database, clock)
        """How each source stands, and who is looking at it."""

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Clock = system_clock,
        precedence: Precedence = DEFAULT,
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

    def apply(
        self, snapshot: Snapshot, *, actor: str, dry_run: bool = False, allow_shrink: bool = False
    ) -> ChangeSet:
        """Take over what a source saw, all of it or nothing; a dry run only says what that would change.

        What the source claimed before stays, except where `snapshot.within` says that the look was complete:
        there it is marked as vanished. Its channels are kept beside it, and are no part of the change set: an
        observation of now, which has no history and no undo. Raises BadInput for an id that comes twice, or a
        value that no database can keep, and ShrinkRefused when more than a fifth of the source would vanish,
        unless `allow_shrink`. A dry run shows such a change set and does not refuse it.
        """
        with self._database.reading() as connection:
            plan = planning.draw_up(
                connection, snapshot, self._precedence, allow_shrink=allow_shrink or dry_run
            )
        now = self._clock()
        if dry_run:
            return plan.change_set(None, actor, now)
        with self._database.reading() as connection:
            prepared = file_texts.prepare(connection, snapshot)
        # Most of the work is done before anybody has to wait for it, and done again if somebody else's
        # change came in between.
        with self._database.writing() as connection:
            if planning.writes(connection) != plan.writes:
                plan = planning.draw_up(connection, snapshot, self._precedence, allow_shrink=allow_shrink)
            number = carry_out(connection, plan, actor=actor, at=now)
            file_texts.keep(connection, snapshot, prepared)
            describing.note(connection, snapshot)
            channels.keep(connection, snapshot)
        return plan.change_set(number, actor, now)

    def apply_all(
        self,
        snapshots: Sequence[Snapshot],
        *,
        actor: str,
        dry_run: bool = False,
        allow_shrink: bool = False,
    ) -> tuple[ChangeSet, ...]:
        """Take over what several claimants saw in one look, in their order: all of it or nothing.

        Each gets a change set of its own. A dry run does it all and takes it back, since what one source
        changes depends on those before it. Raises what `apply` raises.
        """
        if len(snapshots) < 2:
            apply = partial(self.apply, actor=actor, dry_run=dry_run, allow_shrink=allow_shrink)
            return tuple(map(apply, snapshots))
        allow = allow_shrink or dry_run
        now = self._clock()
        applied = []
        with self._database.reading() as connection:
            prepared = [{} if dry_run else file_texts.prepare(connection, each) for each in snapshots]
        with suppress(_TakenBack), self._database.writing() as connection:
            for each, cut in zip(snapshots, prepared, strict=True):
                plan = planning.draw_up(connection, each, self._precedence, allow_shrink=allow)
                number = carry_out(connection, plan, actor=actor, at=now)
                if not dry_run:
                    file_texts.keep(connection, each, cut)
                    describing.note(connection, each)
                channels.keep(connection, each)
                applied.append(plan.change_set(None if dry_run else number, actor, now))
            if dry_run:
                raise _TakenBack
        return tuple(applied)

    def retire(self, source: str, before: datetime, *, actor: str) -> ChangeSet:
        """Drop what a source (or a claimant below it, `source/…`) has not seen any more since `before`.

        An entity that nobody else knows leaves the catalog; history keeps it, and it returns as itself.
        """

        def plan(connection: Connection, now: datetime) -> Plan:
            return undoing.retire(connection, source, before, now, self._precedence)

        return self._carry_out(plan, actor)

    def undo(self, number: int, *, actor: str) -> ChangeSet:
        """Take a change set back, as a change set of its own.

        Raises UndoRefused when there is none, or when later ones changed the same things.
        """

        def plan(connection: Connection, now: datetime) -> Plan:
            return undoing.undo(connection, number, now, self._precedence)

        return self._carry_out(plan, actor)

    def merge(self, one: Ref, other: Ref, *, actor: str) -> ChangeSet:
        """Make one entity of two, for ever: `one` keeps its ref, `other` leads to it.

        Raises BadInput when one of them is not in the catalog, or both are one.
        """

        def plan(connection: Connection, now: datetime) -> Plan:
            return undoing.merge(connection, one, other, now, self._precedence)

        return self._carry_out(plan, actor)

    def restitch(self) -> ChangeSet | None:
        """Stitch everything anew if the order of trust is another than the last time; None: it is not.

        The change set has no number where it comes to the same. Cheap to ask when nothing is to be done.
        """
        with self._database.reading() as connection:
            if not restitching.is_due(connection, self._precedence):
                return None
        now = self._clock()
        with self._database.writing() as connection:
            plan = restitching.restitch(connection, now, self._precedence)
            number = None
            if plan.steps:
                number = carry_out(connection, plan, actor=restitching.ACTOR, at=now, looked=False)
            restitching.note(connection, self._precedence)
        return plan.change_set(number, restitching.ACTOR, now)

    def _carry_out(self, draw_up: Callable[[Connection, datetime], Plan], actor: str) -> ChangeSet:
        now = self._clock()
        with self._database.writing() as connection:
            plan = draw_up(connection, now)
            number = None
            if plan.moves:
                number = carry_out(connection, plan, actor=actor, at=now, looked=False)
                sources = sorted({move.source for move in plan.moves})
                file_texts.sweep(connection, sources)
                describing.sweep(connection, sources)
        return plan.change_set(number, actor, now)

    def undescribed(self, limit: int) -> list[Waiting]:
        """Return texts that describe APIs and were not read since they changed, at most `limit`."""
        with self._database.reading() as connection:
            return describing.waiting(connection, limit)

    def describe(self, read: Sequence[tuple[Waiting, Description | None]]) -> None:
        """Keep what texts were found to say (None: no API), as far as they are still the same."""
        now = self._clock()
        with self._database.writing() as connection:
            describing.keep(connection, read, now)

    def suggest(self, pairs: Iterable[tuple[Ref, Ref, str, float]]) -> int:
        """Keep pairs that may be one: the one that would stay, the other, why, and the likeness from 0 to 1.

        A pair that was suggested before is not suggested again. Returns how many are new.
        """
        with self._database.writing() as connection:
            return suggestions.add(connection, pairs)

    def decide(self, number: int, decision: str, *, actor: str) -> ChangeSet | None:
        """Decide a suggestion for ever: `merged`, `apart` or `ignored`; a merge returns its change set.

        Raises BadInput when there is none of that number, or somebody decided before.
        """
        now = self._clock()
        with self._database.writing() as connection:
            found = suggestions.find(connection, number)
            if not suggestions.decide(connection, number, decision, actor, now):
                raise BadInput(f"{found.decided_by} decided suggestion {number} already: {found.state}", "")
            if decision != suggestions.MERGED:
                return None
            one, other = parse_ref(found.one), parse_ref(found.other)
            plan = undoing.merge(connection, one, other, now, self._precedence)
            merged = carry_out(connection, plan, actor=actor, at=now, looked=False)
        return plan.change_set(merged, actor, now)

    def note_unanswered(self, counts: Mapping[str, int]) -> None:
        """Count words that found no answer as asked so often more."""
        if counts:
            with self._database.writing() as connection:
                unanswered.add(connection, counts, self._clock())

    def claim_once(self, key: str) -> bool:
        """Return True to the first caller of this key, ever and in any process, and False to all others."""
        with self._database.reading() as connection:
            return once.claim(connection, key, self._clock())

    def forget_claims(self, before: datetime) -> int:
        """Let keys that were claimed before a time be claimed again; return how many."""
        with self._database.reading() as connection:
            return once.forget(connection, before)
