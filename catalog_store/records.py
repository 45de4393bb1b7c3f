"""Reads entities and their claims, as the values of domain.

One statement a question; nothing is cached and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select, tuple_

from catalog_store.canonical import read
from catalog_store.stitching import Held
from catalog_store.tables import ClaimRow, EntityRow, SightingRow, table_of
from domain.entities import Claim, Entity
from domain.refs import Ref

ENTITY, CLAIM, SIGHTING = table_of(EntityRow), table_of(ClaimRow), table_of(SightingRow)

REF = (ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
STITCHED = (*REF, ENTITY.c.written_name, ENTITY.c.written_kind, ENTITY.c.fields, ENTITY.c.aliases)
CLAIMED = (
    CLAIM.c.source,
    CLAIM.c.name,
    CLAIM.c.kind,
    CLAIM.c.fields,
    CLAIM.c.aliases,
    CLAIM.c.origin,
    CLAIM.c.confidence,
    CLAIM.c.since,
    SIGHTING.c.seen_at,
)
SEEN = and_(SIGHTING.c.source == CLAIM.c.source, SIGHTING.c.entity_id == CLAIM.c.entity_id)

PAGE = 1_000
"""How many entities are read in one statement."""

_WITH_CLAIMS = (
    select(*STITCHED, *CLAIMED, ENTITY.c.id)
    .join_from(ENTITY, CLAIM, CLAIM.c.entity_id == ENTITY.c.id)
    .join(SIGHTING, SEEN)
)
_RECORD = _WITH_CLAIMS.where(
    ENTITY.c.kind == bindparam("kind"),
    ENTITY.c.namespace == bindparam("namespace"),
    ENTITY.c.name == bindparam("name"),
)
_KNOWN = (
    select(ENTITY.c.name, ENTITY.c.id, SIGHTING.c.digest)
    .outerjoin_from(
        ENTITY,
        SIGHTING,
        and_(SIGHTING.c.entity_id == ENTITY.c.id, SIGHTING.c.source == bindparam("source")),
    )
    .where(
        ENTITY.c.kind == bindparam("kind"),
        ENTITY.c.namespace == bindparam("namespace"),
        ENTITY.c.name.in_(bindparam("names", expanding=True)),
    )
)
_PAGE = select(*STITCHED).order_by(*REF).limit(PAGE)


def find(connection: Connection, ref: Ref) -> tuple[Entity, list[Held]] | None:
    """Return an entity and the claims on it; None when there is no such entity."""
    rows = connection.execute(_RECORD, ref._asdict()).all()
    if not rows:
        return None
    return _entity(rows[0]), [_held(ref, row) for row in rows]


def find_many(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Entity, list[Held]]]:
    """Return the entities with these ids and the claims on each."""
    found: dict[int, tuple[Entity, list[Held]]] = {}
    for row in connection.execute(_WITH_CLAIMS.where(ENTITY.c.id.in_(ids))):
        entity, held = found.get(row[-1]) or found.setdefault(row[-1], (_entity(row), []))
        held.append(_held(entity.ref, row))
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
    return [_entity(row) for row in connection.execute(statement)]


def known(connection: Connection, refs: Iterable[Ref], source: str) -> Iterator[tuple[Ref, int, str | None]]:
    """Yield ref, id and the digest of `source`'s claim (None when it has none) of those that exist."""
    # One statement for each kind and namespace: SQLite does not use the index for a list of whole refs.
    names: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        names.setdefault((ref.kind, ref.namespace), []).append(ref.name)
    for (kind, namespace), wanted in names.items():
        given = {"kind": kind, "namespace": namespace, "names": wanted, "source": source}
        for name, entity_id, digest in connection.execute(_KNOWN, given):
            yield Ref(kind, namespace, name), entity_id, digest


def _entity(row: Sequence[Any]) -> Entity:
    kind, namespace, name, written_name, written_kind, fields, aliases = row[:7]
    return Entity(Ref(kind, namespace, name), written_name, written_kind, read(fields), _texts(aliases))


def _held(ref: Ref, row: Sequence[Any]) -> Held:
    source, name, kind, fields, aliases, origin, confidence, since, seen_at = row[7:16]
    claim = Claim(ref, name, kind, read(fields), _texts(aliases), origin, confidence)
    return Held(source, claim, since, seen_at)


def _texts(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(read(text))
