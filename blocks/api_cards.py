"""Operations of APIs as cards and as lines for a terminal."""

from __future__ import annotations

from blocks import apis, kit, limits, names
from blocks.cards import share_button
from blocks.pens import Pen, Terminal
from domain.apis import OperationPart, Operations

_BODY_TEXT = limits.MESSAGE_TEXT - 5_000
_BODY_BLOCKS = limits.MESSAGE_BLOCKS - 8
_TERMINAL = Terminal()


def operations(answer: Operations, pen: Pen, share: str | None) -> list[kit.Block]:
    """Show one page of operations, what describes them, and the way to the other pages."""
    blocks = [kit.section(limits.cut_mrkdwn(apis.headline(answer, pen), limits.LINE))]
    about = [line for line in (apis.matched(answer, pen), *apis.description_lines(answer, pen)) if line]
    if about:
        blocks.append(kit.context(*about))
    body, left_out = _body(answer, pen)
    blocks += body
    small = [f"and {left_out} more on this page: add words to narrow it down"] if left_out else []
    if answer.pages > 1:
        small.append(f"Page {answer.page} of {answer.pages} · {answer.total} in all")
    small += apis.advice(answer, pen)
    if small:
        blocks.append(kit.context(*small))
    return blocks + kit.actions(names.STEPS, [*_pages(answer), *_steps(answer), *share_button(share)])


def _body(answer: Operations, pen: Pen) -> tuple[list[kit.Block], int]:
    """Return the operations as blocks, and how many had no room."""
    blocks: list[kit.Block] = []
    room, left_out = _BODY_TEXT, 0
    for part in answer.parts:
        rows = _rows(answer, part, pen)
        heading = [f"*{pen.text(part.heading)}*"] if _headed(answer, part) else []
        lines = [*heading, *(line for row in rows for line in row)]
        fit = limits.fit(lines, min(limits.SECTION_TEXT, room)) if len(blocks) < _BODY_BLOCKS else 0
        if fit:
            blocks.append(kit.section(*lines[:fit]))
            room -= sum(map(len, lines[:fit])) + fit
        left_out += max(0, min(len(rows), (len(lines) - fit) // max(1, len(rows[0]) if rows else 1)))
    return blocks, left_out


def _headed(answer: Operations, part: OperationPart) -> bool:
    """Tell whether a part needs its heading: the one API that serves a path is in the first line."""
    return bool(part.heading) and not (answer.subject is None and len(answer.parts) == 1)


def _rows(answer: Operations, part: OperationPart, pen: Pen) -> list[list[str]]:
    full = answer.total <= apis.IN_FULL
    found = []
    for served in part.operations:
        first, *more = apis.operation_lines(served, pen, full=full)
        found.append([f"• {first}", *(f"    {line}" for line in more)])
    return found


def _pages(answer: Operations) -> list[kit.Block]:
    if not answer.ask:
        return []
    near = (("Previous page", answer.page - 1), ("Next page", answer.page + 1))
    return [
        kit.button(label, f"{answer.ask} page {page}") for label, page in near if 1 <= page <= answer.pages
    ]


def _steps(answer: Operations) -> list[kit.Block]:
    if answer.subject is None:
        first = next((each for part in answer.parts for each in part.operations), None)
        if first is None:
            return []
        return [kit.button(f"All of {limits.cut(first.thing.title, 40)}", f"api {first.thing.ref}")]
    title = limits.cut(answer.subject.title, 40)
    whole = [kit.button(f"All of {title}", f"api {answer.subject.ref}")] if answer.searched else []
    return [*whole, kit.button(f"Who owns {title}?", f"who owns {answer.subject.ref}")]


def lines(answer: Operations) -> list[str]:
    """Return the answer as lines for a terminal."""
    pen = _TERMINAL
    told = [apis.headline(answer, pen)]
    if said := apis.matched(answer, pen):
        told.append(f"  {said}")
    told += [f"  {line}" for line in apis.description_lines(answer, pen)]
    for part in answer.parts:
        if _headed(answer, part):
            told.append(f"  {pen.text(part.heading)}:")
        for served in part.operations:
            first, *more = apis.operation_lines(served, pen, full=answer.total <= apis.IN_FULL)
            told += [f"    {first}", *(f"      {line}" for line in more)]
    if answer.pages > 1:
        again = pen.code(f"{answer.ask} page {answer.page + 1}") if answer.page < answer.pages else ""
        told.append(
            f"  page {answer.page} of {answer.pages}{f'; next: {again}' if again and answer.ask else ''}"
        )
    return [*told, *(f"  {line}" for line in apis.advice(answer, pen))]
