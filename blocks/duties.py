"""What people read of one person's duties: what they are on call for, now and next; for any pen."""

from __future__ import annotations

from datetime import datetime

from blocks import limits, wording
from blocks.oncall import freshness_lines
from blocks.pens import Pen
from domain.oncall import Duties, Duty, Level, Turn
from domain.oncall_plan import HORIZON

SHOWN = 6
_THINGS = 3


def headline(answer: Duties, pen: Pen, now: datetime) -> str:
    """Answer in one line: for what, until when; or for what next."""
    name = pen.person(answer.person) or pen.strong(answer.subject.title)
    current = answer.now
    if len(current) == 1:
        duty = current[0]
        level = duty.rota.first
        turn = level.now[0] if level else None
        return f"{name} is on call for {things(duty, pen)}{_until(turn, pen, now)}"
    if current:
        return f"{name} is on call by {len(current)} policies now"
    if answer.duties:
        duty = answer.duties[0]
        turn = duty.rota.coming[0]
        begins = f", from {pen.time(turn.since, now)}" if turn.since else ""
        return f"{name} is not on call now; next for {things(duty, pen)}{begins}"
    if answer.over:
        return f"Nobody can tell what {name} is on call for"
    return f"{name} is on call for nothing in the next {HORIZON.days} days, as far as the catalog knows"


def things(duty: Duty, pen: Pen) -> str:
    """Name what a policy covers: `Payments API, Ledger and 3 more`."""
    names = [pen.strong(title) for title in duty.titles[:_THINGS]]
    more = duty.more + len(duty.titles) - len(names)
    return f"{', '.join(names)} and {more} more" if more else wording.listed(names)


def duty_lines(duty: Duty, pen: Pen, now: datetime) -> list[str]:
    """Say for what and by which policy, then a line for each level."""
    name = pen.link(duty.rota.url, duty.rota.name) or pen.strong(duty.rota.name)
    lines = [f"{things(duty, pen)}, by {name}"]
    lines += [_level_line(level, pen, now) for level in duty.rota.levels[:_THINGS]]
    return [limits.cut_mrkdwn(line, limits.ROW * 2) for line in lines]


def _level_line(level: Level, pen: Pen, now: datetime) -> str:
    parts = [f"now{_until(turn, pen, now)}" for turn in level.now[:1]]
    parts += [
        f"{'then ' if level.now else ''}from {pen.time(turn.since, now)}{_until(turn, pen, now)}"
        for turn in level.next[:1]
        if turn.since
    ]
    return f"Level {level.number}: {', '.join(parts)}"


def _until(turn: Turn | None, pen: Pen, now: datetime) -> str:
    if turn is None or turn.until is None:
        return ""
    return f" until {'at least ' * turn.cut}{pen.time(turn.until, now)}"


def stamps(answer: Duties, pen: Pen, now: datetime) -> tuple[list[str], list[str]]:
    """Return the warnings and the small print on the snapshots, as `oncall.stamps`."""
    found = [*(duty.rota.freshness for duty in answer.duties), *answer.over]
    return freshness_lines(found, pen, now)
