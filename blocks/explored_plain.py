"""Text for what walks, searches and histories come to: the answer in the first line, then its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blocks import audit, finding, impact, wording
from blocks.pens import Terminal
from domain.answers import Explored
from domain.audit import Audit
from domain.finding import Search
from domain.impact import Dependence, Impact

_PEN = Terminal()
_COLUMN = 44


def lines_for(answer: Explored, now: datetime) -> list[str]:
    """Render one of these answers as lines."""
    match answer:
        case Impact():
            return _impact(answer)
        case Dependence():
            return [impact.answered(answer, _PEN), *(f"  {line}" for line in impact.step_lines(answer, _PEN))]

        case Search():
            rows = [(_PEN.strong(hit.thing.title), finding.row(hit, _PEN)) for hit in answer.hits]
            more = next_page(answer.ask, answer.page, answer.pages)
            return [finding.headline(answer, _PEN), *columns(rows), *more]
        case Audit():
            return _audit(answer, now)


def _audit(answer: Audit, now: datetime) -> list[str]:
    lines = [audit.headline(answer, _PEN, now)]
    if answer.matched:
        lines.append(f"  {_PEN.text(wording.match_words(answer.matched, answer.words), 200)}")
    for act in answer.acts:
        lines.append(f"  {audit.heading(act, answer, _PEN, now)}")
        lines += [f"    {line}" for line in audit.detail_lines(act, answer, _PEN)]
    advice = audit.advice(answer, _PEN)
    return [*lines, *([advice] if advice else []), *next_page(answer.ask, answer.page, answer.pages)]


def _impact(answer: Impact) -> list[str]:
    warn = impact.warn_line(answer, _PEN)
    lines = [impact.headline(answer, _PEN), *([f"  Warn {warn}"] if warn else [])]
    lines += [f"  {line}" for line in impact.small_print(answer, _PEN)]
    for group in answer.groups:
        lines.append(f"{impact.group_heading(group, _PEN)}:")
        lines += columns([(_PEN.strong(row.thing.title), impact.row(row, _PEN)) for row in group.rows])
    return [*lines, *next_page(answer.ask, answer.page, answer.pages)]


def columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return two columns, the first one as wide as its longest usual text."""
    width = min(max((len(left) for left, _ in rows), default=0), _COLUMN)
    return [f"  {left:<{width}}  {right}" for left, right in rows]


def next_page(ask: str, page: int, pages: int) -> list[str]:
    """Say how to get the next page, where there is one."""
    return [f"Page {page} of {pages}; next: {_PEN.code(ask)} page {page + 1}"] if page < pages else []
