"""What can be asked of the catalog; `catalog.Catalog` adds what it can be made to do.

Takes and returns the values of `domain`; between calls no connection is in a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from catalog_store import (
    auditing,
    channels,
    file_texts,
    history,
    lookups,
    on_call,
    operations,
    people,
    planning,
    records,
    since,
    suggestions,
    unanswered,
)
from catalog_store.code_rules import CodeRules
from catalog_store.database import Database
from catalog_store.explaining import weigh
from catalog_store.kept import Kept
from catalog_store.lookups import Relation
from catalog_store.passages import finding
from catalog_store.stitching import record
from catalog_store.trust import Precedence
from domain.apis import Broken, Described, Operation, Source, anybodys
from domain.audit import Acts
from domain.changes import ChangeSet, Since
from domain.entities import Channel, Entity, FileText, Record
from domain.explained import WeighedRecord
from domain.gaps import Unanswered
from domain.oncall_plan import Covered
from domain.passages import FoundPassages, Having, Page
from domain.path_rules import PathRules
from domain.persons import KnownPerson
from domain.refs import Ref
from domain.sources import Suggestion


class CatalogReads:
    """A database with the schema of this code. Every method raises StoreUnavailable when it fails."""

    def __init__(self, database: Database, precedence: Precedence) -> None:
        self._database = database
        self._precedence = precedence
        self._code_rules = CodeRules()
        self._records = Kept(self._read)
        self._having_plans = Kept(on_call.having_plans)

    def version(self) -> int:
        """Return the number of the latest change set; 0 when there is none."""
        with self._database.reading() as connection:
            return planning.version(connection)

    def record(self, ref: Ref) -> Record | None:
        """Return an entity with the facts that it was stitched from; None when there is no such entity."""
        return self.records_of([ref]).get(ref)

    def records_of(self, refs: Sequence[Ref]) -> Mapping[Ref, Record]:
        """Return those of the entities that there are, with their facts, in a few statements for all."""
        with self._database.reading() as connection:
            return self._records.of(connection, refs)

    def _read(self, connection: Connection, refs: Sequence[Ref]) -> Mapping[Ref, Record]:
        found = records.find_by_refs(connection, refs)
        return {ref: record(each.entity, each.held, self._precedence) for ref, each in found.items()}

    def record_as_of(self, ref: Ref, at: datetime) -> Record | None:
        """Return an entity as it was at a time, with the evidence of then; None when there was none.

        `ref` is its ref of today, also of one that is retired by now. Volatile fields are as of today.
        """
        with self._database.reading() as connection:
            return history.as_of(connection, ref, at, self._precedence)

    def files(self, ref: Ref) -> list[FileText]:
        """Return the kept files of an entity, by path; none when there is no such entity."""
        with self._database.reading() as connection:
            found = records.ids_of(connection, [ref]).get(ref)
            return [] if found is None else file_texts.of_entity(connection, found)

    def passages(
        self,
        words: str,
        of: Sequence[Ref] | None,
        limit: int,
        *,
        seen: Callable[[Ref], bool] | None = None,
        having: Having = "some",
    ) -> FoundPassages:
        """Return the best passages of documentation for any words, of some things or (None) of all.

        First what has all of the words, else, `having` some, what has some.
        Of more than 500 things the first are searched.
        `seen` tells of a thing whether its pages count; None: those of every thing do.
        """
        with self._database.reading() as connection:
            return finding.find(connection, words, of, limit, seen=seen, having=having)

    def pages(self, refs: Sequence[Ref]) -> list[Page]:
        """Return the pages of documentation of things, thing by thing as given, in reading order."""
        with self._database.reading() as connection:
            return finding.pages(connection, refs)

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

    def entities_of(self, refs: Iterable[Ref]) -> list[Entity]:
        """Return those of the entities that there are, without their facts."""
        with self._database.reading() as connection:
            return since.entities_of(connection, refs)

    def changed_since(self, version: int, most: int) -> Since | None:
        """Return what became of the entities since a version; None when more than `most` changed.

        Also None when the catalog never had that version. Fields that move by themselves do not count.
        """
        with self._database.reading() as connection:
            return since.since(connection, version, most)

    def records(self) -> Iterator[Record]:
        """Yield all entities with their facts, in the order of their refs, read page by page."""
        after: Ref | None = None
        while True:
            with self._database.reading() as connection:
                page = records.page_with_claims(connection, after)
            # One that somebody took all claims of since its page was read is gone.
            yield from (record(each.entity, each.held, self._precedence) for each in page if each.held)
            if len(page) < records.PAGE:
                return
            after = page[-1].entity.ref

    def people(self) -> list[KnownPerson]:
        """Return everybody whom a source sees, with their accounts in all tools, bots left out."""
        with self._database.reading() as connection:
            return people.people(connection)

    def relations(self, ref: Ref) -> tuple[Relation, ...]:
        """Return every relation that has `ref` at either end, in canonical direction; it need not exist."""
        with self._database.reading() as connection:
            return lookups.relations(connection, ref)

    def known_as(self, alias: str) -> tuple[Ref, ...]:
        """Return the entities that an alias leads to."""
        with self._database.reading() as connection:
            return lookups.known_as(connection, alias)

    def planned(self, people: Sequence[str]) -> Mapping[str, Covered]:
        """Return the on-call policies whose plan names one of these people, with the things of each.

        People by aliases (`pagerduty-user:p1`, `mailto:ana@acme.example`); policies by their keys
        (`pagerduty:p1abc`). Not older than the last look.
        """
        with self._database.reading() as connection:
            return on_call.planned(connection, people)

    def having_plans(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        """Return those of the things that have an on-call policy, in the order given."""
        with self._database.reading() as connection:
            return tuple(self._having_plans.of(connection, refs))

    def weighed(self, ref: Ref) -> WeighedRecord | None:
        """Return an entity with every field's claims and what decided among them; None: there is none."""
        with self._database.reading() as connection:
            found = records.find(connection, ref)
        return None if found is None else weigh(found.entity, found.held, self._precedence)

    def path_rules(self, ref: Ref) -> PathRules | None:
        """Return the CODEOWNERS rules that an entity keeps for its repository; None when it keeps none."""
        with self._database.reading() as connection:
            return self._code_rules.of(connection, ref, self._precedence)

    def looks(self) -> Mapping[str, datetime]:
        """Return when each source last looked, by source."""
        with self._database.reading() as connection:
            return lookups.looks(connection)

    def unanswered(self, limit: int) -> tuple[Unanswered, ...]:
        """Return the words that found no answer, the most asked first."""
        with self._database.reading() as connection:
            return unanswered.most_asked(connection, limit)

    def channel(self, text: str) -> Channel | None:
        """Return the channel of an id or a name, with or without #, case aside; None when none is known.

        Of several of one name a live one. It is as a directory of a chat last showed it, and has no history.
        """
        return self.channels([text]).get(text)

    def channels(self, texts: Iterable[str]) -> Mapping[str, Channel]:
        """Return the channels of ids and names, by how they were asked for; unknown ones are absent."""
        with self._database.reading() as connection:
            return channels.found(connection, texts)

    def change_sets(self, limit: int = 20) -> list[ChangeSet]:
        """Return the newest change sets with all their changes, the newest first."""
        with self._database.reading() as connection:
            return history.latest(connection, limit)

    def change_set(self, number: int, first: int = 0, limit: int | None = None) -> ChangeSet | None:
        """Return one change set; None when there is none of that number.

        With a limit it has that many of its changes, from the `first` on, those of one operation together;
        else all of them, in the order of refs.
        """
        with self._database.reading() as connection:
            return history.find(connection, number, first, limit)

    def audited(self, ref: Ref | None, since: datetime | None, limit: int, offset: int) -> Acts:
        """Return what was done to a thing from a time on, the newest first; with no ref, all change sets.

        `ref` is one of today, or the last one of what is retired by now. `since` None: from the beginning.
        """
        with self._database.reading() as connection:
            if ref is None:
                return auditing.of_all(connection, since, limit, offset)
            return auditing.of_entity(connection, ref, since, limit, offset)

    def suggestions(self, *, decided: bool = False) -> list[Suggestion]:
        """Return the open suggestions, the likest first; with `decided`, all that ever were."""
        with self._database.reading() as connection:
            return suggestions.listed(connection, None if decided else suggestions.OPEN)

    def described(self, refs: Sequence[Ref]) -> list[Described]:
        """Return the descriptions of the APIs of things, in the things' order; each text once."""
        with self._database.reading() as connection:
            return operations.described(connection, refs)

    def operations(self, of: Described, offset: int, limit: int) -> list[Operation]:
        """Return a stretch of a description's operations, group by group."""
        with self._database.reading() as connection:
            return operations.page(connection, of, offset, limit)

    def operations_with(
        self, of: Sequence[Described], words: Sequence[str], limit: int
    ) -> list[tuple[Operation, Source]]:
        """Return the operations of descriptions in whose texts all words (lower case) occur."""
        with self._database.reading() as connection:
            return operations.with_words(connection, of, words, limit)

    def operation_names(self, of: Sequence[Described], limit: int) -> list[str]:
        """Return the names of the operations of descriptions."""
        with self._database.reading() as connection:
            return operations.names(connection, of, limit)

    def serving(
        self, address: str, verb: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[Operation, Source]]:
        """Return the operations at an address or of a name, whoever of `of` has them; no verb means any.

        Segments of templates match any; where there is none at a path, those below it.
        """
        with self._database.reading() as connection:
            return operations.serving(connection, address, verb, limit, of)

    def operations_called(
        self, name: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[str, Ref]]:
        """Return operations of `of` whose names begin with a text, case aside, each with whose it is.

        Those that are called just so come first.
        """
        with self._database.reading() as connection:
            return operations.called(connection, name, limit, of)

    def having_broken_descriptions(self) -> list[Ref]:
        """Return the things that have a broken description of an API, in the order of refs."""
        with self._database.reading() as connection:
            return operations.having_broken(connection)

    def broken_descriptions(self, refs: Sequence[Ref], limit: int) -> list[Broken]:
        """Return the first flaw of each broken description of an API of things, in the order of refs."""
        with self._database.reading() as connection:
            return operations.broken(connection, refs, limit)
