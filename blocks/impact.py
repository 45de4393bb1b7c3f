"""The sentences on what leans on what: who would feel it, whom to warn, how one thing leads to another."""

from __future__ import annotations

from blocks import limits, lists, wording
from blocks.escaping import slack_id
from blocks.pens import Pen
from domain.answers import Owner, Thing
from domain.impact import Dependence, Felt, Impact, Step, Warned

SHOWN_WARNED = 8
"""How many owners to warn are named in the first lines."""
SHOWN_STEPS = 8
"""How many steps of a way are shown; of a longer one the first and the last."""
_STEP_WORDS = {
    "dependsOn": "depends on",
    "consumesApi": "calls",
    "apiProvidedBy": "is provided by",
    "hasPart": "has the part",
    "partOf": "is part of",
}


def headline(answer: Impact, pen: Pen) -> str:
    """Say how many things of how many owners would feel it, and how many of the most critical tier."""
    title = pen.strong(answer.subject.title)
    if not answer.total:
        return f"Nothing depends on {title}, as far as the catalog knows."
    things = f"{answer.total:,} {'thing' if answer.total == 1 else 'things'}"
    owners = f" of {answer.owners:,} {'owner' if answer.owners == 1 else 'owners'}" if answer.owners else ""
    worst = f", {answer.worst_total:,} of tier {pen.text(answer.worst)}" if answer.worst else ""
    return f"{things}{owners} would feel it if {title} failed{worst}."


def small_print(answer: Impact, pen: Pen) -> list[str]:
    """Say what was counted, what nobody answers for, and how the words led here."""
    parts = f"counted with its {wording.plural(answer.parts, 'part', 'parts')}" if answer.parts else ""
    direct = f"{answer.direct:,} depend on it directly" if answer.total else ""
    orphans = f"⚠ {answer.orphans:,} of them nobody owns" if answer.orphans else ""
    cut = "" if answer.whole else "there is more, further away"
    matched = pen.text(wording.match_words(answer.matched, answer.words), 200)
    said = " · ".join(part for part in (direct, parts, orphans, cut) if part)
    place = f"{pen.text(answer.subject.title)}: {lists.place(answer.subject, pen)}"
    return [place, *([said] if said else []), *([matched[:1].upper() + matched[1:]] if matched else [])]


def warn_line(answer: Impact, pen: Pen) -> str:
    """Name the owners to warn with where they are reached, those with the most at stake first."""
    named = [f"{pen.text(_title(each))}{_reached(each.owner, pen)}" for each in answer.warn[:SHOWN_WARNED]]
    more = answer.owners - len(named)
    return f"{', '.join(named)}{f' and {more:,} more' if more > 0 else ''}" if named else ""


def group_heading(group: Warned, pen: Pen) -> str:
    """Name an owner, where it is reached, and how many of its things would feel it."""
    count = wording.plural(group.total, "thing", "things")
    if group.owner is None:
        return f"⚠ Nobody owns these · {count}"
    return f"{pen.strong(_title(group))}{_reached(group.owner, pen)} · {count}"


def row(felt: Felt, pen: Pen) -> str:
    """Say what a thing is, how far away, and through what: `service · tier 1 · 2 steps, through Checkout`."""
    place = " · ".join(pen.text(part) for part in wording.thing_traits(felt.thing))
    how = "directly" if felt.distance == 1 else f"{felt.distance} steps"
    through = f", through {pen.text(felt.through.title)}" if felt.through else ""
    at = felt.thing.vanished_at
    gone = f" · {wording.GONE_MARK} not seen since {wording.day(at)}" if at else ""
    return f"{place} · {how}{through}{gone}"


def answered(answer: Dependence, pen: Pen) -> str:
    """Say yes or no."""
    one, other = pen.strong(answer.one.title), pen.strong(answer.other.title)
    if answer.holds:
        steps = "directly" if len(answer.steps) == 1 else f"through {_between(answer, pen)}"
        return f"Yes: {one} depends on {other}, {steps}."
    no = f"No, as far as the catalog knows: {one} does not depend on {other}."
    if answer.backwards:
        how = "directly" if answer.backwards == 1 else f"in {answer.backwards} steps"
        return f"{no} It is the other way round: {other} depends on {one}, {how}."
    return f"{no} Nor does {other} depend on {one}."


def step_lines(answer: Dependence, pen: Pen) -> list[str]:
    """Return a line for each step of the way, or for the first and last ones of a long one."""
    lines = [_step(each, pen) for each in answer.steps]
    if len(lines) <= SHOWN_STEPS:
        return lines
    half = SHOWN_STEPS // 2
    return [*lines[:half], f"… {len(lines) - 2 * half} more steps …", *lines[-half:]]


def _step(step: Step, pen: Pen) -> str:
    sources = dict.fromkeys(
        f"{wording.evidence_word(fact.source)}{'' if fact.confidence >= 0.9 else f' ({fact.confidence:.0%})'}"
        for fact in step.facts
    )
    says = f" · says {pen.text(', '.join(sources))}" if sources else ""
    leads = _STEP_WORDS.get(step.relation, "leads to")
    return f"{_named(step.here, pen)} {leads} {_named(step.there, pen)}{says}"


def _between(answer: Dependence, pen: Pen) -> str:
    titles = [pen.text(step.there.title) for step in answer.steps[:-1]]
    return wording.listed(titles)


def _named(thing: Thing, pen: Pen) -> str:
    return f"{pen.strong(thing.title)} ({pen.text(wording.kind_word(thing.kind, thing.type))})"


def _title(group: Warned) -> str:
    return group.owner.title if group.owner else ""


def _reached(owner: Owner | None, pen: Pen) -> str:
    """Return ` (#pay)`, or ` (user group S0123)` where only that is known; no mention: it would ping."""
    if owner is None:
        return ""
    if not owner.known:
        return " (not in the catalog)"
    channel = pen.channel(owner)
    group = slack_id(owner.slack_usergroup_id)
    reached = channel or (f"user group {group}" if group else "") or pen.text(owner.email)
    return f" ({limits.cut_mrkdwn(reached, 2 * limits.NAME)})" if reached else ""
