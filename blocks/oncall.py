"""What people read of on-call duty: whose turn it is, who is next, how old that is; for any pen.

Decides the words; the layout is `oncall_cards`' and `plain`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from blocks import limits, wording
from blocks.pens import Pen
from domain.clock import age_in_words
from domain.oncall import (
    OWNED,
    OWNER,
    PARENT,
    PART,
    PARTS,
    PROVIDER,
    Freshness,
    Level,
    OnCall,
    Reach,
    Rota,
    Turn,
)

SHOWN_ROTAS = 4
SHOWN_LEVELS = 4
_PEOPLE = 3
_PROBLEM = 160
_WHOSE = {
    PART: "of the {kind} {name}, which it is a part of",
    PROVIDER: "of {name}, which provides it",
    OWNER: "of its owner {name}",
    PARENT: "of {name}, the team above",
    OWNED: "of {name}, which it owns",
    PARTS: "of its part {name}",
}
_WHOSE_OF_MANY = {OWNED: "of what it owns", PARTS: "of its parts", PROVIDER: "of what provides it"}


def headline(answer: OnCall, pen: Pen, now: datetime) -> str:
    """Answer in one line: who, until when."""
    name = pen.strong(answer.subject.title)
    if not answer.rotas:
        return f"Nobody is known to be on call for {name}"
    if answer.covered:
        people, until = _first_turns(answer, pen, now)
        verb = "is" if len(people) == 1 else "are"
        return f"{wording.listed(people, _PEOPLE)} {verb} on call for {name}{until}{_below(answer)}"
    if _is_unknown(answer):
        return f"Nobody can tell who is on call for {name} now"
    return f"Nobody is on call for {name} now{_coming(answer, pen, now)}"


def _is_unknown(answer: OnCall) -> bool:
    """Tell whether all plans have run out."""
    return all(each.freshness.ended for each in answer.rotas)


def _first_turns(answer: OnCall, pen: Pen, now: datetime) -> tuple[list[str], str]:
    """Return the people of now at the first level of each policy, and until when where that is one time."""
    turns = [turn for rota in answer.rotas if rota.first for turn in rota.first.now]
    ends = {(turn.until, turn.cut) for turn in turns}
    until = _until(turns[0], pen, now) if len(ends) == 1 else ""
    return list(dict.fromkeys(who(turn, pen) for turn in turns)), until


def _below(answer: OnCall) -> str:
    """Say that nobody is at the levels that are asked first; empty where somebody is."""
    rotas = [rota for rota in answer.rotas if rota.first]
    empty = [rota for rota in rotas if rota.first and rota.first.number != rota.levels[0].number]
    if len(rotas) != 1 or not empty or empty[0].first is None:
        return ""
    nobody = "nobody can tell who is" if empty[0].freshness.ended else "nobody is"
    return f", at level {empty[0].first.number}: {nobody} at level {empty[0].levels[0].number}"


def _coming(answer: OnCall, pen: Pen, now: datetime) -> str:
    turns = [turn for rota in answer.rotas for turn in rota.coming if turn.since]
    if not turns:
        return ""
    first = min(turns, key=lambda turn: turn.since or now)
    return f"; {who(first, pen)} is next, from {pen.time(first.since or now, now)}"


def who(turn: Turn, pen: Pen) -> str:
    """Name somebody; with the e-mail where the catalog does not know them."""
    if turn.person is not None:
        return pen.person(turn.person)
    name = pen.text(turn.name) or "somebody without a name"
    return f"{name} ({pen.text(turn.email)})" if turn.email and turn.email != turn.name else name


def _until(turn: Turn, pen: Pen, now: datetime) -> str:
    """Return ` until Mon 9 Mar 09:00 UTC`; empty where there is no end."""
    if turn.until is None:
        return ""
    return f" until {'at least ' * turn.cut}{pen.time(turn.until, now)}"


def whose(answer: OnCall, pen: Pen) -> str:
    """Say whose policies they are, where they are not the thing's own: `of its owner Payments`."""
    if answer.through is None:
        return _WHOSE_OF_MANY.get(answer.via, "")
    kind = wording.kind_word(answer.through.kind, answer.through.type)
    words = _WHOSE.get(answer.via, "of {name}")
    return words.format(kind=pen.text(kind), name=pen.strong(answer.through.title))


def rota_lines(rota: Rota, of: str, pen: Pen, now: datetime) -> list[str]:
    """Say by which policy, then a line for each level."""
    name = pen.link(rota.url, rota.name) or pen.strong(rota.name)
    lines = [" ".join(part for part in (f"By {name}", of) if part)]
    ended = rota.freshness.ended
    lines += [level_line(level, pen, now, ended=ended) for level in rota.levels[:SHOWN_LEVELS]]
    if (more := len(rota.levels) - SHOWN_LEVELS) > 0:
        lines.append(f"and {wording.plural(more, 'more level', 'more levels')}")
    return [limits.cut_mrkdwn(line, limits.ROW * 2) for line in lines]


def level_line(level: Level, pen: Pen, now: datetime, *, ended: bool) -> str:
    """Return `Level 1: Ana Silva until Mon 9 Mar 09:00 UTC, then Bo Li`."""
    first = f"Level {level.number}:"
    then = wording.listed([who(turn, pen) for turn in level.next], _PEOPLE)
    begins = level.next[0].since if level.next else None
    if not level.now:
        if begins is not None:
            return f"{first} nobody now, {then} from {pen.time(begins, now)}"
        if ended:
            return f"{first} its plan has run out"
        asks = wording.listed([pen.text(each) for each in level.targets], _PEOPLE)
        return f"{first} nobody by the plan{f' of {asks}' if asks else ''}"
    line = (
        f"{first} {wording.listed([f'{who(turn, pen)}{_turn_until(turn, pen, now)}' for turn in level.now])}"
    )
    if begins is None:
        return line
    gap = any(turn.until != begins for turn in level.now)
    return f"{line}, then {then}{f' from {pen.time(begins, now)}' if gap else ''}"


def _turn_until(turn: Turn, pen: Pen, now: datetime) -> str:
    return _until(turn, pen, now) or ", always"


def stamps(answer: OnCall, pen: Pen, now: datetime) -> tuple[list[str], list[str]]:
    """Return what must be said of old plans, and what may be said of fresh ones; each source once."""
    return freshness_lines([each.freshness for each in answer.rotas], pen, now)


def freshness_lines(found: list[Freshness], pen: Pen, now: datetime) -> tuple[list[str], list[str]]:
    """Return the warnings and the small print on snapshots, a line for each."""
    warnings = dict.fromkeys(f"{wording.GONE_MARK} {_old(each, pen, now)}" for each in found if each.stale)
    small = dict.fromkeys(
        f"From {_vendor(each, pen)}, read {_age(each, now)}" for each in found if not each.stale
    )
    return list(warnings), list(small)


def _old(each: Freshness, pen: Pen, now: datetime, *, brief: bool = False) -> str:
    why = _why(each, pen, brief=brief)
    if each.ended:
        reason = why or "no later one was read"
        return f"The plan that {_vendor(each, pen)} gave {_age(each, now)} has run out; {reason}"
    return f"From {_vendor(each, pen)} as of {_age(each, now)}; {why}"


def _why(each: Freshness, pen: Pen, *, brief: bool) -> str:
    if each.problem:
        return "it cannot be reached now" + ("" if brief else f" ({pen.text(each.problem, _PROBLEM)})")
    if each.paused:
        return "syncs of it are paused"
    return "it has not been read since" if each.overdue else ""


def _vendor(each: Freshness, pen: Pen) -> str:
    name = wording.vendor_word(each.vendor)
    other = f" ({each.source})" if each.source and each.source.lower() != each.vendor else ""
    return pen.text(f"{name}{other}")


def _age(each: Freshness, now: datetime) -> str:
    return age_in_words(now - each.as_of)


def _stamp(answer: OnCall, pen: Pen, now: datetime) -> str:
    """Return the age of an old plan for the end of a line, without the source's own words; else nothing."""
    old = next((each.freshness for each in answer.rotas if each.freshness.stale), None)
    if old is None:
        return ""
    said = _old(old, pen, now, brief=True)
    return f" · {wording.GONE_MARK} {said[:1].lower()}{said[1:]}"


def line(answer: OnCall | None, pen: Pen, now: datetime) -> str:
    """Say who is on call now in part of a line, for a card; empty where nothing is known."""
    if answer is None or not answer.rotas:
        return ""
    if answer.covered:
        people, until = _first_turns(answer, pen, now)
        said = f"{wording.listed(people, _PEOPLE)}{until}"
    elif _is_unknown(answer):
        said = "nobody can tell"
    else:
        said = f"nobody{_coming(answer, pen, now)}"
    return f"{said}{_stamp(answer, pen, now)}"


def advice(answer: OnCall, pen: Pen) -> Iterator[str]:
    """Say why nobody is named, and where to ask instead."""
    if not answer.rotas:
        yield f"{_no_policy(answer, pen)}."
    if answer.reach is None:
        yield "Nobody owns it, so there is no channel to ask in."
    else:
        yield from reach_lines(answer.reach, pen, urgent=not answer.covered)


def _no_policy(answer: OnCall, pen: Pen) -> str:
    reach = answer.reach
    places = ["it"]
    if reach is not None and reach.team.ref != answer.subject.ref:
        places.append(pen.strong(reach.team.title))
    return f"No source knows of an on-call policy for {' or '.join(places)}"


def reach_lines(reach: Reach, pen: Pen, *, urgent: bool) -> Iterator[str]:
    """Say where the team is reached, and which of its channels is archived."""
    team = pen.strong(reach.team.title)
    archived = wording.listed([f"#{pen.text(name)}" for name in reach.passed_over])
    gone = f"{archived} {'is' if len(reach.passed_over) == 1 else 'are'} archived" if archived else ""
    if not reach.has_channel:
        yield f"{gone}, and {team} has no other." if gone else f"{team} has no channel that is known."
        return
    channel = pen.channel(reach.team)
    above = f", the channel of {team}{' above it' if reach.inherited else ''}"
    whose = above if urgent or reach.inherited else ""
    said = f"{'Ask in' if urgent else 'If nobody answers, ask in'} {channel}{whose}"
    yield f"{gone}: {said[0].lower()}{said[1:]}." if gone else f"{said}."
