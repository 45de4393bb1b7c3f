"""On-call duty as lines for a terminal: the same sentences as in Slack."""

from __future__ import annotations

from datetime import datetime

from blocks import duties, oncall, wording
from blocks.pens import Terminal
from blocks.sentences import asked_here
from domain.oncall import Duties, OnCall

_PEN = Terminal()


def lines_for(answer: OnCall | Duties, now: datetime) -> list[str]:
    """Render either answer."""
    return on_call(answer, now) if isinstance(answer, OnCall) else duties_of(answer, now)


def on_call(answer: OnCall, now: datetime) -> list[str]:
    """Answer `who is on call for …`."""
    warnings, small = oncall.stamps(answer, _PEN, now)
    matched = [_PEN.text(wording.match_words(answer.matched, answer.words), 200)] if answer.matched else []
    of = oncall.whose(answer, _PEN)
    rotas = [oncall.rota_lines(rota, of, _PEN, now) for rota in answer.rotas[: oncall.SHOWN_ROTAS]]
    more = len(answer.rotas) - len(rotas)
    rest = [f"and {wording.plural(more, 'more policy', 'more policies')}"] if more > 0 else []
    advice = list(oncall.advice(answer, _PEN))
    place = [asked_here(answer.place, _PEN)] if answer.place is not None else []
    under = [*place, *warnings, *matched, *([] if answer.covered else advice)]
    below = [*rest, *small, *(advice if answer.covered else [])]
    return [oncall.headline(answer, _PEN, now), *_indented(under), *_nested(rotas), *_indented(below)]


def duties_of(answer: Duties, now: datetime) -> list[str]:
    """Answer `what is … on call for`."""
    warnings, small = duties.stamps(answer, _PEN, now)
    matched = [_PEN.text(wording.match_words(answer.matched, answer.words), 200)] if answer.matched else []
    told = [duties.duty_lines(duty, _PEN, now) for duty in answer.duties[: duties.SHOWN]]
    more = len(answer.duties) - len(told)
    rest = [f"and {wording.plural(more, 'more policy', 'more policies')}"] if more > 0 else []
    first = duties.headline(answer, _PEN, now)
    return [first, *_indented([*warnings, *matched]), *_nested(told), *_indented([*rest, *small])]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _nested(parts: list[list[str]]) -> list[str]:
    return [f"{'    ' if at else '  '}{line}" for part in parts for at, line in enumerate(part)]
