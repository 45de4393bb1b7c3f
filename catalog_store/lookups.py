"""Small questions to the derived tables: relations, aliases, and when sources looked."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, or_, select

from catalog_store.tables import AliasRow, EntityRow, RelationRow, SourceRow, table_of
from domain.refs import Ref

ENTITY, ALIAS = table_of(EntityRow), table_of(AliasRow)
RELATION, SOURCE = table_of(RelationRow), table_of(SourceRow)


class Relation(NamedTuple):
    """`source` `relation` `target`, in the canonical direction; refs as text, for an end may not exist."""

    source: str
    relation: str
    target: str


def relations(connection: Connection, ref: Ref) -> tuple[Relation, ...]:
    """Return the relations with `ref` at either end, each once however many state it, sorted."""
    itself = and_(ENTITY.c.kind == ref.kind, ENTITY.c.namespace == ref.namespace, ENTITY.c.name == ref.name)
    rows = connection.execute(
        select(
            ENTITY.c.kind,
            ENTITY.c.namespace,
            ENTITY.c.name,
            RELATION.c.relation,
            RELATION.c.inverted,
            RELATION.c.other,
        )
        .join_from(RELATION, ENTITY, ENTITY.c.id == RELATION.c.entity_id)
        .where(or_(RELATION.c.other == str(ref), RELATION.c.entity_id.in_(select(ENTITY.c.id).where(itself))))
    )
    found = set()
    for kind, namespace, name, relation, inverted, other in rows:
        mine = str(Ref(kind, namespace, name))
        found.add(Relation(other, relation, mine) if inverted else Relation(mine, relation, other))
    return tuple(sorted(found))


def known_as(connection: Connection, alias: str) -> tuple[Ref, ...]:
    """Return the entities that an alias leads to, in the order of their refs."""
    rows = connection.execute(
        select(ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
        .join_from(ALIAS, ENTITY, ENTITY.c.id == ALIAS.c.entity_id)
        .where(ENTITY.c.retired_in.is_(None), ALIAS.c.alias == alias.lower())
        .order_by(ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name)
    )
    return tuple(Ref(kind, namespace, name) for kind, namespace, name in rows)


def looks(connection: Connection) -> dict[str, datetime]:
    """Return when each source last looked."""
    rows = connection.execute(select(SOURCE.c.source, SOURCE.c.looked_at))
    return {row.source: row.looked_at for row in rows}
