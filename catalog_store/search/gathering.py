"""Reads all entities once into columns, in the order of lists.

What is needed of them for a moment is kept as numbers and hashes: the peak is what a small machine feels.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from sys import intern

import numpy as np
import numpy.typing as npt

from catalog_store.search.leaves import (
    ALIAS,
    TRAITS,
    Card,
    aliases_of,
    card_of,
    is_guest,
    marks_on,
    repositories_of,
    texts_of,
)
from catalog_store.search.rows import Lists, Numbering, Numbers, Rows
from catalog_store.search.spelling import fold, spellings
from catalog_store.search.texts import Leads, Texts
from domain.entities import RELATION_FIELDS, Entity, Json
from domain.people import USER
from domain.refs import Ref
from domain.visibility import MARK


class Cards:
    """Columns: item `n` of each belongs to node `n`."""

    __slots__ = ("_kinds", "_names", "_reaches", "_titles", "_vanished", "guests", "marks", "refs", "traits")

    def __init__(self, read: _Columns, order: list[int]) -> None:
        places = {number: place for place, number in enumerate(order)}
        self.refs: list[Ref] = [read.refs[number] for number in order]
        self._titles = Texts([read.titles[number] for number in order])
        self._names = {places[number]: name for number, name in read.names.items()}
        self._kinds = [read.kinds[number] for number in order]
        self.traits = [read.traits[number] for number in order]
        self._reaches = {places[number]: reaches for number, reaches in read.reaches.items()}
        self._vanished = {places[number]: at for number, at in read.vanished.items()}
        self.marks = {places[number]: marks for number, marks in read.marks.items()}
        self.guests = frozenset(places[number] for number in read.guests)

    def __len__(self) -> int:
        return len(self._kinds)

    def name(self, node: int) -> str:
        """Return `Card.name` of a node."""
        return self._names.get(node, self.refs[node].name)

    def place(self, node: int) -> tuple[str, Ref]:
        """Return `Card.place` of a node."""
        ref = self.refs[node]
        return (self._titles[node] or self._names.get(node, ref.name)).casefold(), ref

    def __getitem__(self, node: int) -> Card:
        ref = self.refs[node]
        name = self._names.get(node, ref.name)
        return Card(
            ref,
            name,
            self._titles[node] or name,
            self._kinds[node],
            self.traits[node],
            self._reaches.get(node, ()),
            self._vanished.get(node),
        )


class _Columns:
    """What is read of the entities, in the order in which they come."""

    def __init__(self) -> None:
        self.refs: list[Ref] = []
        self.titles: list[str] = []
        """Empty where it is the name."""
        self.names: dict[int, str] = {}
        """As written, where that is not the ref's name."""
        self.kinds: list[str] = []
        self.traits: list[tuple[str, ...]] = []
        self.reaches: dict[int, tuple[str, ...]] = {}
        self.vanished: dict[int, datetime] = {}
        self.marks: dict[int, tuple[str, ...]] = {}
        self.guests: list[int] = []
        self._shared: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, card: Card) -> None:
        """Add a card; those with the same traits share a tuple."""
        number = len(self.refs)
        self.refs.append(card.ref)
        self.titles.append("" if card.title is card.name else card.title)
        if card.name is not card.ref.name:
            self.names[number] = card.name
        self.kinds.append(intern(card.kind))
        self.traits.append(self._shared.setdefault(card.traits, card.traits))
        if card.reaches:
            self.reaches[number] = card.reaches
        if card.vanished is not None:
            self.vanished[number] = card.vanished

    def add_sight(self, number: int, entity: Entity) -> None:
        """Note who may see an entity, and whether it is one that may not see everything."""
        if marks := marks_on(entity):
            self.marks[number] = self._shared.setdefault(marks, marks)
        if is_guest(entity):
            self.guests.append(number)

    def in_order(self) -> list[int]:
        """Return the numbers of the entities in the order of lists."""
        keys = [(title or self.names.get(number) or self.refs[number].name).casefold()
                for number, title in enumerate(self.titles)]  # fmt: skip
        numbers = list(range(len(keys)))
        if any(later < before for before, later in pairwise(self.refs)):
            numbers.sort(key=self.refs.__getitem__)
        numbers.sort(key=keys.__getitem__)  # texts alone are sorted far quicker than with what comes after
        return numbers


class _Called:
    """Texts, roles and ids by which entities are called."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.nodes = array("i")
        self.roles = array("B")
        self.hashes = array("q")
        self.having = array("i")
        self.repositories: dict[int, tuple[str, ...]] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        """Where the texts lie of an entity with repositories."""

    def add(self, number: int, card: Card, aliases: tuple[str, ...]) -> None:
        """Note what an entity is called, its repositories aside."""
        first = len(self.texts)
        for text, role in texts_of(card, aliases, ()):
            self._add(text, number, role)
        for alias in aliases:
            self.hashes.append(hash(fold(alias)))
            self.having.append(number)
        if repositories := repositories_of(card.ref, aliases):
            self.repositories[number] = repositories
            self._spans[number] = (first, len(self.texts))

    def add_repositories(self) -> None:
        """Note the names of repositories that are one component's alone, once all components are known."""
        holders = Counter(name for names in self.repositories.values() for name in names)
        for number, names in self.repositories.items():
            first, end = self._spans[number]
            seen = {"", *self.texts[first:end]}
            for spelling in (each for name in names if holders[name] == 1 for each in spellings(name)):
                if spelling not in seen:
                    seen.add(spelling)
                    self._add(spelling, number, ALIAS)

    def _add(self, text: str, number: int, role: int) -> None:
        self.texts.append(text)
        self.nodes.append(number)
        self.roles.append(role)


class _Stated:
    """The targets that entities state in one relation field."""

    def __init__(self) -> None:
        self.targets = Numbering()
        """By their refs as they are written."""
        self.stating = array("i")
        self.goals = array("i")

    def add(self, number: int, stated: Json) -> None:
        """Note the value of the field: the targets of `leaves.targets_in`."""
        if isinstance(stated, str):
            if stated:
                self.stating.append(number)
                self.goals.append(self.targets[stated])
        elif isinstance(stated, list):
            for each in stated:
                if isinstance(each, str):
                    self.stating.append(number)
                    self.goals.append(self.targets[each])


@dataclass(slots=True)
class Gathered:
    """What one pass over the entities came to; nodes are places in the order of lists."""

    cards: Cards
    stated: dict[str, tuple[Mapping[str, int], Numbers, Numbers]]
    """For each relation field the numbers of its targets' refs as they are written; then the nodes that
    state something, and beside each the number of the target."""
    texts: list[str]
    nodes: Numbers
    """The node of each text."""
    roles: npt.NDArray[np.uint8]
    """What each text is to its node."""
    ids: Leads
    """The nodes by their aliases, folded."""
    repositories: Mapping[int, tuple[str, ...]]
    """What the repositories of a component are called where that is not its name."""
    filters: Mapping[tuple[str, str], int]
    """The row of each (filter, value in lower case)."""
    filtered: Rows
    """The entities for each row."""


def gather(entities: Iterable[Entity]) -> Gathered:
    """Read the entities once."""
    columns, called = _Columns(), _Called()
    stated = {name: _Stated() for name in RELATION_FIELDS}
    tags, tagged = Numbering(), Lists()
    for number, entity in enumerate(entities):
        card, aliases = card_of(entity), aliases_of(entity)
        columns.add(card)
        if entity.ref.kind == USER or MARK in entity.fields:
            columns.add_sight(number, entity)
        called.add(number, card, aliases)
        tagged.add(map(tags.__getitem__, entity.texts("tags")))
        for name in entity.fields.keys() & RELATION_FIELDS.keys():
            stated[name].add(number, entity.fields[name])
    called.add_repositories()
    order = columns.in_order()
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    filters, filtered = _filters(columns, tags, tagged, place)
    return Gathered(
        Cards(columns, order),
        {
            name: (each.targets, place[_numbers(each.stating)], _numbers(each.goals))
            for name, each in stated.items()
        },
        called.texts,
        place[_numbers(called.nodes)],
        np.asarray(called.roles, np.uint8),
        Leads(np.asarray(called.hashes, np.int64), place[_numbers(called.having)]),
        {int(place[number]): names for number, names in called.repositories.items()},
        filters,
        filtered,
    )


def _numbers(numbers: array[int]) -> Numbers:
    return np.asarray(numbers, np.int32)


def _filters(
    columns: _Columns, tags: Numbering, tagged: Lists, place: Numbers
) -> tuple[dict[tuple[str, str], int], Rows]:
    """Return the row of each value of a filter, and the entities that have it."""
    rows: dict[tuple[str, str], int] = {}
    having, tag = tagged.pairs()
    of_tag = [rows.setdefault(("tag", fold(value)), len(rows)) for value in tags]
    found = [(np.asarray(of_tag, np.int32)[tag], having)]
    for at, name in enumerate(TRAITS):
        values = (traits[at] for traits in columns.traits)
        found.append(_of_one(name, values, rows))
    found.append(_of_one("kind", (ref.kind for ref in columns.refs), rows))
    chosen, entities = (np.concatenate(each) for each in zip(*found, strict=True))
    return rows, Rows(chosen, place[entities], len(rows))


def _of_one(name: str, values: Iterable[str], rows: dict[tuple[str, str], int]) -> tuple[Numbers, Numbers]:
    """Return the row of each entity's value, and the entity, of those that have one."""
    seen = {"": -1}
    chosen = array("i")
    for value in values:
        row = seen.get(value)
        if row is None:
            row = seen[value] = rows.setdefault((name, fold(value)), len(rows))
        chosen.append(row)
    found = _numbers(chosen)
    having = np.flatnonzero(found >= 0).astype(np.int32)
    return found[having], having
