"""Finds who says that one thing depends on another: the facts behind each row of a listing.

Reads the records of the rows on one page, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from domain.answers import Listing
from domain.entities import RELATION_FIELDS, Fact, Record
from domain.errors import BadRef, StoreError
from domain.refs import Ref, parse_ref
from questions.question import Question

FORWARD = ("dependsOn", "consumesApis")
"""The fields in which a thing says what it needs."""
BACKWARD = ("dependencyOf",)
"""The field in which a thing says what needs it."""


Edges = Mapping[Ref, tuple[Fact, ...]]


def with_edges(listing: Listing, find: Callable[[Listing], Edges]) -> Listing:
    """Return a listing with the facts behind its rows; without them while the store cannot be reached."""
    try:
        return replace(listing, edges=find(listing)) if listing.total else listing
    except StoreError:
        return listing


def needed_by(question: Question, node: int, listing: Listing) -> Edges:
    """Return for each row the facts that say that it needs the thing, or an API that the thing provides."""
    index = question.index
    wanted = {node, *index.related(node, "providesApi").tolist()}
    own = question.record_of(node)
    rows = _rows(question, listing)
    return {
        ref: (*naming(question, record, FORWARD, wanted), *naming(question, own, BACKWARD, {row}))
        for ref, (row, record) in rows.items()
    }


def needs(question: Question, node: int, listing: Listing) -> Edges:
    """Return for each row the facts that say that the thing needs it."""
    own = question.record_of(node)
    rows = _rows(question, listing)
    return {
        ref: (*naming(question, own, FORWARD, {row}), *naming(question, record, BACKWARD, {node}))
        for ref, (row, record) in rows.items()
    }


def _rows(question: Question, listing: Listing) -> Mapping[Ref, tuple[int, Record | None]]:
    """Return the node of each row and what the store holds on it; None: only others speak of it."""
    refs = [row.ref for section in listing.sections for row in section.rows]
    records = question.records.records_of(refs)
    nodes = {ref: question.index.node(ref) for ref in refs}
    return {ref: (node, records.get(ref)) for ref, node in nodes.items() if node is not None}


def naming(
    question: Question, record: Record | None, fields: Iterable[str], wanted: set[int]
) -> tuple[Fact, ...]:
    """Return the facts in whose list one of the wanted things stands, each source once."""
    found: dict[str, Fact] = {}
    facts = () if record is None else [fact for name in fields for fact in record.facts_on(name)]
    for fact in facts:
        if wanted & _nodes(question, fact):
            found.setdefault(fact.source, fact)
    return tuple(found.values())


def _nodes(question: Question, fact: Fact) -> set[int]:
    kind = RELATION_FIELDS[fact.field].kind
    texts = fact.value if isinstance(fact.value, list) else ()
    nodes = (_node(question, each, kind) for each in texts if isinstance(each, str))
    return {each for each in nodes if each is not None}


def _node(question: Question, text: str, kind: str | None) -> int | None:
    try:
        return question.index.node(parse_ref(text, kind))
    except BadRef:
        return None
