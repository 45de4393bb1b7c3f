"""Block Kit for what walks, searches and histories come to. The first line answers the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from blocks import audit, finding, impact, kit, limits, names, wording
from blocks.cards import share_button
from blocks.pens import Pen
from domain.answers import Explored
from domain.audit import Audit
from domain.finding import Hit, Search
from domain.impact import Dependence, Impact

BODY_BLOCKS = limits.MESSAGE_BLOCKS - 6
"""What the first lines, the small print and the buttons leave."""
_BODY_TEXT = limits.MESSAGE_TEXT - 5_000
_LABEL, _OFFERED = 50, 3


def blocks_for(answer: Explored, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Render one of these answers."""
    match answer:
        case Impact():
            return _impact(answer, pen, share)
        case Dependence():
            return _dependence(answer, pen, share)
        case Search():
            return _search(answer, pen, share)
        case Audit():
            return _audit(answer, pen, now, share)


def _impact(answer: Impact, pen: Pen, share: str | None) -> list[kit.Block]:
    warn = impact.warn_line(answer, pen)
    first = [impact.headline(answer, pen), *([f"Warn {warn}"] if warn else [])]
    blocks = [kit.section(*(limits.cut_mrkdwn(line, 2 * limits.LINE) for line in first))]
    blocks.append(
        kit.context(*(limits.cut_mrkdwn(line, limits.LINE) for line in impact.small_print(answer, pen)))
    )
    groups = [
        (
            impact.group_heading(each, pen),
            [f"{pen.strong(row.thing.title)} · {impact.row(row, pen)}" for row in each.rows],
        )
        for each in answer.groups
    ]
    blocks += body(groups)
    if answer.pages > 1:
        blocks.append(kit.context(f"Page {answer.page} of {answer.pages} · {answer.total:,} in all"))
    ref, title = answer.subject.ref, limits.cut(answer.subject.title, _LABEL)
    steps = [
        kit.button(f"What depends on {title}?", f"what depends on {ref}"),
        kit.button(f"Who is on call for {title}?", f"who is on call for {ref}"),
    ]
    near = page_buttons(answer.ask, answer.page, answer.pages)
    return blocks + kit.actions(names.STEPS, [*near, *steps, *share_button(share)])


def _dependence(answer: Dependence, pen: Pen, share: str | None) -> list[kit.Block]:
    lines = impact.step_lines(answer, pen)
    blocks = [kit.section(limits.cut_mrkdwn(impact.answered(answer, pen), 2 * limits.LINE))]
    if lines:
        blocks.append(kit.section(*(f"• {limits.cut_mrkdwn(line, limits.ROW)}" for line in lines)))
    one, other = (limits.cut(each.title, 30) for each in (answer.one, answer.other))
    steps = [
        kit.button(f"What does {one} depend on?", f"what does {answer.one.ref} depend on"),
        kit.button(f"Impact of {other}", f"impact of {answer.other.ref}"),
    ]
    return blocks + kit.actions(names.STEPS, [*steps, *share_button(share)])


def _search(answer: Search, pen: Pen, share: str | None) -> list[kit.Block]:
    rows = [f"{pen.strong(hit.thing.title)} · {finding.row(hit, pen)}" for hit in answer.hits]
    blocks = [kit.section(finding.headline(answer, pen)), *body([("", rows)])]
    if answer.pages > 1:
        blocks.append(kit.context(f"Page {answer.page} of {answer.pages} · {answer.total:,} in all"))
    near = page_buttons(answer.ask, answer.page, answer.pages)
    steps = [_step(hit, answer.words) for hit in answer.hits[:_OFFERED]]
    return blocks + kit.actions(names.STEPS, [*near, *steps, *share_button(share)])


def _step(hit: Hit, words: str) -> kit.Block:
    """Return the way to what was found: the passage where documentation led there."""
    title = limits.cut(hit.thing.title, _LABEL)
    if hit.by == "docs":
        return kit.button(f"Docs of {title}", f"docs {hit.thing.ref} {words}")
    return kit.button(f"Show {title}", f"show {hit.thing.ref}")


def _audit(answer: Audit, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    blocks = [kit.section(limits.cut_mrkdwn(audit.headline(answer, pen, now), limits.LINE))]
    if answer.matched:
        said = pen.text(wording.match_words(answer.matched, answer.words), 200)
        blocks.append(kit.context(said[:1].upper() + said[1:]))
    groups = [
        (audit.heading(act, answer, pen, now), audit.detail_lines(act, answer, pen)) for act in answer.acts
    ]
    blocks += body(groups)
    if advice := audit.advice(answer, pen):
        blocks.append(kit.context(advice))
    if answer.pages > 1:
        blocks.append(kit.context(f"Page {answer.page} of {answer.pages} · {answer.total:,} in all"))
    seen = dict.fromkeys(act.change_set for act in answer.acts if act.change_set is not None)
    steps = [kit.button(f"Change set #{each}", f"sync changes {each}") for each in list(seen)[:_OFFERED]]
    if answer.subject is not None:
        steps.append(
            kit.button(f"Show {limits.cut(answer.subject.title, _LABEL)}", f"show {answer.subject.ref}")
        )
    near = page_buttons(answer.ask, answer.page, answer.pages)
    return blocks + kit.actions(names.STEPS, [*near, *steps, *share_button(share)])


def body(groups: Sequence[tuple[str, Sequence[str]]]) -> list[kit.Block]:
    """Return headed lines as blocks, as many as fit into a message, and how many do not."""
    lines = list(_lines(groups))
    blocks: list[kit.Block] = []
    room = _BODY_TEXT
    while lines and room > 0 and len(blocks) < BODY_BLOCKS:
        count = limits.fit(lines, min(limits.SECTION_TEXT, room))
        if not count:
            break
        blocks.append(kit.section(*lines[:count]))
        room -= sum(map(len, lines[:count])) + count
        del lines[:count]
    left = sum(line.startswith("• ") for line in lines)
    return [*blocks, kit.context(f"and {left} more on this page")] if left else blocks


def _lines(groups: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    for heading, rows in groups:
        if heading:
            yield limits.cut_mrkdwn(heading, limits.ROW)
        for row in rows:
            yield f"• {limits.cut_mrkdwn(row, limits.ROW)}"


def page_buttons(ask: str, page: int, pages: int) -> list[kit.Block]:
    """Return the way to the pages beside this one."""
    near = (("Previous page", page - 1), ("Next page", page + 1))
    return [kit.button(label, f"{ask} page {at}") for label, at in near if ask and 1 <= at <= pages]
