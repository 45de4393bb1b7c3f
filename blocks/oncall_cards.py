"""Cards on on-call duty: the first line answers, then each policy level by level, then how old that is."""

from __future__ import annotations

from datetime import datetime

from blocks import duties, kit, limits, names, oncall, wording
from blocks.cards import share_button
from blocks.pens import Pen
from blocks.sentences import OWNERS, asked_here
from domain.answers import Thing
from domain.oncall import Duties, OnCall


def blocks_for(answer: OnCall | Duties, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Render either answer."""
    if isinstance(answer, OnCall):
        return on_call(answer, pen, now, share)
    return duties_of(answer, pen, now, share)


def on_call(answer: OnCall, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `who is on call for …`."""
    warnings, small = oncall.stamps(answer, pen, now)
    first = [oncall.headline(answer, pen, now), *warnings]
    advice = list(oncall.advice(answer, pen))
    if not answer.covered:
        first += advice
    blocks = [kit.section(*(limits.cut_mrkdwn(line, limits.LINE) for line in first))]
    if answer.matched:
        blocks.append(kit.context(_matched(answer.matched, answer.words, pen)))
    if answer.place is not None:
        blocks.append(kit.context(asked_here(answer.place, pen)))
    of = oncall.whose(answer, pen)
    for rota in answer.rotas[: oncall.SHOWN_ROTAS]:
        blocks.append(kit.section(*oncall.rota_lines(rota, of, pen, now)))
    if (more := len(answer.rotas) - oncall.SHOWN_ROTAS) > 0:
        blocks.append(kit.context(f"and {wording.plural(more, 'more policy', 'more policies')}"))
    if small_print := [*small, *(advice if answer.covered else [])]:
        blocks.append(kit.context(*small_print))
    return blocks + kit.actions(names.STEPS, [*_steps(answer.subject), *share_button(share)])


def duties_of(answer: Duties, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `what is … on call for`."""
    warnings, small = duties.stamps(answer, pen, now)
    first = [duties.headline(answer, pen, now), *warnings]
    blocks = [kit.section(*(limits.cut_mrkdwn(line, limits.LINE) for line in first))]
    if answer.matched:
        blocks.append(kit.context(_matched(answer.matched, answer.words, pen)))
    shown = answer.duties[: duties.SHOWN]
    blocks += [kit.section(*duties.duty_lines(duty, pen, now)) for duty in shown]
    if (more := len(answer.duties) - len(shown)) > 0:
        blocks.append(kit.context(f"and {wording.plural(more, 'more policy', 'more policies')}"))
    if small:
        blocks.append(kit.context(*small))
    asks = dict.fromkeys((duty.covers[0], duty.titles[0]) for duty in shown if duty.covers and duty.titles)
    steps = [
        kit.button(f"Who else is on call for {limits.cut(title, 40)}?", f"who is on call for {ref}")
        for ref, title in list(asks)[:2]
    ]
    return blocks + kit.actions(names.STEPS, [*steps, *_steps(answer.subject), *share_button(share)])


def _matched(matched: str, words: str, pen: Pen) -> str:
    said = pen.text(wording.match_words(matched, words), 200)
    return said[:1].upper() + said[1:]


def _steps(thing: Thing) -> list[kit.Block]:
    title = limits.cut(thing.title, 40)
    if thing.ref.kind in OWNERS:
        return [kit.button(f"What does {title} own?", f"what does {thing.ref} own")]
    return [kit.button(f"Who owns {title}?", f"who owns {thing.ref}")]
