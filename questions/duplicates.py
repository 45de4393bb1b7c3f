"""Answers `suggestions`: pairs of things that may be one, and what people decided last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.answers import Answer
from domain.refs import parse_ref
from domain.sources import Suggestion
from domain.syncs import Pair, Suggestions
from questions.question import Question

LISTED = 6
"""How many a message shows: each has three buttons."""
_DECIDED = 3
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def suggestions(question: Question) -> Answer:
    """Answer with the open ones, the likest first."""
    found = question.records.suggestions()
    decided = [each for each in question.records.suggestions(decided=True) if each.decided_at is not None]
    decided.sort(key=lambda each: each.decided_at or _LONG_AGO, reverse=True)
    shown = found[:LISTED]
    return Suggestions(
        tuple(_pairs(shown, question)),
        len(found) - len(shown),
        tuple(_pairs(decided[:_DECIDED], question)),
    )


def _pairs(found: Iterable[Suggestion], question: Question) -> Iterable[Pair]:
    index = question.index
    for each in found:
        one, other = parse_ref(each.one), parse_ref(each.other)
        node = index.node(one)
        kind = one.kind.capitalize() if node is None else index.thing(node).kind
        yield Pair(each, one.short, other.short, kind)
