"""Reads entities and their claims, as the values of domain.

Nothing is cached and nothing is written. Retired entities are left out, unless a function says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, select, tuple_

from catalog_store.among import among
from catalog_store.canonical import read, read_many
from catalog_store.moves import chunks
from catalog_store.stitching import Held
from catalog_store.tables import ClaimRow, EntityRow, SightingRow, table_of
from domain.entities import Claim, Entity, Grounds, Standing
from domain.refs import Ref, parse_ref

ENTITY, CLAIM, SIGHTING = table_of(EntityRow), table_of(ClaimRow), table_of(SightingRow)

REF = (ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
STITCHED = (*REF, ENTITY.c.written_name, ENTITY.c.written_kind, ENTITY.c.fields, ENTITY.c.aliases)
CLAIMED = (
    CLAIM.c.source,
    CLAIM.c.id,
    CLAIM.c.standing,
    CLAIM.c.ref,
    CLAIM.c.name,
    CLAIM.c.kind,
    CLAIM.c.fields,
    CLAIM.c.aliases,
    CLAIM.c.same_as,
    CLAIM.c.grounds,
    CLAIM.c.origin,
    CLAIM.c.confidence,
    CLAIM.c.since,
    SIGHTING.c.seen_at,
    SIGHTING.c.vanished_at,
    SIGHTING.c.digest,
)
LIVE = ENTITY.c.retired_in.is_(None)
SEEN = and_(SIGHTING.c.source == CLAIM.c.source, SIGHTING.c.id == CLAIM.c.id)

PAGE = 1_000
"""How many entities are read in one statement."""

_OF_KIND = (
    select(ENTITY.c.id, ENTITY.c.retired_in, *STITCHED, *CLAIMED)
    .join_from(ENTITY, CLAIM, CLAIM.c.entity_id == ENTITY.c.id)
    .join(SIGHTING, SEEN)
    .where(LIVE, ENTITY.c.kind == bindparam("kind"), ENTITY.c.namespace == bindparam("namespace"))
)
_FIND = _OF_KIND.where(ENTITY.c.name == bindparam("name"))
"""Entity and claims in one statement: what is read is never half of a change."""
_FIND_BY_NAMES = _OF_KIND.where(ENTITY.c.name.in_(bindparam("names", expanding=True)))
_CLAIMS = select(CLAIM.c.entity_id, *CLAIMED).join_from(CLAIM, SIGHTING, SEEN)
_WITH_ID = select(ENTITY.c.id, ENTITY.c.retired_in, *STITCHED)
_PAGE = select(*STITCHED).where(LIVE).order_by(*REF).limit(PAGE)


class Stored(NamedTuple):
    """An entity with what it is stitched from."""

    id: int
    retired: bool
    entity: Entity
    """As it is, or as it was when it was retired."""
    held: list[Held]


def find(connection: Connection, ref: Ref) -> Stored | None:
    """Return an entity and the claims on it; None when there is no such entity."""
    rows = connection.execute(_FIND, ref._asdict()).all()
    if not rows:
        return None
    found = _stored(rows[0])
    found.held.extend(_held(row[2 + len(STITCHED) :]) for row in rows)
    return found


def find_by_refs(connection: Connection, refs: Iterable[Ref]) -> dict[Ref, Stored]:
    """Return those of the entities that there are, with the claims on each."""
    # One statement for each kind and namespace, for the reason given at `ids_of`.
    names: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        names.setdefault((ref.kind, ref.namespace), []).append(ref.name)
    found: dict[int, Stored] = {}
    for (kind, namespace), wanted in names.items():
        for some in chunks(wanted):
            given = {"kind": kind, "namespace": namespace, "names": some}
            for row in connection.execute(_FIND_BY_NAMES, given):
                if row[0] not in found:
                    found[row[0]] = _stored(row)
                found[row[0]].held.append(_held(row[2 + len(STITCHED) :]))
    return {each.entity.ref: each for each in found.values()}


def find_many(connection: Connection, ids: Sequence[int]) -> dict[int, Stored]:
    """Return the entities with these ids, retired ones too, and the claims on each.

    Two statements: for those who know that nobody writes in between, or who look afterwards.
    """
    found = {
        row.id: _stored(row)
        for row in connection.execute(_WITH_ID.where(among(connection, ENTITY.c.id, ids)))
    }
    for entity_id, held in _claims(connection, ids):
        found[entity_id].held.append(held)
    return found


def page(connection: Connection, kind: str | None, after: Ref | None) -> list[Entity]:
    """Return the next PAGE entities in the order of their refs, of one kind or all."""
    statement: Select[Any] = _PAGE
    if kind is not None:
        statement = statement.where(ENTITY.c.kind == kind)
    if after is not None:
        # Within one kind, compared without it: SQLite would else read that kind from its start each time.
        skip = 0 if kind is None else 1
        statement = statement.where(tuple_(*REF[skip:]) > tuple_(*after[skip:]))
    return list(map(_entity, connection.execute(statement).all()))


def entities(connection: Connection, ids: Sequence[int]) -> list[Entity]:
    """Return the entities with these ids, without their claims."""
    found = connection.execute(select(*STITCHED).where(LIVE, among(connection, ENTITY.c.id, ids)))
    return [_entity(row) for row in found]


def page_with_claims(connection: Connection, after: Ref | None) -> list[Stored]:
    """Return the next PAGE entities in the order of their refs, each with the claims on it."""
    statement = _WITH_ID.where(LIVE).order_by(*REF).limit(PAGE)
    if after is not None:
        statement = statement.where(tuple_(*REF) > tuple_(*after))
    found = [_stored(row) for row in connection.execute(statement)]
    by_id = {each.id: each for each in found}
    for entity_id, held in _claims(connection, list(by_id)):
        by_id[entity_id].held.append(held)
    return found


def ids_of(connection: Connection, refs: Iterable[Ref], *, retired: bool = False) -> dict[Ref, int]:
    """Return the ids of the live entities with these refs; with `retired`, of the latest retired ones."""
    # One statement for each kind and namespace: SQLite does not use the index for a list of whole refs.
    names: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        names.setdefault((ref.kind, ref.namespace), []).append(ref.name)
    state = ENTITY.c.retired_in.is_not(None) if retired else LIVE
    found = {}
    for (kind, namespace), wanted in names.items():
        rows = connection.execute(
            select(ENTITY.c.name, ENTITY.c.id)
            .where(
                state,
                ENTITY.c.kind == kind,
                ENTITY.c.namespace == namespace,
                among(connection, ENTITY.c.name, wanted),
            )
            .order_by(ENTITY.c.retired_in, ENTITY.c.id)
        )
        found.update({Ref(kind, namespace, row.name): row.id for row in rows})
    return found


def refs_of(connection: Connection, ids: Sequence[int]) -> dict[int, Ref]:
    """Return the refs of entities by their ids, retired ones too."""
    rows = connection.execute(select(ENTITY.c.id, *REF).where(among(connection, ENTITY.c.id, ids)))
    return {row.id: Ref(row.kind, row.namespace, row.name) for row in rows}


def _claims(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Held]]:
    for entity_id, *row in connection.execute(_CLAIMS.where(among(connection, CLAIM.c.entity_id, ids))):
        yield entity_id, _held(row)


def _stored(row: Sequence[Any]) -> Stored:
    return Stored(row[0], row[1] is not None, _entity(row[2:]), [])


def _entity(row: Sequence[Any]) -> Entity:
    kind, namespace, name, written_name, written_kind, fields, aliases = row[:7]
    return Entity(Ref(kind, namespace, name), written_name, written_kind, read_many(fields), _texts(aliases))


def _held(row: Sequence[Any]) -> Held:
    source, key, standing, ref, name, kind, fields, aliases, same, grounds, origin, confidence, *times = row
    claim = Claim(
        parse_ref(ref), name, kind, read(fields), _texts(aliases), origin, confidence,
        id="" if key == ref else key, standing=Standing(standing), same_as=_texts(same),
        grounds=read_grounds(grounds),
    )  # fmt: skip
    return Held(source, claim, *times)


def read_grounds(text: str) -> Mapping[str, Grounds]:
    """Return the grounds that `write_grounds` wrote."""
    return {} if text == "{}" else {field: Grounds(*parts) for field, parts in read(text).items()}


def grounds_as_json(grounds: Mapping[str, Grounds]) -> dict[str, list[object]]:
    """Return grounds as JSON takes them."""
    return {field: [each.confidence, each.reason, each.origin] for field, each in grounds.items()}


def held_as_json(held: Held) -> dict[str, object]:
    """Return a claim as JSON from which `held_from_json` makes it again, for history."""
    claim = held.claim
    return {
        "ref": str(claim.ref),
        "standing": claim.standing.value,
        "kind": claim.kind,
        "name": claim.name,
        "fields": claim.fields,
        "aliases": claim.aliases,
        "same_as": claim.same_as,
        "grounds": grounds_as_json(claim.grounds),
        "origin": claim.origin,
        "confidence": claim.confidence,
        "since": held.since.isoformat(),
        "seen_at": held.seen_at.isoformat(),
        "vanished_at": held.vanished_at.isoformat() if held.vanished_at else None,
        "digest": held.digest,
    }


def held_from_json(source: str, key: str, text: str) -> Held:
    """Return a claim as history kept it; its digest is `-` where none was kept."""
    kept = read(text)
    ref = kept.get("ref", key)
    claim = Claim(
        parse_ref(ref), kept["name"], kept["kind"], kept["fields"], tuple(kept["aliases"]), kept["origin"],
        kept["confidence"], id="" if key == ref else key,
        standing=Standing(kept.get("standing", Standing.DECLARED)), same_as=tuple(kept.get("same_as", ())),
        grounds={field: Grounds(*parts) for field, parts in kept.get("grounds", {}).items()},
    )  # fmt: skip
    since, seen_at = datetime.fromisoformat(kept["since"]), datetime.fromisoformat(kept["seen_at"])
    gone = kept.get("vanished_at")
    vanished_at = datetime.fromisoformat(gone) if gone else None
    return Held(source, claim, since, seen_at, vanished_at, kept.get("digest", "-"))


def _texts(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    # As `canonical` writes it, a mark of quotation inside of a text has a backslash.
    return tuple(read(text)) if "\\" in text else tuple(text[2:-2].split('","'))
