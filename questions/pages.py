"""Cuts what was found into pages of headed sections.

Chooses nothing: order and headings come with the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from catalog_store.search.rows import Numbers
from domain.answers import Listing, Section, Thing
from questions.question import Question

PAGE = 20
"""Rows of a page: about a phone's screen."""

Part = tuple[str, Sequence[int] | Numbers]
"""A heading, and the nodes under it."""


def listing(
    question: Question, headline: str, parts: Sequence[Part], ask: str, subject: Thing | None
) -> Listing:
    """Return the page that was asked for; one past the end is the last one."""
    rows = _Rows(parts)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, question.page), pages)
    shown = rows.between((page - 1) * PAGE, page * PAGE)
    sections = tuple(
        Section(heading, question.index.things(node for _, node in group))
        for heading, group in groupby(shown, key=lambda row: row[0])
    )
    return Listing(headline, sections, len(rows), page, pages, ask, subject)


class _Rows:
    """All rows of all parts, numbered through."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(nodes) for _, nodes in self._parts)

    def between(self, first: int, last: int) -> list[tuple[str, int]]:
        """Return (heading, node) for the rows from `first` to before `last`."""
        rows: list[tuple[str, int]] = []
        before = 0
        for heading, nodes in self._parts:
            chosen = nodes[max(0, first - before) : max(0, last - before)]
            rows.extend((heading, int(node)) for node in chosen)
            before += len(nodes)
        return rows
