"""What one reader may see of the records: everything else is as if it were not there.

Reads the store through the same protocol, so that a question cannot tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from catalog_store.search.reading import Index
from domain.apis import DEFINITION, Broken, Described, Operation, Source, anybodys
from domain.audit import Act, Acts
from domain.changes import ChangeSet, EntityChange, FieldChange
from domain.entities import RELATION_FIELDS, Channel, Fact, Json, Record
from domain.errors import BadRef
from domain.explained import WeighedField, WeighedRecord
from domain.gaps import Unanswered
from domain.oncall_plan import Covered
from domain.passages import NOTHING, FoundPassages, Having, Page
from domain.path_rules import PathRules
from domain.persons import KnownPerson
from domain.refs import Ref, parse_ref
from domain.sources import Suggestion
from domain.visibility import DOCUMENTATION, MARK, Reader, Visibility, marks_of
from questions.question import Records


class SeenRecords:
    """The records through one reader's eyes; `whole` is the index that hides nothing, `seen` the reader's."""

    def __init__(
        self, records: Records, whole: Index, seen: Index, reader: Reader, rules: Visibility
    ) -> None:
        self._records = records
        self._whole = whole
        self._seen = seen
        self._reader = reader
        self._rules = rules
        self._shown_fields: dict[str, bool] = {}

    def record(self, ref: Ref) -> Record | None:
        """Return an entity with its facts, without what may not be seen."""
        return self._shown(self._records.record(ref))

    def records_of(self, refs: Sequence[Ref]) -> Mapping[Ref, Record]:
        """Return those of the entities that there are and may be seen."""
        found = self._records.records_of([ref for ref in refs if not self._hides(ref)])
        return {ref: shown for ref, each in found.items() if (shown := self._shown(each)) is not None}

    def record_as_of(self, ref: Ref, at: datetime) -> Record | None:
        """Return an entity as it was at a time; what is hidden today, or was then, is hidden."""
        return None if self._hides(ref) else self._shown(self._records.record_as_of(ref, at))

    def audited(self, ref: Ref | None, since: datetime | None, limit: int, offset: int) -> Acts:
        """Return what was done to a thing that may be seen; of whole change sets no example that may not."""
        if ref is not None and self._hides(ref):
            return Acts((), 0)
        found = self._records.audited(ref, since, limit, offset)
        return Acts(tuple(map(self._act, found.acts)), found.total)

    def change_set(self, number: int, first: int = 0, limit: int | None = None) -> ChangeSet | None:
        """Return one change set with those of its changes that may be seen; its counts are of all."""
        found = self._records.change_set(number, first, limit)
        if found is None:
            return None
        return replace(found, changes=tuple(map(self._change, self._kept(found.changes))))

    def unanswered(self, limit: int) -> tuple[Unanswered, ...]:
        """Return the words that found no answer, for members: people ask for what is hidden from others."""
        return self._records.unanswered(limit) if self._reader.inside else ()

    def channel(self, text: str) -> Channel | None:
        """Return the Slack channel of an id or a name; the directory is for members."""
        return self._records.channel(text) if self._reader.inside else None

    def people(self) -> list[KnownPerson]:
        """Return everybody whom a source sees and who may be seen."""
        return [each for each in self._records.people() if not self._hides(each.ref)]

    def suggestions(self, *, decided: bool = False) -> list[Suggestion]:
        """Return the suggestions of which both ends may be seen."""
        found = self._records.suggestions(decided=decided)
        return [each for each in found if not (self._hides_text(each.one) or self._hides_text(each.other))]

    def planned(self, people: Sequence[str]) -> Mapping[str, Covered]:
        """Return the on-call policies whose plan names people, with those of the things that may be seen."""
        if not self._shows("oncall"):
            return {}
        found = self._records.planned(people)
        return {key: shown for key, each in found.items() if (shown := self._covered(each)).total}

    def having_plans(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        """Return those of the things that have an on-call policy, where that may be seen."""
        return self._records.having_plans(refs) if self._shows("oncall") else ()

    def passages(
        self,
        words: str,
        of: Sequence[Ref] | None,
        limit: int,
        *,
        seen: Callable[[Ref], bool] | None = None,
        having: Having = "some",
    ) -> FoundPassages:
        """Return the best passages of what may be seen, found as if there were no others."""
        if not self._shows(DOCUMENTATION):
            return NOTHING
        asked = None if of is None else [ref for ref in of if not self._hides(ref)]

        def sees(ref: Ref) -> bool:
            return not self._hides(ref) and (seen is None or seen(ref))

        return self._records.passages(words, asked, limit, seen=sees, having=having)

    def pages(self, refs: Sequence[Ref]) -> list[Page]:
        """Return the pages of those of the things that may be seen."""
        kept = [ref for ref in refs if not self._hides(ref)] if self._shows(DOCUMENTATION) else []
        return self._records.pages(kept) if kept else []

    def weighed(self, ref: Ref) -> WeighedRecord | None:
        """Return an entity with its fields' claims, for members; of each only what may be seen."""
        shown = self._shown(self._records.record(ref)) if self._reader.inside else None
        found = None if shown is None else self._records.weighed(ref)
        if shown is None or found is None:
            return None
        fields = (each for each in found.fields if self._shows(each.name))
        return WeighedRecord(shown.entity, tuple(map(self._weighed, fields)))

    def path_rules(self, ref: Ref) -> PathRules | None:
        """Return the CODEOWNERS rules that an entity keeps, for members who may see the entity."""
        may = self._reader.inside and self._shows("codeowners") and not self._hides(ref)
        return self._records.path_rules(ref) if may else None

    def described(self, refs: Sequence[Ref]) -> list[Described]:
        """Return the descriptions of APIs, for members who may see DEFINITION: those in files too."""
        return self._records.described(self._having(refs))

    def operations(self, of: Described, offset: int, limit: int) -> list[Operation]:
        """Return a stretch of the operations of a description that may be seen."""
        return self._records.operations(of, offset, limit) if self._tells(of.source.ref) else []

    def operations_with(
        self, of: Sequence[Described], words: Sequence[str], limit: int
    ) -> list[tuple[Operation, Source]]:
        """Return the operations of descriptions that may be seen in whose texts all words occur."""
        return self._records.operations_with(self._telling(of), words, limit)

    def operation_names(self, of: Sequence[Described], limit: int) -> list[str]:
        """Return the names of the operations of descriptions that may be seen."""
        return self._records.operation_names(self._telling(of), limit)

    def serving(
        self, address: str, verb: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[Operation, Source]]:
        """Return the operations at an address or of a name of what may be seen."""
        if not self._reads:
            return []
        return self._records.serving(address, verb, limit, lambda ref: self._tells(ref) and of(ref))

    def operations_called(
        self, name: str, limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[str, Ref]]:
        """Return operations of what may be seen whose names begin with a text."""
        if not self._reads:
            return []
        return self._records.operations_called(name, limit, lambda ref: self._tells(ref) and of(ref))

    def having_broken_descriptions(self) -> list[Ref]:
        """Return the things that may be seen and have a broken description."""
        return self._having(self._records.having_broken_descriptions())

    def broken_descriptions(self, refs: Sequence[Ref], limit: int) -> list[Broken]:
        """Return what is broken in descriptions that may be seen."""
        return self._records.broken_descriptions(self._having(refs), limit)

    def _having(self, refs: Sequence[Ref]) -> list[Ref]:
        return [ref for ref in refs if self._tells(ref)]

    def _telling(self, described: Sequence[Described]) -> list[Described]:
        return [each for each in described if self._tells(each.source.ref)]

    @property
    def _reads(self) -> bool:
        """Whether descriptions of APIs may be seen at all: they say where files are and servers answer."""
        return self._reader.inside and self._shows(DEFINITION)

    def _tells(self, ref: Ref) -> bool:
        """Tell whether the descriptions of a thing may be seen; of one not known yet they may not."""
        return self._reads and self._seen.node(ref) is not None

    def _weighed(self, field: WeighedField) -> WeighedField:
        claims = (replace(each, fact=self._fact(each.fact)) for each in field.claims)
        return replace(field, claims=tuple(claims))

    def _covered(self, covered: Covered) -> Covered:
        shown = tuple(ref for ref in covered.refs if not self._hides(ref))
        return Covered(shown, covered.total - len(covered.refs) + len(shown))

    def _kept(self, changes: Iterable[EntityChange]) -> Iterable[EntityChange]:
        return (each for each in changes if not self._hides(each.ref))

    def _change(self, change: EntityChange) -> EntityChange:
        return replace(change, fields=self._fields(change.fields))

    def _act(self, act: Act) -> Act:
        examples = tuple(each for each in act.examples if not self._hides(each[1]))
        return replace(act, fields=self._fields(act.fields), examples=examples)

    def _fields(self, changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
        return tuple(
            FieldChange(each.field, self._value(each.field, each.before), self._value(each.field, each.after))
            for each in changes
            if self._shows(each.field)
        )

    def _shown(self, record: Record | None) -> Record | None:
        """Return a record as the reader may see it; None for one that is hidden."""
        if record is None or self._hides(record.entity.ref):
            return None
        marks = marks_of(record.entity.fields.get(MARK)) or (self._rules.entities,)
        if not self._reader.may_see(marks):
            return None
        # What sources say and where is the company's own business: names of repositories, addresses, people.
        facts = self._facts(record.facts) if self._reader.inside else ()
        aliases = record.entity.aliases if self._reader.inside else ()
        fields = self._seen_of(record.entity.fields)
        entity = record.entity
        if fields is not entity.fields or aliases is not entity.aliases:
            entity = replace(entity, fields=fields, aliases=aliases)
        return Record(entity, facts)

    def _seen_of(self, fields: Mapping[str, Json]) -> Mapping[str, Json]:
        """Return what may be seen of fields: mostly all of it, and then the same object."""
        seen = {name: self._value(name, value) for name, value in fields.items() if self._shows(name)}
        same = len(seen) == len(fields) and all(seen[name] is fields[name] for name in seen)
        return fields if same else seen

    def _facts(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        return tuple(self._fact(each) for each in facts if self._shows(each.field))

    def _fact(self, fact: Fact) -> Fact:
        value = self._value(fact.field, fact.value)
        return fact if value is fact.value else replace(fact, value=value)

    def _value(self, name: str, value: Json) -> Json:
        """Return a field's value without refs to what may not be seen; an owner's name stays, as in lists."""
        if name not in RELATION_FIELDS or name == "owner":
            return value
        kind = RELATION_FIELDS[name].kind
        if isinstance(value, list):
            kept = [each for each in value if not (isinstance(each, str) and self._hides_text(each, kind))]
            return value if len(kept) == len(value) else kept
        return "" if isinstance(value, str) and self._hides_text(value, kind) else value

    def _shows(self, name: str) -> bool:
        shown = self._shown_fields.get(name)
        if shown is None:
            shown = self._shown_fields[name] = self._rules.shows(self._reader, name)
        return shown

    def _hides_text(self, text: str, kind: str | None = None) -> bool:
        try:
            return self._hides(parse_ref(text, kind))
        except BadRef:
            return False

    def _hides(self, ref: Ref) -> bool:
        """Tell what the catalog has and the reader may not see."""
        return self._seen.node(ref) is None and self._whole.node(ref) is not None
