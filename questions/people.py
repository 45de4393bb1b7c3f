"""Answers `unjoined people`: who could not be joined across tools, why, and what to write to have it so."""

from __future__ import annotations

from domain.answers import Answer
from domain.people_mapping import PeopleBlock, mapped
from domain.persons import KnownPerson, People
from questions.question import Question
from questions.unjoined import Overview

LISTED = 8
"""How many a page has: each takes three lines."""
ASK = "unjoined people"


def unjoined_people(question: Question) -> Answer:
    """Answer with one page of them; what `people:` says of nobody stands on the first."""
    return overview(question.records.people(), question.mapping, question.page, LISTED)


def overview(
    people: list[KnownPerson], mapping: PeopleBlock, page: int = 1, size: int = 0, *, everybody: bool = False
) -> People:
    """Return a page of the unjoined, or with no `size` all of them."""
    found = Overview(people, mapped(mapping))
    alone = found.unjoined()
    size = size or max(1, len(alone))
    pages = max(1, -(-len(alone) // size))
    page = min(max(1, page), pages)
    return People(
        len(people),
        found.tools,
        found.explained(alone[(page - 1) * size : page * size]),
        len(alone),
        found.strays() if page == 1 else (),
        page,
        pages,
        tuple(people) if everybody else (),
    )
