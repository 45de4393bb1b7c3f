"""The little that is held of every entity: enough for a line of a list, a filter and an owner's card.

Everything else on an entity is in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern

from domain.entities import RELATION_FIELDS, Entity
from domain.refs import Ref

FACETS = ("tier", "lifecycle", "type", "language")
"""The filters that a card holds one value of."""
REACHES = ("channel", "slack_channel_id", "slack_usergroup_id", "slack_user_id", "email")
"""The fields by which an owner is reached."""
OWNER_KINDS = ("group", "user")
"""The kinds that can own."""


@dataclass(slots=True)
class Cards:
    """Columns: item `n` of each belongs to entity `n`. In order of title, case aside, then ref."""

    refs: list[Ref] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    facets: list[tuple[str, ...]] = field(default_factory=list)
    """The values of FACETS, in that order; entities with the same ones share a tuple."""
    tags: list[tuple[str, ...]] = field(default_factory=list)
    aliases: list[tuple[str, ...]] = field(default_factory=list)
    reaches: list[tuple[str, ...] | None] = field(default_factory=list)
    """The values of REACHES for what can own, else None."""
    relations: list[tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=list)
    """The relation fields that are stated, with their targets as text."""

    def put_in_order(self) -> None:
        """Sort all columns by title and ref."""
        order = sorted(range(len(self.refs)), key=lambda n: (self.titles[n].casefold(), self.refs[n]))
        for name in self.__slots__:
            column = getattr(self, name)
            column[:] = [column[n] for n in order]


def gather(entities: Iterable[Entity]) -> Cards:
    """Read the entities once and return their cards, in order."""
    cards = Cards()
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entity in entities:
        cards.refs.append(entity.ref)
        name = entity.ref.name if entity.name == entity.ref.name else entity.name
        cards.names.append(name)
        title = entity.title
        cards.titles.append(name if title == name else title)
        cards.kinds.append(intern(entity.kind))
        for column, names in ((cards.facets, FACETS), (cards.reaches, REACHES)):
            if names is REACHES and entity.ref.kind not in OWNER_KINDS:
                cards.reaches.append(None)
                continue
            values = tuple(entity.text(each) for each in names)
            column.append(shared.setdefault(values, values))
        tags = entity.texts("tags")
        cards.tags.append(shared.setdefault(tags, tags))
        cards.aliases.append(_aliases(entity))
        cards.relations.append(_relations(entity))
    cards.put_in_order()
    return cards


def _aliases(entity: Entity) -> tuple[str, ...]:
    """Return the entity's aliases and the ids that follow from its fields."""
    more: list[str] = []
    if repository := entity.text("repository"):
        more.append(f"repo:{repository}")
    if entity.ref.kind in OWNER_KINDS:
        channel, *slack_ids, email = (entity.text(each) for each in REACHES)
        more.extend(f"slack:{each}" for each in slack_ids if each)
        more.extend(each for each in (f"#{channel}" if channel else "", email) if each)
    return (*entity.aliases, *more) if more else entity.aliases


def _relations(entity: Entity) -> tuple[tuple[str, tuple[str, ...]], ...]:
    stated = []
    for name, spec in RELATION_FIELDS.items():
        if name in entity.fields:
            targets = entity.texts(name) if spec.many else (entity.text(name),)
            stated.append((name, tuple(each for each in targets if each)))
    return tuple(stated)
