"""Decides, field by field, what the catalog says of an entity when its sources disagree.

Pure: claims in, an entity and facts out. Loses nothing: every claimed value becomes a fact, and says
whether the entity has it. Which claims belong to one entity is decided in `matching`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog_store.canonical import same, write
from catalog_store.trust import DEFAULT, MEMORY, Precedence
from domain.entities import RELATION_FIELDS, VANISHED, Claim, Entity, Fact, Json, Record, Standing
from domain.explained import Decided
from domain.refs import Ref
from domain.vocabulary import OBSERVED

UNITED_LISTS = frozenset(
    {
        "tags",
        "links",
        *(each.field for each in RELATION_FIELDS.values() if each.many),
        *(each.name for each in OBSERVED.values() if each.united == "list"),
    }
)
"""Fields to which every source adds items; of any other list one source's wins whole."""

UNITED_MAPPINGS = frozenset(
    {
        "labels",
        "annotations",
        *(each.name for each in OBSERVED.values() if each.united == "mapping"),
    }
)
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
    vanished_at: datetime | None = None
    """When the source first did not say it any more; None while it does."""
    digest: str = ""
    """Tells this statement, with all its words, from any other of the same source."""

    @property
    def is_known_by(self) -> bool:
        """Whether this source knows the thing to exist, and does not merely remark on it or remember it."""
        return self.claim.standing is not Standing.REMARK and self.source != MEMORY


def stitch(held: Iterable[Held], precedence: Precedence = DEFAULT, ref: Ref | None = None) -> Entity:
    """Make one entity of the claims on it (at least one), in whatever order they come.

    `ref` is the entity's where its best claim's ref is another thing's already.
    """
    ranked = _ranked(held, precedence)
    first = _naming(ranked)
    ref = ref or first.ref
    fields = _fields(ranked, precedence)
    known_by = [each.vanished_at for each in ranked if each.is_known_by]
    gone = [each for each in known_by if each is not None]
    if known_by and len(gone) == len(known_by):
        fields = {**fields, VANISHED: max(gone).isoformat()}
    if len(ranked) == 1 and first.ref == ref and ref.name not in first.aliases:
        return Entity(ref, first.name, first.kind, fields, _once(first.aliases))
    aliases = [alias for each in ranked for alias in each.claim.aliases]
    for each in ranked:
        if each.claim.ref != ref and each.claim.standing is not Standing.REMARK:
            aliases += (str(each.claim.ref), each.claim.ref.name)
    own = ref.name
    return Entity(ref, first.name, first.kind, fields, tuple(dict.fromkeys(a for a in aliases if a != own)))


def record(entity: Entity, held: Iterable[Held], precedence: Precedence = DEFAULT) -> Record:
    """Pair an entity with its facts: winners first, then by field, the most trusted source first."""
    ranked = _ranked(held, precedence)
    facts = [fact_of(entity, each, name, value) for each in ranked
             for name, value in _values(each.claim) if name not in precedence.fields]  # fmt: skip
    for field in precedence.fields:
        facts += [fact_of(entity, each, name, value) for each in sorted(ranked, key=order(precedence, field))
                  for name, value in _values(each.claim) if name == field]  # fmt: skip
    facts.sort(key=lambda fact: (not fact.wins, fact.field))
    return Record(entity, tuple(facts))


def fact_of(entity: Entity, each: Held, name: str, value: Json) -> Fact:
    """Return what a claim says of one field as a fact on the entity."""
    grounds = each.claim.grounds.get(name)
    return Fact(
        field=name,
        value=value,
        source=each.source,
        observed_at=each.seen_at,
        confidence=grounds.confidence if grounds else each.claim.confidence,
        origin=(grounds.origin if grounds else "") or each.claim.origin,
        wins=_has(entity, name, value),
        reason=grounds.reason if grounds else "",
        vanished_at=each.vanished_at,
        standing=each.claim.standing,
    )


def _values(claim: Claim) -> Iterator[tuple[str, Json]]:
    yield from claim.fields.items()
    if claim.aliases:
        yield ALIASES, list(claim.aliases)


def _naming(ranked: Sequence[Held]) -> Claim:
    """Return the claim that names the entity: the best declaration, else the best sighting.

    A sighting that says it is something else names it only where no other can.
    """
    candidates = [each.claim for each in ranked if each.claim.standing is Standing.DECLARED]
    if not candidates:
        candidates = [each.claim for each in ranked if each.claim.standing is Standing.SEEN]
        candidates.sort(key=lambda claim: bool(claim.same_as))
    return candidates[0] if candidates else ranked[0].claim


_Place = tuple[bool, int, int, float, float, str, str]
_CRITERIA = (
    Decided.STILL_SEEN, Decided.TRUST, Decided.TRUST, Decided.SURER, Decided.NEWER, Decided.NAME,
    Decided.NAME,
)  # fmt: skip
"""What each part of a claim's place means."""


def order(precedence: Precedence, field: str = "") -> Callable[[Held], _Place]:
    """Return the key by which claims are sorted, the one that counts first, for a field or for the entity."""

    def place(each: Held) -> _Place:
        source, claim = each.source, each.claim
        return (
            each.vanished_at is not None,
            precedence.rank(source, field),
            precedence.rank(source),
            -claim.confidence,
            -each.since.timestamp(),
            source,
            claim.key,
        )

    return place


def decided_by(first: Held, other: Held, precedence: Precedence, field: str = "") -> Decided:
    """Return what one claim goes before another by."""
    place = order(precedence, field)
    pairs = zip(_CRITERIA, place(first), place(other), strict=True)
    return next((criterion for criterion, mine, theirs in pairs if mine != theirs), Decided.NAME)


def _ranked(held: Iterable[Held], precedence: Precedence) -> list[Held]:
    ranked = list(held)
    if len(ranked) > 1:
        ranked.sort(key=order(precedence))
    return ranked


def _fields(ranked: Sequence[Held], precedence: Precedence) -> Mapping[str, Json]:
    if len(ranked) == 1:
        claim = ranked[0].claim
        repeating = {
            name: _united(value)
            for name in claim.fields.keys() & UNITED_LISTS
            if isinstance(value := claim.fields[name], list) and _united(value) is not value
        }
        # Nobody changes an entity: where a claim stands alone, its fields are the entity's.
        return {**claim.fields, **repeating} if repeating else claim.fields
    fields: dict[str, Json] = {}
    for name in {name: None for each in ranked for name in each.claim.fields}:
        claiming = [each for each in ranked if name in each.claim.fields]
        if name in precedence.fields:
            claiming.sort(key=order(precedence, name))
        fields[name] = _stitched(name, [each.claim.fields[name] for each in claiming])
    return fields


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


def _once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts if len(set(texts)) == len(texts) else tuple(dict.fromkeys(texts))


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
        return set(value) <= {*entity.aliases, entity.ref.name}
    stitched = entity.fields.get(name)
    if name in UNITED_LISTS and isinstance(value, list) and isinstance(stitched, list):
        return {_identity(item) for item in value} <= {_identity(item) for item in stitched}
    if name in UNITED_MAPPINGS and isinstance(value, Mapping) and isinstance(stitched, Mapping):
        return all(key in stitched and same(stitched[key], mine) for key, mine in value.items())
    return same(stitched, value)
