"""What the descriptions of APIs say: each file or definition with its flaws, and its operations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def string(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def body(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "description",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        key("source"),
        key("claim"),
        key("path"),
        string("url"),
        string("digest"),
        number("reader"),
        string("format"),
        string("title"),
        string("version"),
        body("servers"),
        number("operations"),
        number("broken"),
        body("flaws"),
        sa.Column("parsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_description"),
    )
    op.create_index("uq_description", "description", ["source", "claim", "path"], unique=True)
    op.create_index("ix_description_reader", "description", ["reader"])
    op.create_index("ix_description_broken", "description", ["broken"])
    op.create_table(
        "operation",
        sa.Column("description_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        string("name"),
        string("verb"),
        string("address"),
        key("slotted"),
        key("called"),
        body("words"),
        string("summary"),
        string("grouped"),
        sa.Column("deprecated", sa.Boolean(), nullable=False),
        number("line"),
        body("takes"),
        string("request"),
        string("response"),
        sa.PrimaryKeyConstraint("description_id", "position", name="pk_operation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_operation_slotted", "operation", ["slotted"])
    op.create_index("ix_operation_called", "operation", ["called"])


def downgrade() -> None:
    op.drop_table("operation")
    op.drop_table("description")
