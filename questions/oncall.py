"""Answers `who is on call for …` and `what is … on call for`, from the last snapshot and the clock.

Asked who is on call for a person, it tells their duties; asked what a thing is on call for, who is for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.answers import Ambiguous, Answer, Unclear
from domain.entities import Record
from domain.oncall import Duties, Duty, Rota
from domain.oncall_plan import FIELD, Covered, policies
from domain.things import Person
from questions.addresses import read_address
from questions.askers import myself, stranger
from questions.filters import is_asker
from questions.here import asked_here, meant
from questions.patterns import Words
from questions.question import Question
from questions.rotas import Reader, on_call
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import join

_NO_NAME = frozenset(
    ("next", "now", "right", "currently", "today", "tonight", "primary", "secondary", "backup")
)
"""Words at the end of a subject that belong to the question: `what is Ana currently on call for`."""


def who_is_on_call(question: Question) -> Answer:
    """Answer for a service, a team, or whatever has an owner; without a subject, for the team of the place,
    else the asker's.
    """
    name = subject_in(question.slots.get("thing", ()))
    if not name or is_asker(name):
        return _for_our_team(question, name)
    subject = resolve(
        name, question.index, Wanted(Role.OWNED, question.form.ask, same_owner_will_do=True), question.taste
    )
    return _answer(subject, name, question) if isinstance(subject, One) else subject


def duties(question: Question) -> Answer:
    """Answer for a person, or whoever asks."""
    name = subject_in(question.slots.get("thing", ()))
    if not name or is_asker(name):
        node = myself(question.asker, question.index)
        return stranger(name or "you") if node is None else _duties(One(node), "", question)
    subject = resolve(name, question.index, Wanted(Role.OWNER, question.form.ask), question.taste)
    return _answer(subject, name, question) if isinstance(subject, One) else subject


def subject_in(words: Words) -> str:
    """Return the name that words begin with, without what belongs to the question."""
    last = len(words)
    while last > 1 and words[last - 1].plain in _NO_NAME:
        last -= 1
    return join(words[:last])


def _answer(subject: One, name: str, question: Question) -> Answer:
    if question.index.ref(subject.node).kind == "user":
        return _duties(subject, name, question)
    words = read_address(name).shown
    return on_call(subject.node, question.record_of(subject.node), question, subject.matched, words)


def _for_our_team(question: Question, name: str) -> Answer:
    """Answer for the team of the channel or of whoever asks; `who is on call` alone may come from anybody."""
    index = question.index
    team = meant(question)
    if team is None:
        if name and myself(question.asker, index) is None:
            return stranger(name)
        problem = "On call for what? Name a service or a team."
        return Unclear(question.words, problem, ("who is on call for <service or team>", "list teams"))
    if isinstance(team, Ambiguous):
        return replace(team, words=name or team.words)
    record = question.record_of(team.node)
    answer = on_call(team.node, record, question, words=index.title(team.node))
    return asked_here(answer, team.node, question) if team.by_place else answer


def _duties(subject: One, name: str, question: Question) -> Answer:
    index = question.index
    record = question.record_of(subject.node)
    card = index.owner(record.entity.ref)
    person = Person(card.ref, card.title, card.slack_user_id)
    reader = Reader(question)
    named = question.records.planned(_aliases(record))
    read = [duty for key, some in named.items() if (duty := _duty(key, some, person, reader, question))]
    found = [duty for duty in read if duty.rota.levels]
    found.sort(key=lambda duty: (not duty.now, _begins(duty.rota), duty.rota.name))
    over = tuple(dict.fromkeys(duty.rota.freshness for duty in read if duty.rota.freshness.ended))
    words = read_address(name).shown if name else person.title
    return Duties(words, index.thing(subject.node), person, tuple(found), over, subject.matched)


def _aliases(record: Record) -> list[str]:
    """Return the e-mail, and the ids under which tools know a person."""
    email = record.entity.text("email").lower()
    return [*([f"mailto:{email}"] if email else []), *(each for each in record.entity.aliases if ":" in each)]


def _duty(key: str, covered: Covered, person: Person, reader: Reader, question: Question) -> Duty | None:
    """Return what one policy has of a person, from the first thing that has it; None: it is gone."""
    index = question.index
    record = question.records.record(covered.refs[0])
    found = policies(record.entity.fields.get(FIELD)) if record else ()
    policy = next((each for each in found if each.key == key), None)
    if record is None or policy is None:
        return None
    theirs = tuple(each for each in policy.shifts if _is(reader.person(each), person))
    rota = reader.rota(replace(policy, shifts=theirs, targets={}), record)
    levels = tuple(each for each in rota.levels if each.now or each.next)
    # Whether a plan has run out is seen by everybody's turns.
    rota = replace(rota, levels=levels, freshness=reader.rota(policy, record).freshness)
    nodes = [(ref, index.node(ref)) for ref in covered.refs]
    titles = tuple(ref.name if node is None else index.title(node) for ref, node in nodes)
    return Duty(rota, covered.refs, titles, covered.total - len(covered.refs))


def _is(found: Person | None, person: Person) -> bool:
    return found is not None and found.ref == person.ref


def _begins(rota: Rota) -> str:
    """Return when the first turn begins, for sorting."""
    return min(_times(rota), default="")


def _times(rota: Rota) -> Iterable[str]:
    for level in rota.levels:
        for turn in (*level.now, *level.next):
            yield turn.since.isoformat() if turn.since else ""
