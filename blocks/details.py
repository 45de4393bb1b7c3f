"""What a full card adds to an owner's card: fields, relations and where it all was read.

Leaves out what the card says elsewhere (title, description, links) and what only machines read (annotations).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from blocks import sentences, wording
from blocks.pens import Pen
from blocks.sentences import Row, short_name
from domain.answers import Shown
from domain.clock import age_in_words
from domain.entities import Entity, Record

SHOWN_RELATED = 5
SHOWN_TAGS = 8
SHOWN_SOURCES = 4
_PLAIN_FIELDS = (
    ("domain", "Domain"),
    ("language", "Language"),
    ("repository", "Repository"),
    ("channel", "Channel"),
    ("email", "E-mail"),
)
_CUSTOM = "custom."
_VALUE = 160


def contact_rows(answer: Shown, pen: Pen) -> list[Row]:
    """Return whom to ask and where to look; a team's people are its members, which its relations name."""
    rows = sentences.contact_rows(answer.owner, answer.record.entity, pen)
    return (
        [row for row in rows if row.label != "People"] if _answers_for_itself(answer.record.entity) else rows
    )


def _answers_for_itself(entity: Entity) -> bool:
    return entity.ref.kind in sentences.OWNERS


def detail_rows(entity: Entity, pen: Pen, titles: Mapping[str, str]) -> list[Row]:
    """Return the entity's own fields: the usual ones, its tags, then the company's own under their titles."""
    said = ("channel",) if _answers_for_itself(entity) else ()  # by the headline
    rows = [
        Row(label, pen.text(_value(entity, name), _VALUE))
        for name, label in _PLAIN_FIELDS
        if name not in said
    ]
    rows.append(Row("Tags", wording.names_of([pen.text(tag) for tag in entity.texts("tags")], SHOWN_TAGS)))
    for name in sorted(entity.fields):
        if name.startswith(_CUSTOM):
            words = titles.get(name) or name.removeprefix(_CUSTOM).replace("_", " ")
            label = pen.text(words[:1].upper() + words[1:], 40)
            rows.append(Row(label, pen.text(_words(entity.fields[name]), _VALUE)))
    return [row for row in rows if row.text]


def _value(entity: Entity, name: str) -> str:
    text = entity.text(name)
    if name == "channel" and text:
        return f"#{text}"
    return short_name(text) if name == "domain" else text


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_inside(each)}" for key, each in list(value.items())[:SHOWN_RELATED])
    if isinstance(value, list):
        return ", ".join(_inside(each) for each in value[:SHOWN_RELATED])
    return "" if value is None else str(value)


def _inside(value: object) -> str:
    """Return a value of a value, in brackets where it is several itself."""
    return f"({_words(value)})" if isinstance(value, Mapping | list) else _words(value)


def relation_rows(answer: Shown, pen: Pen) -> list[Row]:
    """Return a line for each relation, in the order of reading, with the first names at its other end."""
    order = list(wording.RELATIONS)
    known = sorted(
        (pair for pair in answer.relations if pair[0] in wording.RELATIONS and pair[1]),
        key=lambda pair: order.index(pair[0]),
    )
    return [
        Row(
            wording.RELATIONS[relation],
            wording.names_of([pen.text(thing.title) for thing in things[:SHOWN_RELATED]], SHOWN_RELATED)
            + _more(len(things)),
        )
        for relation, things in known
    ]


def _more(count: int) -> str:
    return f" and {count - SHOWN_RELATED} more" if count > SHOWN_RELATED else ""


def sources(record: Record, pen: Pen, now: datetime) -> str:
    """Say which sources the card was put together from, and when each was read."""
    latest: dict[tuple[str, str], datetime] = {}
    for fact in record.facts:
        key = (fact.source, fact.origin)
        latest[key] = max(fact.observed_at, latest.get(key, fact.observed_at))
    texts = list(_named(latest, pen, now))
    return (
        f"from {wording.names_of(texts, SHOWN_SOURCES)}"
        if texts
        else "only named by others; no source describes it"
    )


def _named(latest: Mapping[tuple[str, str], datetime], pen: Pen, now: datetime) -> Iterable[str]:
    for (source, origin), observed_at in latest.items():
        name = pen.origin(origin) if origin else pen.text(wording.source_word(source))
        yield f"{name} ({age_in_words(now - observed_at)})"
