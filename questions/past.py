"""Answers `who owned … on <date>` and `show … on <date>`: what the catalog knew at the end of that day.

Names lead to things as they do today; what is retired by now is found by its last ref.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from domain.answers import Answer, Found, Owner, Shown, Thing, Unclear
from domain.entities import KINDS, RELATION_FIELDS, Entity, Fact, Record
from domain.refs import Ref
from questions.addresses import read_address
from questions.dates import EXAMPLES, read_date, split
from questions.nouns import readings
from questions.owners import ref_of, titles_in
from questions.paths import is_file_page
from questions.question import Question
from questions.subjects import One, Role, Subject, Wanted, resolve
from questions.wording import join

_OWNERS = ("group", "user")
_ABOVE = ("system", "domain")
"""From where an owner is inherited."""
_HIGHEST = 4
"""How many steps that is looked for: from a thing to its system, its domain and one above."""


def who_owned(question: Question) -> Answer:
    """Answer with the owner of then, how to reach it now, and the evidence of then."""
    then = _then(question, Role.OWNED, "who owned {}")
    if not isinstance(then, _Then):
        return then
    owner, evidence, above = then.owner()
    called = titles_in(then.record, evidence, question)
    return Found(then.words, then.record, owner, evidence, then.matched, above, called, as_of=then.at)


def show_as_of(question: Question) -> Answer:
    """Answer with the record of then."""
    then = _then(question, Role.ANY, "show {}")
    if not isinstance(then, _Then):
        return then
    owner, _, _ = then.owner()
    called = titles_in(then.record, (), question)
    relations = tuple(then.relations())
    return Shown(then.words, then.record, owner, relations, then.matched, called, as_of=then.at)


class _Then:
    """A thing as it was."""

    def __init__(self, question: Question, words: str, record: Record, at: datetime, matched: str) -> None:
        self._question = question
        self.words = words
        self.record = record
        self.at = at
        self.matched = matched

    def owner(self) -> tuple[Owner | None, tuple[Fact, ...], Thing | None]:
        """Return the owner, the facts that say so, and from where it was inherited."""
        entity = self.record.entity
        if entity.ref.kind in _OWNERS:
            return self._card(entity.ref), self.record.facts_on("owner"), None
        above = self.record
        for _ in range(_HIGHEST):
            named = ref_of(above.entity.text("owner"), "group")
            if named is not None:
                place = None if above is self.record else _thing(above.entity)
                return self._card(named), above.facts_on("owner"), place
            refs = [ref for kind in _ABOVE if (ref := ref_of(above.entity.text(kind), kind))]
            higher = self._question.records.record_as_of(refs[0], self.at) if refs else None
            if higher is None:
                break
            above = higher
        return None, self.record.facts_on("owner"), None

    def _card(self, ref: Ref) -> Owner:
        """Return an owner as it is reached today; without its people, who may be others by now."""
        owner = self._question.index.owner(ref)
        if not owner.known and (was := self._question.records.record_as_of(ref, self.at)):
            owner = Owner(ref, was.entity.title, known=True)
        return replace(owner, people=())

    def relations(self) -> Iterator[tuple[str, tuple[Thing, ...]]]:
        """Yield the relations that the thing itself stated."""
        entity, index = self.record.entity, self._question.index
        for spec in RELATION_FIELDS.values():
            named = entity.texts(spec.field) if spec.many else (entity.text(spec.field),)
            refs = [ref for text in named if (ref := ref_of(text, spec.kind or "component"))]
            if refs and spec.field != "owner":
                nodes = [index.node(ref) for ref in refs]
                ends = (
                    _named(ref) if node is None else index.thing(node)
                    for ref, node in zip(refs, nodes, strict=True)
                )
                yield (spec.inverse if spec.inverted else spec.relation), tuple(ends)


def _named(ref: Ref) -> Thing:
    return Thing(ref, ref.name, ref.name, ref.kind.capitalize())


def _thing(entity: Entity) -> Thing:
    return Thing(entity.ref, entity.name, entity.title, entity.kind, type=entity.text("type"))


def _then(question: Question, role: Role, ask: str) -> _Then | Answer:
    """Return the thing as it was, or why it cannot be told."""
    dated = split(question.slots["past"]) if "past" in question.slots else None
    name = join(dated.rest) if dated else question.thing
    examples = tuple(f"{ask} {each}".replace("{}", name) for each in EXAMPLES)
    if dated is None:
        return Unclear(question.words, "When? Name a day.", examples)
    at = read_date(dated.date, question.clock())
    if isinstance(at, str):
        return Unclear(question.words, at, examples)
    if is_file_page(name):
        problem = "CODEOWNERS rules of another day are not kept: I can say who owns the file today."
        return Unclear(question.words, problem, (f"who owns {name}",))
    day = f"on {at.astimezone(UTC):%Y-%m-%d}"
    subject = resolve(name, question.index, Wanted(role, f"{ask} {day}"))
    shown = read_address(name).shown
    record, matched = _record(subject, name, at, question)
    if record is not None:
        return _Then(question, shown, record, at, matched)
    if not isinstance(subject, One):
        return subject
    ref = question.index.ref(subject.node)
    return Unclear(
        question.words,
        f"{question.index.title(subject.node)} was not in the catalog {day}.",
        (f"who owns {ref}", f"show {ref}"),
    )


def _record(subject: Subject, name: str, at: datetime, question: Question) -> tuple[Record | None, str]:
    """Return the record of then, and by what the words led to it."""
    sure = isinstance(subject, One) and subject.matched in ("", "alias")
    if not sure and (gone := _retired(name, at, question)):
        return gone, ""
    if not isinstance(subject, One):
        return None, ""
    return question.records.record_as_of(question.index.ref(subject.node), at), subject.matched


def _retired(name: str, at: datetime, question: Question) -> Record | None:
    """Return what was called exactly so at that time and is in the catalog no more."""
    for _, text in readings(name):
        kinds = ("component",) if ":" in text else tuple(kind.lower() for kind in KINDS)
        for kind in kinds:
            ref = ref_of(text, kind)
            if ref is None or _is_known(ref, question):
                continue
            record = question.records.record_as_of(ref, at)
            if record is not None:
                return record
    return None


def _is_known(ref: Ref, question: Question) -> bool:
    node = question.index.node(ref)
    return node is not None and question.index.known(node)
