"""Answers `who owns …`: the owner, how to reach it, and how we know.

Decides no ownership: which claim wins is settled in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.answers import Answer, Found, Missing, Owner, Thing
from domain.entities import Fact, Record
from domain.errors import BadRef
from domain.refs import Ref, parse_ref
from questions.paths import is_file_page, owned_path, unknown_file
from questions.question import Question
from questions.rotas import on_call_card
from questions.subjects import One, Role, Wanted, resolve

_DOUBTFUL = ("prefix", "words", "typo")
"""Ways in which words lead to a thing without being its name."""


def who_owns(question: Question) -> Answer:
    """Answer for one thing or a file; for a team or a person, that it answers for itself."""
    if is_file_page(question.thing) and (page := owned_path(question)) is not None:
        return page
    subject = resolve(
        question.thing,
        question.index,
        Wanted(Role.OWNED, question.form.ask, same_owner_will_do=True, surely=question.surely),
        question.taste,
    )
    doubtful = isinstance(subject, Missing) or (isinstance(subject, One) and subject.matched in _DOUBTFUL)
    if doubtful and (file := owned_path(question)) is not None:
        return file  # nothing is called just so: a file may be
    if isinstance(subject, Missing):
        return unknown_file(question, subject)
    if not isinstance(subject, One):
        return subject
    record = question.record_of(subject.node)
    owner, evidence, inherited_from = owner_of(record, subject.node, question)
    called = titles_in(record, evidence, question)
    renamed = _renamed(evidence, question)
    return Found(
        question.subject, record, owner, evidence, subject.matched, inherited_from, called, renamed,
        on_call=on_call_card(subject.node, record, question),
    )  # fmt: skip


def _renamed(facts: Iterable[Fact], question: Question) -> dict[str, str]:
    """Return the former refs by which facts name an owner, and that owner's ref of today."""
    found: dict[str, str] = {}
    for text in {str(fact.value) for fact in facts}:
        ref = ref_of(text, "group")
        node = None if ref is None else question.index.node(ref)
        if node is not None and question.index.ref(node) != ref:
            found[text] = str(question.index.ref(node))
    return found


def titles_in(record: Record, facts: Iterable[Fact], question: Question) -> dict[str, str]:
    """Return the titles of a thing's system and of the owners that facts name, by how they are written."""
    named = [(record.entity.text("system"), "system"), *((str(fact.value), "group") for fact in facts)]
    titles: dict[str, str] = {}
    for text, kind in named:
        ref = ref_of(text, kind)
        node = None if ref is None else question.index.node(ref)
        if node is not None:
            titles[text] = question.index.title(node)
    return titles


def owner_of(
    record: Record, node: int, question: Question
) -> tuple[Owner | None, tuple[Fact, ...], Thing | None]:
    """Return the owner of a thing, the facts that say so, and from where it is inherited."""
    entity, index = record.entity, question.index
    if index.can_own[node]:
        return index.owner(entity.ref), record.facts_on("owner"), None
    named = ref_of(entity.text("owner"), "group")
    if named is not None:
        return _reachable(index.owner(named), record), record.facts_on("owner"), None
    above = index.inherits_from(node)
    inherited = None if above is None else index.owner_of(node)
    if above is None or inherited is None:
        return None, record.facts_on("owner"), None
    return (
        _reachable(index.owner(index.ref(inherited)), record),
        question.record_of(above).facts_on("owner"),
        index.thing(above),
    )


def ref_of(text: str, kind: str) -> Ref | None:
    """Return what a field names, of that kind unless it says another; None where it names nothing."""
    try:
        return parse_ref(text, kind) if text else None
    except BadRef:
        return None


def _reachable(owner: Owner, record: Record) -> Owner:
    """Fall back on the thing's own channel where its team has none."""
    if owner.known and not owner.channel and owner.ref.kind == "group":
        return replace(
            owner,
            channel=record.entity.text("channel"),
            slack_channel_id=record.entity.text("slack_channel_id"),
        )
    return owner
