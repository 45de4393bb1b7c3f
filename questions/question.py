"""A question on its way to an answer: the words, what they were matched with, and where to look.

Answers nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from catalog_store.search.reading import Index
from domain.answers import Asker
from domain.apis import Broken, Described, Operation, Source, anybodys
from domain.audit import Acts
from domain.changes import ChangeSet
from domain.clock import Clock, system_clock
from domain.entities import Channel, Entity, Record
from domain.explained import WeighedRecord
from domain.gaps import Unanswered
from domain.oncall_plan import Covered
from domain.passages import FoundPassages, Having, Page
from domain.path_rules import PathRules
from domain.people_mapping import PeopleBlock
from domain.persons import KnownPerson
from domain.refs import Ref
from domain.sources import Suggestion
from domain.syncs import SourceStanding
from questions.addresses import read_address
from questions.forms import Form
from questions.patterns import Words
from questions.taste import INDIFFERENT, Taste
from questions.wording import join


class Records(Protocol):
    """Where facts are kept; `Catalog` is one."""

    def record(self, ref: Ref) -> Record | None:
        """Return an entity with its facts; None when there is none."""
        ...

    def records_of(self, refs: Sequence[Ref]) -> Mapping[Ref, Record]:
        """Return those of the entities that there are, with their facts."""
        ...

    def record_as_of(self, ref: Ref, at: datetime) -> Record | None:
        """Return an entity as it was at a time, also one that is retired by now; None when there was none."""
        ...

    def change_set(self, number: int, first: int = 0, limit: int | None = None) -> ChangeSet | None:
        """Return one change set; None when there is none. With a limit it has so many of its changes."""
        ...

    def audited(self, ref: Ref | None, since: datetime | None, limit: int, offset: int) -> Acts:
        """Return what was done to a thing from a time on, the newest first; with no ref, all change sets.

        `ref` is one of today, or the last one of what is retired by now. `since` None: from the beginning.
        """
        ...

    def unanswered(self, limit: int) -> tuple[Unanswered, ...]:
        """Return the words that found no answer, the most asked first."""
        ...

    def channel(self, text: str) -> Channel | None:
        """Return the Slack channel of an id or a name, with or without #, case aside; None: none is known."""
        ...

    def people(self) -> list[KnownPerson]:
        """Return everybody whom a source sees, with their accounts."""
        ...

    def suggestions(self, *, decided: bool = False) -> list[Suggestion]:
        """Return the open suggestions, the likest first; with `decided`, all that ever were."""
        ...

    def planned(self, people: Sequence[str]) -> Mapping[str, Covered]:
        """Return the on-call policies whose plan names people (by aliases), and the things of each."""
        ...

    def having_plans(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        """Return those of the things that have an on-call policy, in the order given."""
        ...

    def described(self, refs: Sequence[Ref]) -> list[Described]:
        """Return the descriptions of the APIs of things, in the things' order; each text once."""
        ...

    def operations(self, of: Described, offset: int, limit: int) -> list[Operation]:
        """Return a stretch of a description's operations, group by group."""
        ...

    def operations_with(
        self, of: Sequence[Described], words: Sequence[str], limit: int
    ) -> list[tuple[Operation, Source]]:
        """Return the operations of descriptions in whose texts all words (lower case) occur."""
        ...

    def operation_names(self, of: Sequence[Described], limit: int) -> list[str]:
        """Return the names of the operations of descriptions."""
        ...

    def serving(
        self, address: str, verb: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[Operation, Source]]:
        """Return the operations at an address or of a name, whoever of `of` has them; no verb means any."""
        ...

    def operations_called(
        self, name: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[str, Ref]]:
        """Return operations of `of` whose names begin with a text, with whose they are; just so first."""
        ...

    def having_broken_descriptions(self) -> list[Ref]:
        """Return the things that have a broken description of an API, in the order of refs."""
        ...

    def broken_descriptions(self, refs: Sequence[Ref], limit: int) -> list[Broken]:
        """Return the first flaw of each broken description of an API of things, in the order of refs."""
        ...

    def passages(
        self,
        words: str,
        of: Sequence[Ref] | None,
        limit: int,
        *,
        seen: Callable[[Ref], bool] | None = None,
        having: Having = "some",
    ) -> FoundPassages:
        """Return the best passages of documentation for words, of some things or (None) of all.

        `seen` tells of a thing whether its pages count; None: those of every thing do.
        """
        ...

    def pages(self, refs: Sequence[Ref]) -> list[Page]:
        """Return the pages of documentation of things, thing by thing as given, in reading order."""
        ...

    def weighed(self, ref: Ref) -> WeighedRecord | None:
        """Return an entity with every field's claims and what decided among them; None: there is none."""
        ...

    def path_rules(self, ref: Ref) -> PathRules | None:
        """Return the CODEOWNERS rules that an entity keeps for its repository; None when it keeps none."""
        ...


class Standings(Protocol):
    """Tells how the sources stand now; `bot.syncs.Syncs.standings` is one."""

    def __call__(self, *, counted: bool = False) -> tuple[SourceStanding, ...]:
        """Return how each stands; what its last change set did is read only where it is to be `counted`."""
        ...


def no_sources(*, counted: bool = False) -> tuple[SourceStanding, ...]:
    """Return how the sources of a portal without any stand."""
    del counted
    return ()


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer function is given."""

    words: str
    """As typed, without courtesies."""
    form: Form
    slots: Mapping[str, Words]
    asker: Asker
    index: Index
    records: Records
    page: int = 1
    clock: Clock = system_clock
    sources: Standings = no_sources
    mapping: PeopleBlock = field(default_factory=dict)
    """`people:` of `idp.yaml`."""
    taste: Taste = INDIFFERENT
    """What stands first where several things may be meant."""
    said: str = ""
    """All that was said, as it came, where the words are but its beginning."""
    surely: bool = False
    """Whether nothing will do but what is called exactly so."""

    @property
    def thing(self) -> str:
        """The subject as typed; empty when the question names none."""
        return join(self.slots.get("thing", ()))

    @property
    def subject(self) -> str:
        """The subject as the asker saw it: a mention by its label."""
        return read_address(self.thing).shown

    def record_of(self, node: int) -> Record:
        """Return what the store holds on an entity of the index.

        One that the store has lost since the index was built is shown by what the index remembers.
        """
        record = self.records.record(self.index.ref(node))
        if record is not None:
            return record
        thing = self.index.thing(node)
        fields = {"title": thing.title, "owner": str(thing.owner) if thing.owner else None}
        return Record(
            Entity(thing.ref, thing.name, thing.kind, {key: value for key, value in fields.items() if value}),
            (),
        )
