"""The sentences of a history: what was done, by whom, when, and what each field was before and is after."""

from __future__ import annotations

import json
from datetime import datetime

from blocks import limits, wording
from blocks.pens import Pen
from domain.audit import APPLIED, Act, Audit
from domain.changes import FieldChange
from domain.clock import age_in_words
from domain.entities import Json

SHOWN_FIELDS = 3
"""How many changed fields of one act are shown."""
_VALUE = 60
_KINDS = {
    "created": "added to the catalog",
    "changed": "changed",
    "vanished": "no source sees it any more",
    "restored": "seen again",
    "retired": "taken out of the catalog",
    "restated": "a source says otherwise, the catalog the same",
}
_SOURCES = {"memory": "the catalog's own memory"}
_COUNTS = ("created", "changed", "vanished", "restored", "retired")


def headline(answer: Audit, pen: Pen, now: datetime) -> str:
    """Say how much was done since when, and when last."""
    whose = f" to {pen.strong(answer.subject.title)}" if answer.subject else ""
    since = f" since {wording.full_day(answer.since)}" if answer.since else ""
    if not answer.total:
        return f"Nothing was done{whose}{since}, as far as the catalog knows."
    what = "change set" if answer.subject is None else "change"
    count = f"{answer.total:,} {what}{'' if answer.total == 1 else 's'}"
    newest = (
        f", the newest {age_in_words(now - answer.acts[0].at)}" if answer.acts and answer.page == 1 else ""
    )
    return f"{count}{whose}{since}{newest}."


def heading(act: Act, answer: Audit, pen: Pen, now: datetime) -> str:
    """Say when what was done, by whom, in which change set."""
    number = "" if act.change_set is None else f" · #{act.change_set}"
    undid = "" if act.undoes is None else f", undoing #{act.undoes}"
    other = ""
    if act.ref is not None and answer.subject is not None and act.ref != answer.subject.ref:
        other = f" (as {pen.text(act.ref.short)})"
    done = counts(act) if act.kind == APPLIED else _KINDS.get(act.kind, act.kind)
    return f"{pen.time(act.at, now)} · {pen.text(done)}{other} · {_who(act, answer, pen)}{undid}{number}"


def _who(act: Act, answer: Audit, pen: Pen) -> str:
    """Say who did it and whose look it was: `Ana Silva, github`, `on schedule, github`."""
    actor = {"schedule": "on schedule", "news": "on the source's own news"}.get(act.actor, act.actor)
    who = answer.called.get(act.actor, actor)
    source = "" if act.source in ("", act.actor) else f", {_SOURCES.get(act.source, act.source)}"
    return f"by {pen.text(who)}{pen.text(source)}"


def counts(act: Act) -> str:
    """Return `4 created, 2 changed`."""
    said = [f"{act.counts[each]:,} {each}" for each in _COUNTS if act.counts.get(each)]
    return ", ".join(said) or "nothing that people would see"


def detail_lines(act: Act, answer: Audit, pen: Pen) -> list[str]:
    """Return a line for each field before and after, or for the things that a change set touched."""
    if act.kind == APPLIED:
        named = [f"{ref.short} {operation}" for operation, ref in act.examples]
        more = sum(act.counts.get(each, 0) for each in _COUNTS) - len(named)
        line = ", ".join(pen.text(each) for each in named)
        return [f"{line}{f' and {more:,} more' if more > 0 else ''}"] if line else []
    if act.kind == "created":
        return []
    lines = [_field(each, answer, pen) for each in act.fields[:SHOWN_FIELDS]]
    more = len(act.fields) - len(lines)
    return [*lines, *([f"and {wording.plural(more, 'more field', 'more fields')}"] if more > 0 else [])]


def _field(change: FieldChange, answer: Audit, pen: Pen) -> str:
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list):
        added = [f"+{_value(each, answer)}" for each in after if each not in before]
        gone = [f"-{_value(each, answer)}" for each in before if each not in after]
        moved = limits.cut(", ".join((*added, *gone)), 2 * _VALUE) or "another order"
        return f"{pen.text(change.field)}: {pen.text(moved, 2 * _VALUE)}"
    said = [pen.text(_value(each, answer), _VALUE) for each in (before, after)]
    return f"{pen.text(change.field)}: {said[0]} → {said[1]}"


def _value(value: Json, answer: Audit) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return answer.called.get(text, text) or "“”"


def advice(answer: Audit, pen: Pen) -> str:
    """Say how to see a change set whole, and how administrators take one back."""
    number = next((act.change_set for act in answer.acts if act.change_set is not None), None)
    if number is None:
        return ""
    see, undo = pen.code(f"sync changes {number}"), pen.code(f"sync undo {number}")
    return f"All of #{number}: {see}. Administrators take it back with {undo}."
