"""Answers `show …`: the whole record of one thing, and everything that it is related to.

Leaves it to the surface how much of it to show.
"""

from __future__ import annotations

from domain.answers import Answer, Shown
from questions.owners import owner_of
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve

_ORDER = (
    "partOf", "hasPart", "dependsOn", "dependencyOf", "providesApi", "apiProvidedBy", "consumesApi",
    "apiConsumedBy", "ownerOf", "memberOf", "hasMember", "childOf", "parentOf",
)  # fmt: skip
"""The relations in the order of a card; the owner has its own place on it."""


def show(question: Question) -> Answer:
    """Answer with one thing, of whatever kind."""
    subject = resolve(question.thing, question.index, Wanted(Role.ANY, question.form.ask))
    if not isinstance(subject, One):
        return subject
    index = question.index
    record = question.record_of(subject.node)
    owner, _, _ = owner_of(record, subject.node, question)
    relations = tuple(
        (relation, index.things(nodes.tolist()))
        for relation in _ORDER
        if len(nodes := index.related(subject.node, relation))
    )
    return Shown(question.thing, record, owner, relations, subject.matched)
