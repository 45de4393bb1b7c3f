"""What people read of syncs: how sources stand, what a look came to, what may be one thing; for any pen.

Decides the words; the layout is `discovery_cards`' and `plain`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from blocks import limits, wording
from blocks.pens import Pen
from domain.clock import age_in_words
from domain.sources import Permission, Quota, SourceState
from domain.syncs import Checked, Done, Examined, Intended, Pair, Sources, SourceStanding, Suggestions, Synced

YES, PARTLY, NO = "✓", "!", "✗"
_PROBLEM = 300
_ROW = 100
_COUNTED = ("created", "changed", "vanished", "restored", "retired")
_WOULD = {
    "created": "would be created",
    "changed": "would be changed",
    "vanished": "would vanish",
    "restored": "would be restored",
    "retired": "would be retired",
}
_DECIDED = {"merged": "merged", "apart": "kept apart", "ignored": "ignored"}


def sources_headline(answer: Sources) -> str:
    """Say how many sources there are, and whether all is well."""
    count = len(answer.standings)
    if not count:
        return "The catalog has no source yet: name one under `sources:` in idp.yaml."
    bad = [each.state.name for each in answer.standings if state_word(each.state) in _BAD]
    named = wording.plural(count, "source", "sources")
    return f"{named}, {len(bad)} of them in trouble" if bad else f"{named}, all well"


_BAD = ("failing", "interrupted")


def state_word(state: SourceState) -> str:
    """Say in one word how a source stands."""
    if state.running_since:
        return "running"
    if state.paused:
        return "paused"
    if state.problem:
        return "failing"
    if state.interrupted:
        return "interrupted"
    return "fine" if state.looked_at else "new"


def standing_lines(standing: SourceStanding, pen: Pen, now: datetime) -> list[str]:
    """Say how a source stands: a first line for all of them, further ones where something is wrong."""
    state = standing.state
    age = f"looked at {age_in_words(now - state.looked_at)}" if state.looked_at else "never looked at"
    parts = [f"{pen.strong(state.name)} {state_word(state)}", age]
    if state.looked_at:
        parts.append(wording.plural(state.things, "thing", "things"))
    if state.change_set:
        parts.append(f"last change set #{state.change_set}{_bracketed(standing.counts)}")
    if state.requests:
        parts.append(wording.plural(state.requests, "request", "requests"))
    if state.quota:
        parts.append(_quota(state.quota))
    if state.running_since:
        parts.append(f"running since {age_in_words(now - state.running_since)}")
    lines = [limits.cut_mrkdwn(" · ".join(parts), limits.LINE)]
    if state.paused:
        lines.append(
            f"Paused: {pen.text(state.paused, _PROBLEM)}. To go on: {pen.code(f'sync {state.name}')}"
        )
    if state.problem:
        told = f"{pen.text(state.problem, _PROBLEM)} {pen.text(state.remedy, _PROBLEM)}"
        lines.append(f"{wording.GONE_MARK} {told.strip()}")
    elif state.findings:
        lines.append(f"{wording.plural(state.findings, 'document', 'documents')} left out")
    return lines


def _bracketed(counts: Mapping[str, int]) -> str:
    told = counts_in_words(counts)
    return f" ({told})" if told else ""


def counts_in_words(counts: Mapping[str, int], *, would: bool = False) -> str:
    """Return `4 created, 2 changed`; empty where nothing moved."""
    words = _WOULD if would else {}
    return ", ".join(f"{counts[each]:,} {words.get(each, each)}" for each in _COUNTED if counts.get(each))


def _quota(quota: Quota) -> str:
    resets = f", resets at {quota.resets_at.astimezone(UTC):%H:%M} UTC" if quota.resets_at else ""
    return f"quota {quota.left:,} of {quota.limit:,} left{resets}"


def synced_lines(answer: Synced, pen: Pen) -> list[str]:
    """Say what a look came to; what went wrong and what to do where it did."""
    name = pen.strong(answer.source)
    if not answer.went_well:
        lines = [f"{name} was not synced: {pen.text(answer.problem or answer.outcome, _PROBLEM)}"]
        return lines + ([pen.text(answer.remedy, _PROBLEM)] if answer.remedy else [])
    dry = answer.outcome == "previewed"
    told = counts_in_words(answer.counts, would=dry) or ("nothing would change" if dry else "nothing changed")
    verb = "was looked at, and nothing written" if dry else "is synced"
    numbers = ", ".join(f"#{each}" for each in answer.change_sets)
    parts = [
        f"change set {numbers}" if numbers else "",
        wording.plural(answer.requests, "request", "requests") if answer.requests else "",
        f"{answer.seconds:.1f} s",
    ]
    return [f"{name} {verb}: {told}", " · ".join(part for part in parts if part)]


def checked_headline(answer: Checked) -> str:
    """Say how many sources there are, and for how many a look would not work."""
    bad = [each.source for each in answer.sources if not each.well]
    named = wording.plural(len(answer.sources), "source", "sources")
    return f"{named} checked, {len(bad)} of them in trouble" if bad else f"{named} checked, all well"


def examined_lines(found: Examined, pen: Pen) -> list[str]:
    """Say of one source what it may in one line, and in one each what it may not, with what to do."""
    named = pen.text(found.title) if found.title.lower() != found.source else ""
    seconds = f" in {found.seconds:.1f} s" if found.seconds else ""
    lines = [
        f"{YES if found.well else NO} {pen.strong(found.source)}{f' ({named})' if named else ''}{seconds}"
    ]
    if well := [pen.text(each.name, _ROW) for each in found.rows if each.granted]:
        lines.append(limits.cut_mrkdwn(f"{YES} {', '.join(well)}", limits.LINE))
    for each in found.rows:
        if not each.granted:
            lines.append(f"{row_mark(each)} {pen.text(row_words(each), _PROBLEM)}")
            if each.remedy:
                lines.append(pen.text(each.remedy, _PROBLEM))
    return lines


def row_mark(row: Permission) -> str:
    """Mark what is granted, what a look works without, and what it needs."""
    return YES if row.granted else PARTLY if row.optional else NO


def row_words(row: Permission) -> str:
    """Say what is tried, and why not where it is not granted."""
    if row.granted:
        return row.name
    without = "; a look works without it, with less in it" if row.optional and not row.only_tells else ""
    return f"{row.name}: {row.problem}{without}"


def intended_lines(answer: Intended, pen: Pen) -> list[str]:
    """Say what is at stake, and the command that does it."""
    lines = (
        [f"Change set #{pen.text(answer.target)}: {pen.text(answer.about, _PROBLEM)}"] if answer.about else []
    )
    return [*lines, f"To do this in a terminal: {pen.code(answer.command)}"]


def done_lines(answer: Done, pen: Pen) -> list[str]:
    """Say what is done."""
    return [
        pen.text(f"{answer.headline}.", limits.LINE),
        *(pen.text(each, limits.LINE) for each in answer.notes),
    ]


def suggestions_headline(answer: Suggestions) -> str:
    """Say how many pairs wait for a decision."""
    count = len(answer.open) + answer.more
    if not count:
        return "Nothing looks like two names of one thing."
    return f"{wording.plural(count, 'pair', 'pairs')} may be one thing each."


def pair_line(pair: Pair, pen: Pen) -> str:
    """Say which two, how like they are and why, and of a decided pair who decided what."""
    found = pair.suggestion
    kind = pen.text(wording.kind_word(pair.kind))
    both = f"#{found.number} {pen.strong(pair.one)} and {pen.strong(pair.other)} ({kind})"
    if found.state == "open":
        return f"{both}: {pen.text(found.reason, _PROBLEM)}, {round(found.likeness * 100)} % alike"
    decided = _DECIDED.get(found.state, found.state)
    return f"{both}: {pen.text(decided)} by {pen.text(found.decided_by) or 'somebody'}"
