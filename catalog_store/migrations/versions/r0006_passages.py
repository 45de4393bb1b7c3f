"""Passages of documentation, and what each database needs to search them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

HEADING_WEIGHT, ALSO_WEIGHT, TEXT_WEIGHT = "A", "C", "D"

COLUMNS = "heading, text, also"
OPTIONS = "content='passage', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'"
ADDED = f"INSERT INTO passage_words(rowid, {COLUMNS}) VALUES (new.id, new.heading, new.text, new.also)"  # noqa: S608 -- names of ours
REMOVED = (
    f"INSERT INTO passage_words(passage_words, rowid, {COLUMNS}) "  # noqa: S608 -- names of ours
    "VALUES ('delete', old.id, old.heading, old.text, old.also)"
)
FTS = (
    f"CREATE VIRTUAL TABLE passage_words USING fts5({COLUMNS}, {OPTIONS})",
    f"CREATE TRIGGER passage_words_added AFTER INSERT ON passage BEGIN {ADDED}; END",
    f"CREATE TRIGGER passage_words_removed AFTER DELETE ON passage BEGIN {REMOVED}; END",
)
"""Passages are never updated: a page that changed is cut anew."""


def words(column: str) -> str:
    """Return a column's words, names such as `DB_URL`, `a/b.yaml` and `1.25` part by part, as FTS5 does."""
    signs = "''_./:-@#=+~&%$()[]{}<>|,;!?\"`*\\^"
    return f"to_tsvector('english', translate({column}, '{signs}', '{' ' * (len(signs) - 1)}'))"


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *arguments: sa.ForeignKey) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), *arguments, nullable=False, autoincrement=False)


def upgrade() -> None:
    op.create_table(
        "page",
        number("id"),
        key("source"),
        key("claim"),
        key("path"),
        sa.Column("title", sa.String(), nullable=False),
        number("place"),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
    )
    op.create_index("uq_page_file", "page", ["source", "claim", "path"], unique=True)
    op.create_table(
        "passage",
        number("id"),
        number("page_id", sa.ForeignKey("page.id", name="fk_passage_page_id")),
        number("number"),
        text("heading"),
        sa.Column("anchor", sa.String(), nullable=False),
        text("text"),
        text("also"),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    op.create_index("ix_passage_page_id", "passage", ["page_id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in FTS:
            op.execute(statement)
    else:
        _postgres()
    # The texts that sources showed before are cut at the next look, which therefore is one at everything.
    op.execute("UPDATE source_state SET cursor = ''")


def _postgres() -> None:
    parts = (("heading", HEADING_WEIGHT), ("also", ALSO_WEIGHT), ("text", TEXT_WEIGHT))
    weighed = " || ".join(f"setweight({words(column)}, '{weight}')" for column, weight in parts)
    for name, made in (("passage_words", weighed), ("passage_heading_words", words("heading"))):
        op.execute(f"ALTER TABLE passage ADD COLUMN {name} tsvector GENERATED ALWAYS AS ({made}) STORED")
        op.execute(f"CREATE INDEX ix_{name} ON passage USING gin ({name}) WITH (fastupdate = off)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_words")
    op.drop_table("passage")
    op.drop_table("page")
