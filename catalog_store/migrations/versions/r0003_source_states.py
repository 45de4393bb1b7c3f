"""How sources stand, the lease of a look that is under way, and the pages that it noted."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def time(name: str) -> sa.Column[datetime]:
    return sa.Column(name, TIME, nullable=True)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "source_state",
        key("name"),
        time("looked_at"),
        time("tried_at"),
        time("swept_at"),
        number("change_set"),
        text("problem"),
        text("remedy"),
        text("paused"),
        text("cursor"),
        number("requests", nullable=False),
        number("things", nullable=False),
        number("quota_limit"),
        number("quota_left"),
        time("quota_resets_at"),
        number("findings", nullable=False),
        time("running_since"),
        sa.Column("holder", sa.String(), nullable=False),
        time("lease_until"),
        sa.PrimaryKeyConstraint("name", name="pk_source_state"),
    )
    op.create_table(
        "look_page",
        key("source"),
        key("plan"),
        key("key"),
        text("text"),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("source", "plan", "key", name="pk_look_page"),
    )


def downgrade() -> None:
    op.drop_table("look_page")
    op.drop_table("source_state")
