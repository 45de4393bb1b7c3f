"""Cards on one thing: who owns it, and everything on it.

One phone screen for an owner; a full card is longer because it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from blocks import details, kit, limits, names, observed, oncall, sentences
from blocks.pens import Pen
from domain.answers import Found, Owner, Shown
from domain.entities import Entity

_DESCRIPTION = 400


def found(answer: Found, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `who owns …`."""
    lines = [
        sentences.owner_headline(answer, pen),
        sentences.gone(answer, pen, now),
        sentences.place(answer, pen),
    ]
    blocks = [kit.section(*(line for line in lines if line))]
    if why := sentences.matched(answer, pen):
        blocks.append(kit.context(_sentence(why)))
    if rows := [*now_rows(answer, pen, now), *sentences.contact_rows(answer.owner, answer.entity, pen)]:
        blocks.append(kit.section(*labelled(rows)))
    if advice := sentences.claim_advice(answer, pen):
        blocks.append(kit.section(advice))
    if evidence := sentences.evidence(answer, pen, now):
        blocks.append(kit.context(f"How we know: {evidence[0]}", *map(_sentence, evidence[1:])))
    if answer.as_of is not None:
        return blocks + kit.actions(names.STEPS, _now(answer, share))
    steps = _steps(answer.entity, answer.owner, share, full=True)
    if answer.on_call is not None:
        steps.insert(1, kit.button("Who is on call?", f"who is on call for {answer.entity.ref}"))
    return blocks + kit.actions(names.STEPS, steps)


def shown(answer: Shown, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Answer `show …`."""
    entity = answer.record.entity
    lines = [
        sentences.thing_headline(answer, pen),
        sentences.gone(answer, pen, now),
        sentences.place(answer, pen),
    ]
    blocks = [kit.section(*(line for line in lines if line))]
    if why := sentences.matched(answer, pen):
        blocks.append(kit.context(_sentence(why)))
    if description := entity.text("description"):
        blocks.append(kit.section(pen.text(description, _DESCRIPTION)))
    if facts := details.detail_rows(entity, pen, answer.titles):
        blocks.append(kit.fields(_columns(facts)))
    if answer.as_of is None:
        told = [
            sentences.Row("On call now", oncall.line(answer.on_call, pen, now)),
            *observed.rows(entity, pen, now),
        ]
        if told := [row for row in told if row.text]:
            blocks.append(kit.section(*labelled(told, limits.OBSERVED)))
    rows = [*details.relation_rows(answer, pen), *details.contact_rows(answer, pen)]
    if rows:
        blocks.append(kit.section(*labelled(rows)))
    blocks.append(kit.context(f"{pen.code(str(entity.ref))} · {details.sources(answer.record, pen, now)}"))
    steps = _steps(entity, answer.owner, share, full=False) if answer.as_of is None else _now(answer, share)
    return blocks + kit.actions(names.STEPS, steps)


def now_rows(answer: Found, pen: Pen, now: datetime) -> list[sentences.Row]:
    """Return who is on call now and what is broken; nothing where that is not known, or of another day."""
    if answer.as_of is not None:
        return []
    on_call = sentences.Row("On call now", oncall.line(answer.on_call, pen, now))
    return [row for row in (on_call, observed.incidents_row(answer.entity, pen, now)) if row.text]


def labelled(rows: Iterable[sentences.Row], longest: int = limits.LINE) -> list[str]:
    """Return each row as `*Label*  text`."""
    return [limits.cut_mrkdwn(f"*{row.label}*  {row.text}", longest) for row in rows]


def _columns(rows: list[sentences.Row]) -> list[str]:
    texts = labelled(rows, limits.ROW)
    if len(texts) <= limits.FIELDS:
        return texts
    shown = limits.FIELDS - 1
    return [*texts[:shown], f"and {len(texts) - shown} more fields"]


def share_button(share: str | None) -> list[kit.Block]:
    """Return the button that shows the answer to everybody, or nothing where they see it already."""
    return [kit.button("Share to channel", share, names.SHARE)] if share else []


def _steps(entity: Entity, owner: Owner | None, share: str | None, *, full: bool) -> list[kit.Block]:
    ref = entity.ref
    steps = [kit.button("Show full card", f"show {ref}")] if full else []
    if ref.kind in ("group", "user"):
        steps.append(kit.button(f"What does {limits.cut(entity.title, 40)} own?", f"what does {ref} own"))
    else:
        steps.append(kit.button("What depends on it?", f"what depends on {ref}"))
    if owner is not None and owner.known and owner.ref != ref:
        steps.append(
            kit.button(f"What does {limits.cut(owner.title, 40)} own?", f"what does {owner.ref} own")
        )
    return steps + share_button(share)


def _now(answer: Found | Shown, share: str | None) -> list[kit.Block]:
    """Return the steps from what was to what is."""
    ref, at = answer.record.entity.ref, answer.as_of
    steps = [kit.button("Who owns it now?", f"who owns {ref}")]
    if isinstance(answer, Found) and at is not None:
        steps.insert(0, kit.button("Show all of then", f"show {ref} on {at.astimezone(UTC):%Y-%m-%d}"))
    return steps + share_button(share)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
