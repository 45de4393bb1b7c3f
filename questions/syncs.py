"""Answers on sources: how they stand, what a change set did, and what somebody wants done.

Does nothing itself: what is to be done is an `Intended`, which the surface has carried out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.answers import Answer, Listing, Section, Thing, Unclear
from domain.changes import ChangeSet
from domain.clock import age_in_words
from domain.refs import Ref
from domain.syncs import CHECK, DRY_RUN, EVERY, FORCE, FULL, SYNC, UNDO, Intended, Sources
from questions.pages import PAGE
from questions.patterns import Words
from questions.question import Question
from questions.wording import join

_OPTIONS = {
    FULL: re.compile(r"(?:--)?(?:full|fully|complete|completely|everything)"),
    FORCE: re.compile(r"(?:--)?(?:force|forced)"),
    DRY_RUN: re.compile(r"(?:--)?(?:dry|dry-run|dryrun|preview)"),
}
_FILLERS = frozenset(("now", "again", "source", "the", "run", "a", "as", "with"))
_HEADINGS = {
    "created": "Created", "changed": "Changed", "vanished": "No longer seen", "restored": "Seen again",
    "retired": "Retired",
}  # fmt: skip


def sources(question: Question) -> Answer:
    """Answer with how each source stands."""
    return Sources(question.sources(counted=True))


def intend_sync(question: Question) -> Answer:
    """Say that somebody wants a source looked at, and how."""
    words = question.slots["rest"]
    if words[0].plain in ("undo", "changes"):
        return _which(question, f"sync {words[0].plain}")
    options = tuple(
        name for name, spelt in _OPTIONS.items() if any(spelt.fullmatch(each.plain) for each in words[1:])
    )
    named = [each for each in words[1:] if not _says_how(each.plain)]
    if named:
        known = (each.state.name for each in question.sources())
        problem = f"“{join(words)}” is more than a source's name with full, force or dry run behind it."
        return Unclear(question.words, problem, tuple(f"sync {name}" for name in known)[:5])
    return Intended(question.words, SYNC, words[0].typed.lower(), options)


def intend_check(question: Question) -> Answer:
    """Say that somebody wants a source to try what it needs, or all of them."""
    named = [each for each in question.slots.get("rest", ()) if each.plain not in _FILLERS]
    if len(named) > 1:
        known = (each.state.name for each in question.sources())
        problem = f"“{join(named)}” is more than a source's name."
        return Unclear(question.words, problem, tuple(f"sync check {name}" for name in known)[:5])
    return Intended(question.words, CHECK, named[0].typed.lower() if named else EVERY)


def _says_how(plain: str) -> bool:
    return plain in _FILLERS or any(spelt.fullmatch(plain) for spelt in _OPTIONS.values())


def intend_undo(question: Question) -> Answer:
    """Say that somebody wants a change set taken back, and what it did."""
    found = _change_set(question, "sync undo")
    if not isinstance(found, ChangeSet):
        return found
    return Intended(question.words, UNDO, str(found.number), about=_about(found, question))


def changes(question: Question) -> Answer:
    """Answer with what a change set did, a section for each kind of change."""
    found = _change_set(question, "sync changes")
    if not isinstance(found, ChangeSet):
        return found
    total = sum(count for what, count in found.counts.items() if what in _HEADINGS)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, question.page), pages)
    shown = question.records.change_set(found.number or 0, (page - 1) * PAGE, PAGE) or found
    sections = tuple(
        Section(heading, things)
        for operation, heading in _HEADINGS.items()
        if (
            things := tuple(
                _thing(each.ref, question) for each in shown.changes if each.operation == operation
            )
        )
    )
    ask = f"sync changes {found.number}"
    return Listing(
        f"Change set #{found.number}: {_about(found, question)}", sections, total, page, pages, ask
    )


def _thing(ref: Ref, question: Question) -> Thing:
    node = question.index.node(ref)
    return (
        Thing(ref, ref.name, ref.name, ref.kind.capitalize()) if node is None else question.index.thing(node)
    )


def _about(made: ChangeSet, question: Question) -> str:
    """Return `github, 3 min ago, by schedule: 4 created, 2 changed`."""
    counts = ", ".join(
        f"{count:,} {what}" for what, count in made.counts.items() if count and what in _HEADINGS
    )
    undoes = f", which undid #{made.undoes}" if made.undoes else ""
    when = age_in_words(question.clock() - made.applied_at)
    return f"{made.source}, {when}, by {made.actor}{undoes}: {counts or 'nothing changed'}"


def _change_set(question: Question, ask: str) -> ChangeSet | Answer:
    number = _number(question.slots["rest"])
    if number is None:
        return _which(question, ask)
    found = question.records.change_set(number, limit=0)
    return _which(question, ask, f"There is no change set #{number}.") if found is None else found


def _number(words: Words) -> int | None:
    """Return the number that is named; None when there is not exactly one."""
    found = [each.plain.removeprefix("#") for each in words if re.fullmatch(r"#?\d{1,9}", each.plain)]
    return int(found[0]) if len(found) == 1 else None


def _which(question: Question, ask: str, problem: str = "Which change set? Give its number.") -> Unclear:
    last = (each.state.change_set for each in question.sources() if each.state.change_set)
    numbers: Sequence[int] = sorted(set(last), reverse=True)[:3]
    return Unclear(question.words, problem, (*(f"{ask} {each}" for each in numbers), "sync"))
