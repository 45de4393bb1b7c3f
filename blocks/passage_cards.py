"""Cards on documentation: the first line answers, then the passage, then where else to look."""

from __future__ import annotations

from datetime import datetime

from blocks import kit, limits, names, passages, wording
from blocks.cards import share_button
from blocks.pens import Pen
from blocks.sentences import OWNERS
from domain.answers import Thing
from domain.passages import Passages, Shelf


def found(answer: Passages, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `docs <words>`."""
    first = [passages.headline(answer, pen), *passages.empty_lines(answer, pen)]
    hits = answer.hits
    if answer.answered:
        first += [passages.place(hits[0].passage, pen), *passages.warnings(answer, pen, now)]
    blocks = [kit.section(*(limits.cut_mrkdwn(line, limits.LINE) for line in first))]
    if answer.answered:
        quoted = passages.quotation(hits[0].passage, answer.terms, pen)
        blocks += [kit.section(*quoted)] if quoted else []
        hits = hits[1:]
    if more := passages.more_lines(hits, pen):
        blocks.append(kit.section(*(f"• {line}" for line in more)))
    if small := list(passages.small_print(answer, pen, now)):
        blocks.append(kit.context(*small))
    thing = answer.hits[0].thing if answer.answered else answer.subject
    return blocks + kit.actions(names.STEPS, [*_steps(thing, shelf=True), *share_button(share)])


def shelf(answer: Shelf, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `docs for <thing>`."""
    first = [passages.shelf_headline(answer, pen, now), *passages.shelf_advice(answer, pen)]
    blocks = [kit.section(*(limits.cut_mrkdwn(line, limits.LINE) for line in first))]
    if answer.matched:
        blocks.append(kit.context(pen.text(wording.match_words(answer.matched, answer.words), 200)))
    if len(answer.pages) > 1:
        lines = [
            f"• {passages.page_line(page, answer.subject, pen, now)}"
            for page in answer.pages[: passages.SHOWN_PAGES]
        ]
        count = limits.fit(lines, limits.SECTION_TEXT)
        blocks += [kit.section(*lines[:count])] if count else []
        if (more := len(answer.pages) - count) > 0:
            search = pen.code(f"docs {answer.subject.name} …")
            blocks.append(kit.context(f"and {more} more; {search} searches all"))
    if asked := list(passages.ask(answer, pen)):
        blocks.append(kit.context(*asked))
    return blocks + kit.actions(
        names.STEPS, [*_steps(answer.subject, shelf=not answer.pages), *share_button(share)]
    )


def _steps(thing: Thing | None, *, shelf: bool) -> list[kit.Block]:
    if thing is None:
        return []
    title = limits.cut(thing.title, 40)
    steps = [kit.button(f"Show {title}", f"show {thing.ref}")]
    if thing.ref.kind not in OWNERS:
        steps.append(kit.button(f"Who owns {title}?", f"who owns {thing.ref}"))
    if shelf:
        steps.append(kit.button(f"Docs for {title}", f"docs for {thing.ref}"))
    return steps
