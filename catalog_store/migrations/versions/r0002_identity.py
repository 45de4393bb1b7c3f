"""Claims with ids that survive renames, several on an entity; quarantine, retirement, undo, suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)
LIVE = sa.text("retired_in IS NULL")


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def name(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def upgrade() -> None:
    change_sets()
    with op.batch_alter_table("entity") as entity:
        entity.add_column(number("retired_in", null=True))
        entity.drop_constraint("uq_entity_kind_namespace_name", type_="unique")
        entity.create_foreign_key("fk_entity_retired_in", "change_set", ["retired_in"], ["number"])
    op.create_index(
        "uq_entity_live",
        "entity",
        ["kind", "namespace", "name"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index("ix_entity_kind_namespace_name", "entity", ["kind", "namespace", "name"])
    changes()
    claims()
    beside()


def change_sets() -> None:
    with op.batch_alter_table("change_set") as change_set:
        for count in ("vanished", "restored", "retired"):
            change_set.add_column(sa.Column(count, sa.Integer(), nullable=False, server_default="0"))
        change_set.add_column(number("undoes", null=True))


def changes() -> None:
    """Give the claims' side of changes a table of its own."""
    op.create_table(
        "claim_change",
        number("change_set"),
        key("source"),
        key("id"),
        sa.Column("entity_before", sa.Integer(), nullable=True),
        sa.Column("entity_after", sa.Integer(), nullable=True),
        text("before", null=True),
        sa.PrimaryKeyConstraint("change_set", "source", "id", name="pk_claim_change"),
        refers("claim_change", "change_set", "change_set.number"),
        refers("claim_change", "entity_before", "entity.id"),
        refers("claim_change", "entity_after", "entity.id"),
    )
    op.execute(
        "INSERT INTO claim_change (change_set, source, id, entity_before, entity_after, before) "
        "SELECT c.change_set, s.source, e.kind || ':' || e.namespace || '/' || e.name, "
        "CASE WHEN c.claim_before IS NULL THEN NULL ELSE c.entity_id END, c.entity_id, c.claim_before "
        "FROM change c JOIN change_set s ON s.number = c.change_set JOIN entity e ON e.id = c.entity_id"
    )
    op.create_index("ix_claim_change_source_id", "claim_change", ["source", "id"])
    op.create_index("ix_claim_change_entity_before", "claim_change", ["entity_before"])
    op.create_index("ix_claim_change_entity_after", "claim_change", ["entity_after"])
    with op.batch_alter_table("change") as change:
        change.drop_column("claim_before")


def claims() -> None:
    """Key claims and sightings by the source's own id, which until now was the ref."""
    for table in ("claim", "sighting"):
        op.execute(
            f"CREATE TABLE {table}_before AS "  # noqa: S608 -- names of ours
            "SELECT t.*, e.kind || ':' || e.namespace || '/' || e.name AS ref "
            f"FROM {table} t JOIN entity e ON e.id = t.entity_id"
        )
        op.drop_table(table)
    claim_and_sighting()
    op.execute(
        "INSERT INTO claim (source, id, entity_id, standing, ref, kind, name, fields, aliases, same_as, "
        "grounds, origin, confidence, since) SELECT source, ref, entity_id, 'declared', ref, kind, name, "
        "fields, aliases, '[]', '{}', origin, confidence, since FROM claim_before"
    )
    # No claim has this digest: the next look compares each with what is kept, and finds it unchanged.
    op.execute(
        "INSERT INTO sighting (source, id, entity_id, digest, seen_at) "
        "SELECT source, ref, entity_id, '-', seen_at FROM sighting_before"
    )
    op.drop_table("claim_before")
    op.drop_table("sighting_before")


def claim_and_sighting() -> None:
    op.create_table(
        "claim",
        key("source"),
        key("id"),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        name("standing"),
        name("ref"),
        name("kind"),
        name("name"),
        text("fields"),
        text("aliases"),
        text("same_as"),
        text("grounds"),
        name("origin"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", "id", name="pk_claim"),
        refers("claim", "entity_id", "entity.id"),
    )
    op.create_index("ix_claim_entity_id", "claim", ["entity_id"])
    op.create_table(
        "sighting",
        key("source"),
        key("id"),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        name("digest"),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("vanished_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("source", "id", name="pk_sighting"),
        refers("sighting", "entity_id", "entity.id"),
        sqlite_with_rowid=False,
    )


def beside() -> None:
    op.create_table(
        "suggestion",
        number("number"),
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        name("reason"),
        sa.Column("likeness", sa.Float(), nullable=False),
        name("state"),
        name("decided_by"),
        sa.Column("decided_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_suggestion"),
        sa.UniqueConstraint("one", "other", name="uq_suggestion_one_other"),
        refers("suggestion", "one", "entity.id"),
        refers("suggestion", "other", "entity.id"),
    )
    op.create_table(
        "file_text",
        key("source"),
        key("claim"),
        key("path"),
        text("text"),
        name("url"),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", "claim", "path", name="pk_file_text"),
    )
    op.create_table("writes", number("id"), number("count"), sa.PrimaryKeyConstraint("id", name="pk_writes"))


def downgrade() -> None:
    """Drop what came with this: of use only on the way to an empty database, for ids do not become refs."""
    for table in ("writes", "file_text", "suggestion", "claim_change"):
        op.drop_table(table)
