"""Decides, field by field, what the catalog says of an entity when its sources disagree.

Pure: claims in, an entity and facts out. Loses nothing: every claimed value becomes a fact, and says
whether the entity has it. Which claims belong to one entity is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog_store.canonical import same, write
from domain.entities import RELATION_FIELDS, Claim, Entity, Fact, Json, Record

Precedence = tuple[str, ...]
"""Sources, the most trusted first; one that is not named comes after all that are."""

PRECEDENCE: Precedence = ("backstage", "csv", "codeowners")

UNITED_LISTS = frozenset({"tags", "links", *(each.field for each in RELATION_FIELDS.values() if each.many)})
"""Fields to which every source adds items; of any other list one source's wins whole."""

UNITED_MAPPINGS = frozenset({"labels", "annotations"})
"""Fields to which every source adds keys; precedence decides key by key."""

ALIASES = "aliases"
"""The name under which a claim's aliases are a fact."""


@dataclass(frozen=True, slots=True)
class Held:
    """A claim as the catalog holds it."""

    source: str
    claim: Claim
    since: datetime
    """When the source first said just this. Breaks ties: the newer statement, not the newer look, wins,
    or two sources of one rank would take turns with every sync."""
    seen_at: datetime
    """When the source last said it: the age of its facts."""


def stitch(held: Iterable[Held], precedence: Precedence = PRECEDENCE) -> Entity:
    """Make one entity of the claims on it (at least one, all of one ref), in whatever order they come."""
    ranked = _ranked(held, precedence)
    first = ranked[0].claim
    if len(ranked) == 1:
        names: Iterable[str] = first.fields
    else:
        names = {name: None for each in ranked for name in each.claim.fields}
    fields = {
        name: _stitched(name, [each.claim.fields[name] for each in ranked if name in each.claim.fields])
        for name in names
    }
    aliases = tuple(dict.fromkeys(alias for each in ranked for alias in each.claim.aliases))
    return Entity(first.ref, first.name, first.kind, fields, aliases)


def record(entity: Entity, held: Iterable[Held], precedence: Precedence = PRECEDENCE) -> Record:
    """Pair an entity with its facts: winners first, then by field, the most trusted source first."""
    facts = [
        Fact(
            field=name,
            value=value,
            source=each.source,
            observed_at=each.seen_at,
            confidence=each.claim.confidence,
            origin=each.claim.origin,
            wins=_has(entity, name, value),
        )
        for each in _ranked(held, precedence)
        for name, value in _values(each.claim)
    ]
    facts.sort(key=lambda fact: (not fact.wins, fact.field))
    return Record(entity, tuple(facts))


def _values(claim: Claim) -> Iterator[tuple[str, Json]]:
    yield from claim.fields.items()
    if claim.aliases:
        yield ALIASES, list(claim.aliases)


def _ranked(held: Iterable[Held], precedence: Precedence) -> list[Held]:
    ranked = list(held)
    if len(ranked) > 1:
        ranked.sort(key=lambda each: each.source)
        ranked.sort(key=lambda each: each.since, reverse=True)
        ranked.sort(key=_ranking(precedence))
    return ranked


def _ranking(precedence: Precedence) -> Callable[[Held], int]:
    ranks = {source: rank for rank, source in enumerate(precedence)}
    return lambda each: ranks.get(each.source, len(ranks))


def _stitched(name: str, values: Sequence[Json]) -> Json:
    """Return the stitched value of a field from its claimed ones, the most trusted first."""
    best = values[0]
    if name in UNITED_LISTS and isinstance(best, list):
        return _united([item for value in values if isinstance(value, list) for item in value])
    if name in UNITED_MAPPINGS and isinstance(best, dict) and len(values) > 1:
        return {
            key: value
            for mapping in reversed(values)
            if isinstance(mapping, dict)
            for key, value in mapping.items()
        }
    return best


def _united(items: list[Json]) -> list[Json]:
    """Return the items, each once, in the order in which they first come."""
    if len({item for item in items if isinstance(item, str)}) == len(items):
        return items
    united: dict[object, Json] = {}
    for item in items:
        united.setdefault(_identity(item), item)
    return list(united.values())


def _identity(item: Json) -> object:
    return item if isinstance(item, str) else (write(item),)


def _has(entity: Entity, name: str, value: Json) -> bool:
    """Whether the entity has this value, or all of its items and keys where sources are united."""
    if name == ALIASES and isinstance(value, list):
        return set(value) <= set(entity.aliases)
    stitched = entity.fields.get(name)
    if name in UNITED_LISTS and isinstance(value, list) and isinstance(stitched, list):
        return {_identity(item) for item in value} <= {_identity(item) for item in stitched}
    if name in UNITED_MAPPINGS and isinstance(value, Mapping) and isinstance(stitched, Mapping):
        return all(key in stitched and same(stitched[key], mine) for key, mine in value.items())
    return same(stitched, value)
