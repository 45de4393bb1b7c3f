"""The channels of a chat, as its directory shows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "channel",
        key("source"),
        key("id"),
        key("name"),
        key("called"),
        flag("archived"),
        flag("private"),
        flag("shared"),
        flag("member"),
        sa.PrimaryKeyConstraint("source", "id", name="pk_channel"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_channel_id", "channel", ["id"])
    op.create_index("ix_channel_called", "channel", ["called"])


def downgrade() -> None:
    op.drop_table("channel")
