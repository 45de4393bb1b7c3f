"""Answers `audit …` and `what changed this week`: who did what when, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.answers import Answer, Thing, Unclear
from domain.audit import Act, Acts, Audit
from domain.entities import KINDS, RELATION_FIELDS, Json
from domain.refs import Ref
from questions.addresses import read_address
from questions.nouns import readings
from questions.owners import ref_of
from questions.patterns import Words
from questions.question import Question
from questions.spans import EXAMPLES, read_since, split
from questions.subjects import One, Role, Subject, Wanted, resolve
from questions.wording import join

PAGE = 10
"""Acts of a page: each has lines of its own for what it changed."""
RECENT = timedelta(days=7)
"""How far back is looked over everything when nobody says how far."""

_NO_NAME = frozenset(("last", "been", "ever", "recently", "lately"))
"""Words at the end of a subject that belong to the question: `when was payments last changed`."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What is to be looked at."""

    ref: Ref | None
    subject: Thing | None
    words: str
    ask: str
    """Without the time."""
    matched: str = ""


def audit(question: Question) -> Answer:
    """Answer for one thing, also one that has left the catalog."""
    words, span = split(question.slots["thing"])
    since = _since(span, question)
    if isinstance(since, Unclear):
        return since
    while len(words) > 1 and words[-1].plain in _NO_NAME:
        words = words[:-1]
    if not words:
        return audit_of_all(question, span)
    name = join(words)
    subject = resolve(name, question.index, Wanted(Role.ANY, question.form.ask))
    sure = isinstance(subject, One) and subject.matched in ("", "alias")
    gone = None if sure else _gone(name, question)
    if gone is None and not isinstance(subject, One):
        return subject
    meant = _meant(subject, gone, read_address(name).shown, question)
    return _answer(meant, since, span, question)


def audit_of_all(question: Question, span: Words = ()) -> Answer:
    """Answer with the latest change sets over everything."""
    span = span or question.slots.get("span", ())
    since = _since(span, question) or question.clock() - RECENT
    if isinstance(since, Unclear):
        return since
    return _answer(
        _Meant(None, None, "", "what changed" if span else "recent changes"), since, span, question
    )


def _since(span: Words, question: Question) -> datetime | Unclear | None:
    if not span:
        return None
    since = read_since(span, question.clock())
    if isinstance(since, str):
        return Unclear(question.words, since, tuple(f"what changed {each}" for each in EXAMPLES))
    return since


def _meant(subject: Subject, gone: Ref | None, words: str, question: Question) -> _Meant:
    if gone is not None or not isinstance(subject, One):
        ref = gone or Ref("component", "default", words)
        thing = Thing(ref, ref.name, ref.name, ref.kind.capitalize())
        return _Meant(ref, thing, words, question.form.ask.format(ref))
    ref, thing = question.index.ref(subject.node), question.index.thing(subject.node)
    return _Meant(ref, thing, words, question.form.ask.format(ref), subject.matched)


def _gone(name: str, question: Question) -> Ref | None:
    """Return the ref of what was called exactly so, was in the catalog, and is in it no more."""
    for _, text in readings(name):
        for kind in ("component",) if ":" in text else [each.lower() for each in KINDS]:
            ref = ref_of(text, kind)
            if ref and question.index.node(ref) is None and question.records.audited(ref, None, 1, 0).total:
                return ref
    return None


def _answer(meant: _Meant, since: datetime | None, span: Words, question: Question) -> Audit:
    page = max(1, question.page)
    found = question.records.audited(meant.ref, since, PAGE, (page - 1) * PAGE)
    pages = max(1, -(-found.total // PAGE))
    if page > pages:
        page = pages
        found = question.records.audited(meant.ref, since, PAGE, (page - 1) * PAGE)
    return Audit(
        meant.words,
        meant.subject,
        found.acts,
        found.total,
        _called(found, question),
        since,
        meant.matched,
        page,
        pages,
        " ".join((meant.ask, join(span))).strip(),
    )


def _called(found: Acts, question: Question) -> dict[str, str]:
    """Return what people call the actors, and the things that relations name."""
    actors = {act.actor: _actor(act.actor, question) for act in found.acts}
    refs = {text: _title(text, kind, question) for act in found.acts for text, kind in _named(act)}
    return {key: title for key, title in {**refs, **actors}.items() if title}


def _named(act: Act) -> Iterator[tuple[str, str]]:
    for change in act.fields:
        spec = RELATION_FIELDS.get(change.field)
        if spec is not None:
            yield from ((text, spec.kind or "component") for text in _texts((change.before, change.after)))


def _texts(values: Iterable[Json]) -> Iterator[str]:
    for value in values:
        each: Sequence[Json] = value if isinstance(value, list) else (value,)
        yield from (text for text in each if isinstance(text, str))


def _title(text: str, kind: str, question: Question) -> str:
    ref = ref_of(text, kind)
    node = None if ref is None else question.index.node(ref)
    return "" if node is None else question.index.title(node)


def _actor(actor: str, question: Question) -> str:
    """Return a person's title for their ref or Slack id; empty text where there is nothing better to say."""
    how, colon, who = actor.partition(":")
    if how == "cli" and colon:
        return f"{who} (command line)"
    if how == "slack" and colon:
        nodes = question.index.names.by_alias(actor.lower())
        return question.index.title(nodes[0]) if len(nodes) == 1 else ""
    return _title(actor, "user", question) if colon else ""
