"""Answers `why …`: the claims on each field, the one that counts first, and what it goes before others by.

Block Kit, text and JSON of one answer; the sentences are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from blocks import kit, limits, names, wording
from blocks.cards import share_button
from blocks.pens import Pen, Terminal
from blocks.sentences import short_name
from domain.answers import Thing
from domain.clock import age_in_words
from domain.entities import Fact, Json
from domain.explained import Decided, Explained, Weighed, WeighedField

_PEN = Terminal()
_CLAIMS, _ALL_CLAIMS = 3, 10
"""How many claims on a field are shown among others, and of the one field that was asked about."""
_VALUE = 70
_REASON = 120
_LABELS: Mapping[str, str] = {
    "dependsOn": "dependencies", "providesApis": "APIs", "consumesApis": "used APIs",
    "slack_channel_id": "channel's id", "memberOf": "teams",
}  # fmt: skip


def card(answer: Explained, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Return the answer for Slack."""
    blocks = [kit.section(limits.cut_mrkdwn(headline(answer, pen), limits.LINE))]
    if matched := wording.match_words(answer.matched, answer.words):
        blocks.append(kit.context(pen.text(matched[:1].upper() + matched[1:], 200)))
    parts = [_field_lines(each, answer, pen, now) for each in answer.fields]
    for lines in parts[: _shown(parts)]:
        blocks.append(kit.section(*lines))
    if more := _more(answer, len(answer.fields) - _shown(parts), pen):
        blocks.append(kit.context(more))
    return blocks + kit.actions(names.STEPS, [*_steps(answer), *share_button(share)])


def lines(answer: Explained, now: datetime) -> list[str]:
    """Return the answer for a terminal."""
    matched = wording.match_words(answer.matched, answer.words)
    told = [headline(answer, _PEN), *([f"  {_PEN.text(matched, 200)}"] if matched else [])]
    for each in answer.fields:
        told += [
            f"{'    ' if at else '  '}{line}" for at, line in enumerate(_field_lines(each, answer, _PEN, now))
        ]
    more = _more(answer, 0, _PEN)
    return [*told, *([f"  {more}"] if more else [])]


def as_json(
    answer: Explained,
    thing: Callable[[Thing], object],
    sources: Callable[[Iterable[Fact], datetime], list[dict[str, object]]],
    time: Callable[[datetime | None], str | None],
    now: datetime,
) -> dict[str, object]:
    """Return the answer for scripts; the functions write a thing, facts and a time."""
    fields = []
    for each in answer.fields:
        facts = sources((claim.fact for claim in each.claims), now)
        claims = [
            {**fact, "since": time(claim.since), "lost_by": claim.lost_by.value if claim.lost_by else None}
            for fact, claim in zip(facts, each.claims, strict=True)
        ]
        fields.append(
            {"field": each.name, "united": each.united, "disputed": each.disputed, "claims": claims}
        )
    return {
        "subject": thing(answer.subject),
        "field": answer.about or None,
        "inherited_from": thing(answer.inherited_from) if answer.inherited_from else None,
        "matched": answer.matched,
        "fields": fields,
        "more": answer.more,
        "disputed": answer.disputed,
    }


def headline(answer: Explained, pen: Pen) -> str:
    """Answer in one line: the value and who says so, or how many sources say how much."""
    title = pen.strong(answer.subject.title)
    if answer.about and answer.fields:
        field = answer.fields[0]
        first = field.claims[0].fact
        said = _value(first.value, answer, pen)
        above = answer.inherited_from
        whence = f", as all of {pen.strong(above.title)}" if above else ""
        if field.united:
            count = wording.plural(len(field.claims), "source adds", "sources add")
            return f"The {_label(field.name, pen)} of {title}: {count} to them"
        return f"The {_label(field.name, pen)} of {title} is {pen.strong(said)}{whence}: {_says(first, pen)}"
    if not answer.fields:
        return f"No source says anything of {title}"
    sources = wording.plural(answer.sources, "source says", "sources say")
    if not answer.disputed:
        return f"{sources} what the catalog says of {title}, and none disagrees"
    fields = wording.plural(answer.disputed, "field", "fields")
    return f"{sources} what the catalog says of {title}; they disagree on {fields}"


def _says(fact: Fact, pen: Pen) -> str:
    source = pen.text(wording.source_word(fact.source))
    return f"{source} says so" if fact.confidence >= 1 else f"inferred from {source}"


def _field_lines(field: WeighedField, answer: Explained, pen: Pen, now: datetime) -> list[str]:
    """Return a field's line, then one for each claim."""
    shown = field.claims[: _ALL_CLAIMS if answer.about else _CLAIMS]
    label = _label(field.name, pen)
    above = answer.inherited_from
    whence = f" (of {pen.text(above.title)})" if above and field.name == "owner" else ""
    head = f"{label[:1].upper()}{label[1:]}{whence}: "
    if len(field.claims) == 1 and not answer.about:
        fact = field.claims[0].fact
        source = pen.text(wording.source_word(fact.source))
        value = pen.strong(_value(fact.value, answer, pen))
        return [limits.cut_mrkdwn(f"{head}{value} · {source}{_grounds(fact, pen, now)}", limits.OBSERVED)]
    first = field.claims[0].fact
    value = "every source adds to it" if field.united else pen.strong(_value(first.value, answer, pen))
    told = [f"{head}{value}", *(_claim(each, field, answer, pen, now) for each in shown)]
    if (more := len(field.claims) - len(shown)) > 0:
        told.append(f"and {wording.plural(more, 'more source', 'more sources')}")
    return [limits.cut_mrkdwn(line, limits.OBSERVED) for line in told]


def _claim(claim: Weighed, field: WeighedField, answer: Explained, pen: Pen, now: datetime) -> str:
    source = pen.text(wording.source_word(claim.fact.source))
    return f"{_verdict(claim, field, source, answer, pen)}{_grounds(claim.fact, pen, now)}"


def _grounds(fact: Fact, pen: Pen, now: datetime) -> str:
    """Say where it was read, how sure that is and why, how long ago, and if the thing is gone there."""
    where = f" in {pen.origin(fact.origin)}" if fact.origin else ""
    sure = f", {round(fact.confidence * 100)} % sure" if fact.confidence < 1 else ""
    why = f", because {pen.text(fact.reason, _REASON)}" if fact.reason else ""
    gone = f", not seen there since {wording.day(fact.vanished_at)}" if fact.vanished_at else ""
    return f"{where}{sure}{why}, read {age_in_words(now - fact.observed_at)}{gone}"


def _verdict(claim: Weighed, field: WeighedField, source: str, answer: Explained, pen: Pen) -> str:
    """Say what a source says, and what became of it."""
    fact, first = claim.fact, field.claims[0]
    said = _value(fact.value, answer, pen)
    if field.united:
        return f"{source}: {said}"
    if claim.lost_by is None:
        others = [each for each in field.claims if not each.fact.wins]
        by = f" ({_wins(others[0].lost_by, first, others[0], pen)})" if others and others[0].lost_by else ""
        return f"{source} says so{by}"
    return f"{source} agrees" if fact.wins else f"{source} says {pen.strong(said)}"


def _wins(by: Decided | None, first: Weighed, other: Weighed, pen: Pen) -> str:
    """Say what the claim that counts goes before another by."""
    mine, theirs = (pen.text(wording.source_word(each.fact.source)) for each in (first, other))
    words = {
        Decided.STILL_SEEN: f"it counts, as {theirs} sees the thing no more",
        Decided.TRUST: f"it counts: {mine} comes before {theirs}",
        Decided.SURER: f"it counts: it is surer than {theirs}",
        Decided.NEWER: f"it counts: said since {wording.day(first.since)}, after {theirs}",
        Decided.NAME: f"it counts by name alone: nothing tells it from {theirs}",
    }
    return words[by] if by else ""


def _value(value: Json, answer: Explained, pen: Pen) -> str:
    """Return a value in a few words: whom it names, what is in a list, what a mapping has."""
    if isinstance(value, str):
        ref = ":" in value and "/" in value and "://" not in value and " " not in value
        return (
            pen.text(answer.called.get(value) or (short_name(value) if ref else value), _VALUE) or "nothing"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value):
            return pen.text(wording.names_of([short_name(each) for each in texts], 5), _VALUE) or "nothing"
        return wording.plural(len(value), "item", "items")
    if isinstance(value, Mapping):
        return wording.plural(len(value), "entry", "entries")
    return pen.text(str(value), _VALUE)


def _label(name: str, pen: Pen) -> str:
    return pen.text(_LABELS.get(name) or name.removeprefix("custom.").replace("_", " "))


def _shown(parts: list[list[str]]) -> int:
    """Return how many of the fields fit into one message."""
    texts = ["\n".join(each) for each in parts[: limits.MESSAGE_BLOCKS - 5]]
    return limits.fit(texts, limits.MESSAGE_TEXT - 2_500)


def _more(answer: Explained, cut: int, pen: Pen) -> str:
    """Say how many fields are not shown, and the words that show them."""
    more = answer.more + cut
    if more <= 0:
        return ""
    ask = f"why {answer.subject.ref}"
    how = f"{pen.code(f'{ask} <field>')}" if cut or answer.more > 40 else f"{pen.code(f'{ask} all')}"
    return f"and {wording.plural(more, 'more field', 'more fields')}: {how}"


def _steps(answer: Explained) -> list[kit.Block]:
    ref = answer.subject.ref
    steps = [kit.button("Show full card", f"show {ref}")]
    if answer.about:
        steps.append(kit.button("Why all of it?", f"why {ref}"))
    elif any(each.name == "owner" for each in answer.fields):
        steps.append(kit.button("Why this owner?", f"why {ref} owner"))
    if answer.more and not answer.about:
        steps.append(kit.button("All fields", f"why {ref} all"))
    return [*steps, kit.button("Who owns it?", f"who owns {ref}")]
