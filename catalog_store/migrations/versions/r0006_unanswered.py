"""The words that found no answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "unanswered",
        sa.Column("words", text, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("words", name="pk_unanswered"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("unanswered")
