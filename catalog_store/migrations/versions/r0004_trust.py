"""The order of trust by which the catalog was last stitched; keys to what was written before 0002."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from catalog_store.keys import keys_of
from domain.entities import Entity
from domain.refs import Ref

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "trust",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trust"),
    )
    name_keys()


def name_keys() -> None:
    """Give entities that were written before 0002 the keys by which claims find them."""
    connection = op.get_bind()
    entities = connection.execute(
        sa.text(
            "SELECT id, kind, namespace, name, written_name, written_kind, fields, aliases "
            "FROM entity WHERE retired_in IS NULL"
        )
    ).all()
    insert = sa.text(
        "INSERT INTO alias (alias, entity_id) VALUES (:alias, :entity_id) ON CONFLICT DO NOTHING"
    )
    for id_, kind, namespace, name, written, written_kind, fields, aliases in entities:
        ref = Ref(kind, namespace, name)
        entity = Entity(ref, written, written_kind, json.loads(fields), tuple(json.loads(aliases)))
        rows = [{"alias": alias, "entity_id": id_} for alias in sorted(keys_of(entity))]
        connection.execute(insert, rows)


def downgrade() -> None:
    op.drop_table("trust")
