"""What is known of entities while claims are matched: the database's rows, and what this plan adds to them.

Looks up in bulk, chunk by chunk; decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from catalog_store.among import among
from catalog_store.keys import keys_of
from catalog_store.records import CLAIM, ENTITY, LIVE, SIGHTING, ids_of
from catalog_store.tables import AliasRow, table_of
from catalog_store.trust import MEMORY
from domain.entities import Claim, Entity, Standing
from domain.refs import Ref

ALIAS = table_of(AliasRow)

_BY_KEY = (
    select(ALIAS.c.alias, ALIAS.c.entity_id, ENTITY.c.kind)
    .join_from(ALIAS, ENTITY, ENTITY.c.id == ALIAS.c.entity_id)
    .where(LIVE)
)
_BOUND = (
    select(
        SIGHTING.c.id,
        SIGHTING.c.entity_id,
        SIGHTING.c.digest,
        SIGHTING.c.vanished_at,
        CLAIM.c.standing,
        ENTITY.c.retired_in,
    )
    .join_from(SIGHTING, ENTITY, ENTITY.c.id == SIGHTING.c.entity_id)
    .outerjoin(CLAIM, (CLAIM.c.source == SIGHTING.c.source) & (CLAIM.c.id == SIGHTING.c.id))
    .where(SIGHTING.c.source == bindparam("source"))
)
_BOUND_BELOW = _BOUND.where(
    (SIGHTING.c.id == bindparam("scope"))
    | ((SIGHTING.c.id >= bindparam("first")) & (SIGHTING.c.id < bindparam("last")))
)
_CLAIMED = select(
    CLAIM.c.entity_id, CLAIM.c.source, CLAIM.c.id, CLAIM.c.standing, SIGHTING.c.vanished_at
).join_from(CLAIM, SIGHTING, (SIGHTING.c.source == CLAIM.c.source) & (SIGHTING.c.id == CLAIM.c.id))


class Bound(NamedTuple):
    """What a source last said of one of its things."""

    entity_id: int
    digest: str
    """Empty when it claims nothing of it now."""
    vanished: bool
    standing: str | None
    live: bool
    """Whether the entity is in the catalog, and not retired."""


class Claimed(NamedTuple):
    """That a claim is on an entity, and how it stands."""

    source: str
    key: str
    standing: str


def bound(connection: Connection, source: str, keys: Sequence[str] | None = None) -> dict[str, Bound]:
    """Return what a source knows by these ids; None: all of it."""
    statement = _BOUND if keys is None else _BOUND.where(among(connection, SIGHTING.c.id, keys))
    return _bounds(connection.execute(statement, {"source": source}))


def bound_below(connection: Connection, source: str, scope: str) -> dict[str, Bound]:
    """Return what a source knows of one thing and its parts, whose ids begin with the thing's and `#`."""
    given = {"source": source, "scope": scope, "first": scope + PART, "last": scope + chr(ord(PART) + 1)}
    return _bounds(connection.execute(_BOUND_BELOW, given))


def holders(connection: Connection, keys: Sequence[str]) -> dict[str, list[int]]:
    """Return the live entities to which each key leads; keys that lead nowhere are absent."""
    found: dict[str, list[int]] = {}
    for key, entity_id, _kind in connection.execute(_BY_KEY.where(among(connection, ALIAS.c.alias, keys))):
        found.setdefault(key, []).append(entity_id)
    return found


def declared(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Return those of the entities that somebody declares."""
    wanted = select(CLAIM.c.entity_id).where(
        among(connection, CLAIM.c.entity_id, ids), CLAIM.c.standing == Standing.DECLARED.value
    )
    return set(connection.execute(wanted).scalars())


def _bounds(rows: Iterable[Sequence[Any]]) -> dict[str, Bound]:
    return {
        key: Bound(entity_id, digest, vanished_at is not None, standing, retired_in is None)
        for key, entity_id, digest, vanished_at, standing, retired_in in rows
    }


def _followed(connection: Connection, retired: dict[Ref, int]) -> dict[Ref, int]:
    """Return what became of retired entities: one that was merged is the entity that it was merged into."""
    left = set(retired.values())
    into: dict[int, int] = {}
    while left:
        merged = select(CLAIM.c.id, CLAIM.c.entity_id).where(
            CLAIM.c.source == MEMORY, among(connection, CLAIM.c.id, [merge_key(each) for each in left])
        )
        found = {int(key.rpartition(":")[2]): entity_id for key, entity_id in connection.execute(merged)}
        left = set(found.values()) - into.keys() - found.keys()
        into |= found
    return {ref: _end(entity_id, into) for ref, entity_id in retired.items()}


def _end(entity_id: int, into: dict[int, int]) -> int:
    passed = set()
    while entity_id in into and entity_id not in passed:
        passed.add(entity_id)
        entity_id = into[entity_id]
    return entity_id


def merge_key(entity_id: int) -> str:
    """Return the id of the claim by which the catalog remembers that an entity became a part of another."""
    return f"merged:{entity_id}"


PART = "#"
"""Between the id of a thing and that of its part."""


@dataclass
class Known:
    """Refs, keys and claims as far as they were looked up, with what the plan has added."""

    source: str
    vanishes: Callable[[str], bool]
    """Whether this look did not see a thing of its source any more, by the thing's id."""
    _refs: dict[Ref, int] = field(default_factory=dict)
    _retired: dict[Ref, int] = field(default_factory=dict)
    _keys: dict[str, set[int]] = field(default_factory=dict)
    _kinds: dict[int, str] = field(default_factory=dict)
    _claims: dict[int, tuple[Claimed, ...]] = field(default_factory=dict)
    _read: set[int] = field(default_factory=set)
    _live: set[int] = field(default_factory=set)
    _added: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    """One entity alone, or several: so a hundred thousand take half of the room."""
    _new_refs: dict[Ref, int] = field(default_factory=dict)
    _taken_over: dict[int, Ref] = field(default_factory=dict)
    """The entities that were only seen before this plan, and the refs under which it declares them."""

    def look_up(self, connection: Connection, refs: Iterable[Ref], keys: Sequence[str]) -> None:
        """Read what the next decisions ask for."""
        wanted = tuple(dict.fromkeys(refs))
        self._refs = ids_of(connection, wanted)
        unknown = [ref for ref in wanted if ref not in self._refs and ref not in self._new_refs]
        self._retired = _followed(connection, ids_of(connection, unknown, retired=True) if unknown else {})
        self._keys = {}
        by_key = _BY_KEY.where(among(connection, ALIAS.c.alias, dict.fromkeys(keys)))
        for key, entity_id, kind in connection.execute(by_key):
            self._keys.setdefault(key, set()).add(entity_id)
            self._kinds[entity_id] = kind
        self._kinds.update({entity_id: ref.kind for ref, entity_id in self._refs.items()})
        candidates = {*self._refs.values(), *(each for found in self._keys.values() for each in found)}
        unread = list(candidates - self._read)
        if unread:
            self._read.update(unread)
            claimed = _CLAIMED.where(among(connection, CLAIM.c.entity_id, unread))
            for entity_id, source, key, standing, gone in connection.execute(claimed):
                if gone is None and not (source == self.source and self.vanishes(key)):
                    self._note(entity_id, Claimed(source, key, standing))

    def of_kind(self, kind: str) -> set[int]:
        """Return the entities of a kind that were looked up last."""
        found = {*self._refs.values(), *(each for keyed in self._keys.values() for each in keyed)}
        return {each for each in found if self._kinds.get(each) == kind}

    def by_ref(self, ref: Ref) -> int | None:
        """Return the live entity that has a ref, or will have it."""
        found = self.holder(ref)
        return None if found is not None and self._taken_over.get(found, ref) != ref else found

    def holder(self, ref: Ref) -> int | None:
        """Return the same, also one that is about to have another ref."""
        found = self._new_refs.get(ref)
        return self._refs.get(ref) if found is None else found

    def retired(self, ref: Ref) -> int | None:
        """Return the entity that had a ref when it was retired, or the one that it was made a part of."""
        return self._retired.get(ref)

    def by_key(self, key: str) -> set[int]:
        """Return the live entities to which a key leads, or will lead."""
        return {*self._keys.get(key, ()), *self._added_by(key)}

    def declared_by_key(self, key: str, also: set[int]) -> set[int]:
        """Return the declared entities to which a key leads, or will lead; `also` are some that it led to."""
        return {each for each in {*also, *self._added_by(key)} if self.is_declared(each)}

    def kind_of(self, entity_id: int) -> str:
        """Return an entity's kind, lower case."""
        return self._kinds.get(entity_id, "")

    def is_live(self, entity_id: int) -> bool:
        """Whether an entity that was bound is still in the catalog; filled by `note_bound`."""
        return entity_id in self._live

    def note_bound(self, bound: Iterable[Bound]) -> None:
        """Remember which of the entities that the source knows are live."""
        self._live.update(each.entity_id for each in bound if each.live)

    def is_declared(self, entity_id: int) -> bool:
        """Whether somebody declares the entity, and goes on doing so after this look."""
        return any(each.standing == Standing.DECLARED for each in self._claims.get(entity_id, ()))

    def seen_as_another(self, entity_id: int, claim: Claim) -> bool:
        """Whether the same source sees, under another id, what it takes this entity for."""
        return any(
            each.source == self.source and each.standing == Standing.SEEN and each.key != claim.key
            for each in self._claims.get(entity_id, ())
        )

    def may_be_one(self, entity_id: int, other: int) -> bool:
        """Whether no source sees two things, under two ids, in these two entities."""
        seen = [
            {each.source for each in self._claims.get(one, ()) if each.standing == Standing.SEEN}
            for one in (entity_id, other)
        ]
        return seen[0].isdisjoint(seen[1])

    def note_one(self, entity_id: int, other: int) -> None:
        """Note that whatever is known of another entity is known of this one."""
        for each in self._claims.get(other, ()):
            self._note(entity_id, each)

    def bind(self, claim: Claim, entity_id: int) -> None:
        """Note that a claim of this plan is on an entity, with the names that it brings."""
        self._kinds.setdefault(entity_id, claim.ref.kind)
        self._live.add(entity_id)
        if claim.standing is Standing.DECLARED and not self.is_declared(entity_id):
            self._taken_over[entity_id] = claim.ref
        self._note(entity_id, Claimed(self.source, claim.key, claim.standing))
        if claim.standing is Standing.REMARK or self.source == MEMORY:
            return
        for key in keys_of(Entity(claim.ref, claim.name, claim.kind, claim.fields, claim.aliases)):
            known = self._added_by(key)
            if entity_id not in known:
                self._added[key] = (*known, entity_id) if known else entity_id
        if claim.standing is Standing.DECLARED:
            self._new_refs[claim.ref] = entity_id

    def _note(self, entity_id: int, claimed: Claimed) -> None:
        known = self._claims.get(entity_id, ())
        if claimed not in known:
            self._claims[entity_id] = (*known, claimed)

    def _added_by(self, key: str) -> tuple[int, ...]:
        found = self._added.get(key, ())
        return found if isinstance(found, tuple) else (found,)

    def take_ref(self, ref: Ref, entity_id: int) -> None:
        """Note the ref that a new entity gets."""
        self._new_refs[ref] = entity_id
