"""For any words and any catalog: no error, and what is found by an exact name has that name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_store.search.live import LiveIndex
from catalog_store.search.spelling import spellings
from domain.answers import Ambiguous, Answer, Asker, Found, Listing, Missing
from domain.apis import Broken, Described, Operation, Source, anybodys
from domain.audit import Acts
from domain.changes import ChangeSet, Since
from domain.entities import Channel, Entity, Record
from domain.explained import WeighedRecord
from domain.gaps import Unanswered
from domain.oncall_plan import Covered
from domain.passages import NOTHING, FoundPassages, Having, Page
from domain.path_rules import PathRules
from domain.persons import KnownPerson
from domain.refs import Ref
from domain.sources import Suggestion
from questions.asking import Questions
from questions.grammar import PATTERNS

_PARTS = st.sampled_from(
    ["pay", "Pay", "api", "web", "a", "1", "12", "ledger", "page", "owns", "services", "the"]
)
_MARKS = st.sampled_from(["-", "_", ".", ""])
NAMES = st.lists(st.tuples(_PARTS, _MARKS), min_size=1, max_size=3).map(
    lambda parts: "".join(part + mark for part, mark in parts).strip("-_.")
)
KINDS = st.sampled_from(["Component", "API", "Group", "User", "System", "Widget"])


class InMemory:
    """A catalog without a database: quick enough for hundreds of examples."""

    def __init__(self, entities: list[Entity]) -> None:
        self._entities = {entity.ref: entity for entity in entities}

    def version(self) -> int:
        return 1

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        return (each for each in self._entities.values() if kind is None or each.ref.kind == kind)

    def record(self, ref: Ref) -> Record | None:
        entity = self._entities.get(ref)
        return None if entity is None else Record(entity, ())

    def records_of(self, refs: Sequence[Ref]) -> dict[Ref, Record]:
        return {ref: found for ref in refs if (found := self.record(ref)) is not None}

    def record_as_of(self, ref: Ref, _at: datetime) -> Record | None:
        return self.record(ref)

    def change_set(self, _number: int, _first: int = 0, _limit: int | None = None) -> ChangeSet | None:
        return None

    def audited(self, _ref: Ref | None, _since: datetime | None, _limit: int, _offset: int) -> Acts:
        return Acts((), 0)

    def unanswered(self, _limit: int) -> tuple[Unanswered, ...]:
        return ()

    def people(self) -> list[KnownPerson]:
        return []

    def suggestions(self, *, decided: bool = False) -> list[Suggestion]:
        del decided
        return []

    def entities_of(self, refs: Iterable[Ref]) -> list[Entity]:
        return [each for each in self.entities() if each.ref in set(refs)]

    def changed_since(self, version: int, most: int) -> Since | None:
        del version, most
        return None

    def channel(self, _text: str) -> Channel | None:
        return None

    def having_plans(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        return tuple(refs)

    def described(self, _refs: Sequence[Ref]) -> list[Described]:
        return []

    def operations(self, _of: Described, _offset: int, _limit: int) -> list[Operation]:
        return []

    def operations_with(
        self, _of: Sequence[Described], _words: Sequence[str], _limit: int
    ) -> list[tuple[Operation, Source]]:
        return []

    def operation_names(self, _of: Sequence[Described], _limit: int) -> list[str]:
        return []

    def serving(
        self, _address: str, _verb: str, _limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[Operation, Source]]:
        del of
        return []

    def operations_called(
        self, _name: str, _limit: int, of: Callable[[Ref], bool] = anybodys
    ) -> list[tuple[str, Ref]]:
        del of
        return []

    def having_broken_descriptions(self) -> list[Ref]:
        return []

    def broken_descriptions(self, _refs: Sequence[Ref], _limit: int) -> list[Broken]:
        return []

    def passages(
        self,
        _words: str,
        _of: Sequence[Ref] | None,
        _limit: int,
        *,
        seen: Callable[[Ref], bool] | None = None,
        having: Having = "some",
    ) -> FoundPassages:
        del seen, having
        return NOTHING

    def pages(self, _refs: Sequence[Ref]) -> list[Page]:
        return []

    def planned(self, _people: Sequence[str]) -> dict[str, Covered]:
        return {}

    def weighed(self, ref: Ref) -> WeighedRecord | None:
        entity = self._entities.get(ref)
        return None if entity is None else WeighedRecord(entity, ())

    def path_rules(self, _ref: Ref) -> PathRules | None:
        return None


@st.composite
def catalogs(draw: st.DrawFn) -> list[Entity]:
    chosen = draw(st.lists(st.tuples(KINDS, NAMES), min_size=1, max_size=12))
    refs = [Ref(kind.lower(), "default", name.lower()) for kind, name in chosen]
    entities = []
    for ref, (kind, name) in zip(refs, chosen, strict=True):
        fields = {
            "owner": str(draw(st.sampled_from(refs))),
            "dependsOn": [str(draw(st.sampled_from(refs)))],
            "title": draw(NAMES),
        }
        entities.append(
            Entity(ref, name, kind, fields, tuple(draw(st.lists(NAMES.map(str.lower), max_size=2))))
        )
    return entities


def asking(entities: list[Entity]) -> Questions:
    catalog = InMemory(entities)
    return Questions(catalog, LiveIndex(catalog))


def called(entity: Entity) -> set[str]:
    names = (entity.name, entity.ref.name, entity.title, *entity.aliases)
    return {spelling for name in names for spelling in spellings(name)}


ODD = st.text(
    st.sampled_from("<>@#|!^{}[]()'\"`%:/\\ ?.,-_ aUSC1page\u2019\u201c\u0130\x00\ud800\u00df"), max_size=60
)
COMMANDS = st.lists(st.one_of(st.sampled_from(sorted(PATTERNS.vocabulary)), NAMES, ODD), max_size=9).map(
    " ".join
)


@pytest.fixture(scope="module")
def some() -> Questions:
    return asking(
        [
            Entity(
                Ref("component", "default", "pay-api"), "pay-api", "Component", {"owner": "group:default/pay"}
            ),
            Entity(Ref("group", "default", "pay"), "pay", "Group", {"members": ["user:default/a"]}),
            Entity(Ref("user", "default", "a"), "a", "User", {"slack_user_id": "U1"}),
        ]
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(st.text(max_size=80), ODD, COMMANDS))
def test_no_words_raise(some: Questions, words: str) -> None:
    assert isinstance(some.answer(words, Asker("U1")), Answer)


@settings(max_examples=150, deadline=None)
@given(entities=catalogs(), name=NAMES)
def test_a_name_leads_to_what_has_it(entities: list[Entity], name: str) -> None:
    answer = asking(entities).answer(f'who owns "{name}"')
    if isinstance(answer, Found) and answer.matched in ("", "alias"):
        assert called(answer.entity) & {*spellings(name)}
    if any(entity.ref.name == name.lower() for entity in entities):
        assert isinstance(answer, Found | Ambiguous)
        named = (
            [answer.entity.ref]
            if isinstance(answer, Found)
            else [each.thing.ref for each in answer.candidates]
        )
        assert {ref.name for ref in named} == {name.lower()}


@settings(max_examples=100, deadline=None)
@given(entities=catalogs())
def test_every_ref_leads_to_itself(entities: list[Entity]) -> None:
    questions = asking(entities)
    for entity in entities:
        answer = questions.answer(f"who owns {entity.ref}")
        assert isinstance(answer, Found)
        assert answer.entity.ref == entity.ref


@settings(max_examples=100, deadline=None)
@given(entities=catalogs(), name=NAMES)
def test_what_is_not_there_is_never_found(entities: list[Entity], name: str) -> None:
    questions = asking([each for each in entities if each.ref != Ref("component", "default", name.lower())])
    assert isinstance(questions.answer(f'who owns "component:{name}"'), Missing)


@settings(max_examples=100, deadline=None)
@given(entities=catalogs())
def test_a_list_asks_for_itself(entities: list[Entity]) -> None:
    questions = asking(entities)
    for words in ("list services", "list everything", "teams", "list services unowned", "list widgets"):
        answer = questions.answer(words)
        if isinstance(answer, Listing):
            again = questions.answer(answer.ask)
            assert isinstance(again, Listing)
            assert again.sections == answer.sections
