"""Answers `show …`: the whole record of one thing, and everything that it is related to.

Leaves it to the surface how much of it to show.
"""

from __future__ import annotations

from domain.answers import Ambiguous, Answer, Candidate, Shown, Unclear
from questions.askers import myself, stranger
from questions.filters import is_asker
from questions.owners import owner_of, titles_in
from questions.question import Question
from questions.rotas import on_call_card
from questions.subjects import One, Role, Wanted, resolve

_ORDER = (
    "partOf", "hasPart", "dependsOn", "dependencyOf", "providesApi", "apiProvidedBy", "consumesApi",
    "apiConsumedBy", "ownerOf", "memberOf", "hasMember", "childOf", "parentOf",
)  # fmt: skip
"""The relations in the order of a card; the owner has its own place on it."""


def show(question: Question) -> Answer:
    """Answer with one thing, of whatever kind."""
    index = question.index
    if not question.thing or is_asker(question.thing):
        return _asker(question)
    subject = resolve(question.thing, index, Wanted(Role.ANY, question.form.ask), question.taste)
    if not isinstance(subject, One):
        return subject
    return _card(question, subject)


def _asker(question: Question) -> Answer:
    """Answer with the asker, or with the asker's team."""
    index, name = question.index, question.thing
    node = myself(question.asker, index)
    if node is None:
        return stranger(name or "you")
    if "team" not in name.lower():
        return _card(question, One(node))
    teams = index.related(node, "memberOf").tolist()
    if len(teams) == 1:
        return _card(question, One(teams[0]))
    if not teams:
        problem = f"{index.title(node)} is in no team, as far as the catalog knows"
        return Unclear(name, problem, ("list teams",))
    mine = (Candidate(index.thing(team), "member", f"show {index.ref(team)}") for team in teams)
    return Ambiguous(name, tuple(mine))


def _card(question: Question, subject: One) -> Shown:
    index = question.index
    record = question.record_of(subject.node)
    owner, _, _ = owner_of(record, subject.node, question)
    relations = tuple(
        (relation, index.things(nodes.tolist()))
        for relation in _ORDER
        if len(nodes := index.related(subject.node, relation))
    )
    called = titles_in(record, (), question)
    on_call = on_call_card(subject.node, record, question)
    return Shown(question.subject, record, owner, relations, subject.matched, called, on_call=on_call)
