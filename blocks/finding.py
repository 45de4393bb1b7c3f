"""The sentences of a search: how much was found, and by what each thing was."""

from __future__ import annotations

from blocks import limits, lists
from blocks.pens import Pen
from domain.finding import Hit, Search

_BY = {
    "name": "its name",
    "title": "its title",
    "alias": "another name of it",
    "prefix": "begins so",
    "words": "has the words",
    "typo": "is spelt nearly so",
}


def headline(answer: Search, pen: Pen) -> str:
    """Say how many things the words lead to."""
    things = "1 thing" if answer.total == 1 else f"{answer.total:,} things"
    things += " and more" if answer.more else ""
    nearly = " nearly" if answer.hits and all(hit.by == "typo" for hit in answer.hits) else ""
    leads = "is" if answer.total == 1 else "are"
    found = pen.text(answer.words, 160)
    if nearly:
        return f"Nothing is called “{found}”; {things} {leads} spelt nearly so."
    return f"{things} for “{found}”."


def row(hit: Hit, pen: Pen) -> str:
    """Say what a thing is, whose, and by what it was found."""
    by = hit.said or _BY.get(hit.by, hit.by)
    return f"{lists.place(hit.thing, pen)} · {pen.text(by, 2 * limits.NAME)}"
