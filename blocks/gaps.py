"""Answers about what is missing: as a card, as lines for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from blocks import apis, kit, limits, lists, names
from blocks.cards import share_button
from blocks.pens import Pen
from blocks.sentences import asked_here
from domain.clock import age_in_words
from domain.entities import Json
from domain.gaps import Gap, Gaps, Unanswered
from domain.things import Thing

_WORDS = 80
_FLAWS = 2
"""Broken descriptions of one thing that are named."""


def card(answer: Gaps, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Show each gap with the most critical of its things, then what found no answer."""
    blocks = [kit.section(headline(answer, pen))]
    if answer.place is not None:
        blocks.append(kit.context(asked_here(answer.place, pen)))
    for gap in answer.gaps:
        more = gap.total - len(gap.first)
        rows = []
        for each in gap.first:
            rows.append(f"• {pen.strong(each.title)} · {lists.place(each, pen)}".removesuffix(" · "))
            rows += [f"    {line}" for line in _broken(gap, each, pen)]
        rest = [f"and {more:,} more"] if more else []
        blocks.append(kit.section(f"*{pen.text(gap.what)}*: {gap.total:,}", *rows, *rest))
    if answer.unanswered:
        blocks.append(
            kit.section("*Asked, and not answered*", *(_asked(each, pen, now) for each in answer.unanswered))
        )
    buttons = [kit.button(f"All {gap.total:,}: {gap.what}", gap.ask) for gap in answer.gaps if gap.ask]
    if answer.place is not None:
        buttons.append(kit.button("Gaps of the whole catalog", "gaps of everything"))
    buttons += share_button(share)
    return blocks + kit.actions(names.STEPS, buttons)


def headline(answer: Gaps, pen: Pen) -> str:
    """Say how much is missing, and where."""
    where = f"in what {pen.strong(answer.words)} owns" if answer.words else "in the catalog"
    if not answer.gaps:
        return f"Nothing is missing {where}, as far as the catalog can tell."
    return f"{answer.total:,} gap{'' if answer.total == 1 else 's'} {where}:"


def short(answer: Gaps, pen: Pen) -> str:
    """Say how much is missing and what, in one line: `3 gaps: they have no tier (2), …`."""
    named = ", ".join(
        f"{pen.text(each.what)[:1].lower()}{pen.text(each.what)[1:]} ({each.total:,})" for each in answer.gaps
    )
    return f"{answer.total:,} gap{'' if answer.total == 1 else 's'}: {named}"


def lines(answer: Gaps, pen: Pen, now: datetime) -> list[str]:
    """Return it for a terminal."""
    said = [headline(answer, pen)]
    if answer.place is not None:
        said.append(f"  {asked_here(answer.place, pen)}")
    for gap in answer.gaps:
        said.append(f"{pen.text(gap.what)}: {gap.total:,}" + (f"  ({pen.code(gap.ask)})" if gap.ask else ""))
        for each in gap.first:
            said.append(f"  {pen.text(each.title)}  {lists.place(each, pen)}".rstrip())
            said += [f"    {line}" for line in _broken(gap, each, pen)]
        if (more := gap.total - len(gap.first)) > 0:
            said.append(f"  and {more:,} more")
    if answer.unanswered:
        said += ["Asked, and not answered:", *(f"  {_asked(each, pen, now)}" for each in answer.unanswered)]
    return said


def as_json(
    answer: Gaps, thing: Callable[[Thing], Mapping[str, Json]], time: Callable[[datetime | None], Json]
) -> dict[str, Json]:
    """Return it for scripts: `subject` or null, `total`, `gaps` [{what, total, first, ask, broken}], and
    `unanswered`; `broken` says where descriptions of APIs of the first are broken, and why.
    """
    return {
        "subject": thing(answer.subject) if answer.subject else None,
        "place": thing(answer.place) if answer.place else None,
        "total": answer.total,
        "gaps": [_gap(each, thing) for each in answer.gaps],
        "unanswered": [
            {"words": each.words, "count": each.count, "last_at": time(each.last_at)}
            for each in answer.unanswered
        ],
    }


def _gap(gap: Gap, thing: Callable[[Thing], Mapping[str, Json]]) -> dict[str, Json]:
    return {
        "what": gap.what, "total": gap.total, "first": list(map(thing, gap.first)), "ask": gap.ask,
        "broken": [
            {
                "of": str(each.source.ref), "path": each.source.path, "url": each.source.url,
                "line": each.flaw.line, "problem": each.flaw.problem, "remedy": each.flaw.remedy,
                "more": each.more,
            }
            for each in gap.broken
        ],
    }  # fmt: skip


def _broken(gap: Gap, thing: Thing, pen: Pen) -> list[str]:
    """Return where and why the descriptions of a thing are broken: the first flaws, and how many more."""
    its = [each for each in gap.broken if each.source.ref == thing.ref]
    told = []
    for each in its[:_FLAWS]:
        more = f" (and {each.more:,} more in this file)" if each.more else ""
        line = apis.flaw_line(each.flaw, each.source, pen)
        told.append(limits.cut_mrkdwn(f"{line}{more}", limits.OBSERVED))
    return told + ([f"and {len(its) - _FLAWS} more files"] if len(its) > _FLAWS else [])


def _asked(asked: Unanswered, pen: Pen, now: datetime) -> str:
    times = "once" if asked.count == 1 else f"{asked.count:,} times"
    return limits.cut_mrkdwn(
        f"{pen.code(asked.words[:_WORDS])} {times}, last {age_in_words(now - asked.last_at)}", limits.LINE
    )
