"""The little that is held of every entity: enough for a line of a list, a filter and an owner's card.

Everything else on an entity is in the store.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern

import numpy as np

from catalog_store.search.derived import ids
from catalog_store.search.rows import Numbers, Rows
from catalog_store.search.spelling import fold
from domain.entities import RELATION_FIELDS, VANISHED, Entity, Json
from domain.people import GUEST, SLACK, USER
from domain.refs import Ref
from domain.visibility import MARK, marks_of

TRAITS = ("tier", "lifecycle", "type", "language")
"""The filters of which an entity has one value."""
REACHES = ("channel", "slack_channel_id", "slack_usergroup_id", "slack_user_id", "email")
"""The fields by which an owner is reached."""
OWNER_KINDS = ("group", "user")
"""The kinds that can own."""


class Pairs:
    """Pairs of an entity, by the number in which it was read, and something about it."""

    __slots__ = ("entities", "values")

    def __init__(self) -> None:
        self.entities = array("i")
        self.values: list[str] = []


@dataclass(slots=True)
class Cards:
    """Columns: item `n` of each belongs to entity `n`. In order of title, case aside, then ref."""

    refs: list[Ref] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    traits: list[tuple[str, ...]] = field(default_factory=list)
    """The values of TRAITS, in that order; entities with the same ones share a tuple."""
    aliases: list[tuple[str, ...]] = field(default_factory=list)
    """What leads here beside name and title; emptied once it is indexed."""
    reaches: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The values of REACHES of what can own."""
    vanished: dict[int, datetime] = field(default_factory=dict)
    """Since when no source has seen it, of the few that are so."""
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Who may see it, of those that say so: `domain.visibility`."""
    guests: frozenset[int] = frozenset()
    """The people who are guests of the Slack workspace."""


@dataclass(slots=True)
class Gathered:
    """What one pass over the entities came to.

    `place` gives each number of reading its place in the cards.
    """

    cards: Cards
    place: Numbers
    stated: Mapping[str, Pairs]
    """For each relation field the pairs of an entity and a target's ref as text."""
    filters: Mapping[tuple[str, str], int]
    """The row of each (filter, value in lower case)."""
    filtered: Rows
    """The entities, by their places, for each row."""


class _Filters:
    """Numbers the values of filters and notes who has them."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], int] = {}
        self._seen: dict[str, dict[str, int]] = {}
        self.chosen = array("i")
        self.entities = array("i")

    def note(self, name: str, value: str, entity: int) -> None:
        seen = self._seen.setdefault(name, {})
        row = seen.get(value)
        if row is None:
            row = seen[value] = self.rows.setdefault((name, fold(value)), len(self.rows))
        self.chosen.append(row)
        self.entities.append(entity)


def gather(entities: Iterable[Entity]) -> Gathered:
    """Read the entities once."""
    cards, filters = Cards(), _Filters()
    stated = {name: Pairs() for name in RELATION_FIELDS}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    guests: set[int] = set()
    for number, entity in enumerate(entities):
        ref, fields = entity.ref, entity.fields
        cards.refs.append(ref)
        name = ref.name if entity.name == ref.name else entity.name
        cards.names.append(name)
        title = entity.title
        cards.titles.append(name if title == name else title)
        cards.kinds.append(intern(entity.kind))
        traits = tuple([_text(fields, each) for each in TRAITS])
        cards.traits.append(shared.setdefault(traits, traits))
        if ref.kind in OWNER_KINDS:
            cards.reaches[number] = tuple([_text(fields, each) for each in REACHES])
        cards.aliases.append(_aliases(entity))
        if VANISHED in fields and (vanished_at := entity.vanished_at):
            cards.vanished[number] = vanished_at
        if MARK in fields and (marks := marks_of(fields[MARK])):
            cards.marks[number] = marks
        if ref.kind == USER and _is_guest(fields.get("accounts")):
            guests.add(number)
        filters.note("kind", ref.kind, number)
        for trait, value in zip(TRAITS, traits, strict=True):
            if value:
                filters.note(trait, value, number)
        for tag in entity.texts("tags"):
            filters.note("tag", tag, number)
        _note_relations(fields, number, stated)
    cards.guests = frozenset(guests)
    place = _put_in_order(cards)
    filtered = Rows(filters.chosen, place[np.asarray(filters.entities)], len(filters.rows))
    return Gathered(cards, place, stated, filters.rows, filtered)


def _put_in_order(cards: Cards) -> Numbers:
    """Sort all columns by title and ref; return the place of each entity by its number."""
    keys = [title.casefold() for title in cards.titles]
    order = sorted(range(len(keys)), key=lambda number: (keys[number], cards.refs[number]))
    cards.refs = [cards.refs[number] for number in order]
    cards.names = [cards.names[number] for number in order]
    cards.titles = [cards.titles[number] for number in order]
    cards.kinds = [cards.kinds[number] for number in order]
    cards.traits = [cards.traits[number] for number in order]
    cards.aliases = [cards.aliases[number] for number in order]
    place: Numbers = np.empty(len(order), np.int32)
    place[np.asarray(order, np.int32)] = np.arange(len(order), dtype=np.int32)
    cards.reaches = {int(place[number]): reach for number, reach in cards.reaches.items()}
    cards.vanished = {int(place[number]): at for number, at in cards.vanished.items()}
    cards.marks = {int(place[number]): marks for number, marks in cards.marks.items()}
    cards.guests = frozenset(int(place[number]) for number in cards.guests)
    return place


def _is_guest(accounts: Json) -> bool:
    return isinstance(accounts, Mapping) and accounts.get(SLACK) == GUEST


def _text(fields: Mapping[str, Json], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _note_relations(fields: Mapping[str, Json], number: int, stated: Mapping[str, Pairs]) -> None:
    for name, pairs in stated.items():
        value = fields.get(name)
        if value:
            for target in value if isinstance(value, list) else (value,):
                if isinstance(target, str):
                    pairs.entities.append(number)
                    pairs.values.append(target)


def _aliases(entity: Entity) -> tuple[str, ...]:
    """Return the entity's aliases and the ids that follow from its fields."""
    more: list[str] = []
    repository = entity.text("repository")
    if repository and not any(alias.endswith(f":{repository}") for alias in entity.aliases):
        more.append(f"repo:{repository}")
    if "hosts" in entity.fields:
        more.extend(f"host:{host}" for host in entity.texts("hosts"))
        more.extend(_routes(entity.fields.get("routes")))
    more.extend(dict.fromkeys(ids(entity.fields, is_component=entity.ref.kind == "component")))
    if entity.ref.kind in OWNER_KINDS:
        channel, *slack_ids, email = (entity.text(each) for each in REACHES)
        more.extend(f"slack:{each}" for each in slack_ids if each)
        more.extend(each for each in (f"#{channel}" if channel else "", email) if each)
    return (*entity.aliases, *more) if more else entity.aliases


def _routes(routes: Json) -> Iterator[str]:
    """Yield `host:shop.acme.example/cart/` for each path of a host that leads to the entity."""
    for route in routes if isinstance(routes, list) else ():
        if isinstance(route, Mapping):
            host, path = _text(route, "host"), _text(route, "path").partition("*")[0].strip("/")
            if host:
                yield f"host:{host}/{path}/" if path else f"host:{host}/"
