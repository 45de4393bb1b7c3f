"""Documentation as lines for a terminal: the same sentences as in Slack."""

from __future__ import annotations

from datetime import datetime

from blocks import passages, wording
from blocks.pens import Terminal
from domain.passages import Passages, Shelf

_PEN = Terminal()


def found(answer: Passages, now: datetime) -> list[str]:
    """Answer `docs <words>`."""
    hits = answer.hits
    lines = list(passages.empty_lines(answer, _PEN))
    if answer.answered:
        first = hits[0].passage
        lines += [passages.place(first, _PEN), *passages.warnings(answer, _PEN, now)]
        lines += [f"  {line}" for line in passages.quotation(first, answer.terms, _PEN)]
        hits = hits[1:]
    lines += passages.more_lines(hits, _PEN)
    lines += passages.small_print(answer, _PEN, now)
    return [passages.headline(answer, _PEN), *(f"  {line}" for line in lines)]


def shelf(answer: Shelf, now: datetime) -> list[str]:
    """Answer `docs for <thing>`."""
    matched = [_PEN.text(wording.match_words(answer.matched, answer.words), 200)] if answer.matched else []
    listed = answer.pages[: passages.SHOWN_PAGES] if len(answer.pages) > 1 else ()
    more = len(answer.pages) - passages.SHOWN_PAGES
    lines = [
        *passages.shelf_advice(answer, _PEN),
        *matched,
        *(passages.page_line(page, answer.subject, _PEN, now) for page in listed),
        *([f"and {more} more"] if more > 0 else []),
        *passages.ask(answer, _PEN),
    ]
    return [passages.shelf_headline(answer, _PEN, now), *(f"  {line}" for line in lines)]
