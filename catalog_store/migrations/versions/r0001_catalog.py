"""The catalog: entities, claims, relations, aliases, change sets, and keys that are claimed once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)


def key() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def name(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def entity_of(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=f"fk_{table}_entity_id")


def upgrade() -> None:
    op.create_table(
        "change_set",
        number("number"),
        name("source"),
        name("actor"),
        sa.Column("applied_at", TIME, nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_change_set"),
    )
    entities()
    claims()
    op.create_table(
        "change",
        number("change_set"),
        number("entity_id"),
        name("operation"),
        text("before"),
        text("after"),
        sa.Column("claim_before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("change_set", "entity_id", name="pk_change"),
        sa.ForeignKeyConstraint(["change_set"], ["change_set.number"], name="fk_change_change_set"),
        entity_of("change"),
    )
    op.create_index("ix_change_entity_id", "change", ["entity_id"])
    op.create_table(
        "source",
        sa.Column("source", key(), nullable=False),
        sa.Column("looked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_source"),
    )
    op.create_table(
        "once",
        sa.Column("key", key(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_once"),
    )
    op.create_index("ix_once_at", "once", ["at"])


def entities() -> None:
    op.create_table(
        "entity",
        number("id"),
        sa.Column("kind", key(), nullable=False),
        sa.Column("namespace", key(), nullable=False),
        sa.Column("name", key(), nullable=False),
        name("written_kind"),
        name("written_name"),
        text("fields"),
        text("aliases"),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("kind", "namespace", "name", name="uq_entity_kind_namespace_name"),
        sa.ForeignKeyConstraint(["created_in"], ["change_set.number"], name="fk_entity_created_in"),
        sa.ForeignKeyConstraint(["changed_in"], ["change_set.number"], name="fk_entity_changed_in"),
    )
    op.create_table(
        "alias",
        sa.Column("alias", key(), nullable=False),
        number("entity_id"),
        sa.PrimaryKeyConstraint("alias", "entity_id", name="pk_alias"),
        entity_of("alias"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alias_entity_id", "alias", ["entity_id"])
    op.create_table(
        "relation",
        number("entity_id"),
        sa.Column("relation", key(), nullable=False),
        sa.Column("inverted", sa.Boolean(), nullable=False),
        sa.Column("other", key(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "relation", "inverted", "other", name="pk_relation"),
        entity_of("relation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_relation_other", "relation", ["other"])


def claims() -> None:
    op.create_table(
        "claim",
        number("entity_id"),
        sa.Column("source", key(), nullable=False),
        name("kind"),
        name("name"),
        text("fields"),
        text("aliases"),
        name("origin"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "source", name="pk_claim"),
        entity_of("claim"),
    )
    op.create_table(
        "sighting",
        sa.Column("source", key(), nullable=False),
        number("entity_id"),
        name("digest"),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", "entity_id", name="pk_sighting"),
        entity_of("sighting"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "once",
        "source",
        "change",
        "sighting",
        "claim",
        "relation",
        "alias",
        "entity",
        "change_set",
    ):
        op.drop_table(table)
