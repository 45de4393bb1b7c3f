"""Passages of documentation, and what each database needs to search them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

HEADING_WEIGHT, ALSO_WEIGHT, TEXT_WEIGHT = "A", "C", "D"

OPTIONS = "content='passage', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'"
COLUMNS = {"passage_words": ("heading", "text", "also"), "passage_heading_words": ("heading",)}


def fts() -> Iterator[str]:
    """Yield what SQLite needs: two indexes of words, and the triggers that keep them."""
    for name, columns in COLUMNS.items():
        listed, old, new = (", ".join(f"{which}{each}" for each in columns) for which in ("", "old.", "new."))
        yield f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, {OPTIONS})"
        add = f"INSERT INTO {name}(rowid, {listed}) VALUES (new.id, {new})"  # noqa: S608 -- names of ours
        remove = f"INSERT INTO {name}({name}, rowid, {listed}) VALUES ('delete', old.id, {old})"  # noqa: S608 -- likewise
        yield f"CREATE TRIGGER {name}_added AFTER INSERT ON passage BEGIN {add}; END"
        yield f"CREATE TRIGGER {name}_removed AFTER DELETE ON passage BEGIN {remove}; END"


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
        # Passages are never updated: a page that changed is cut anew.
        for statement in fts():
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
        for name in COLUMNS:
            op.execute(f"DROP TABLE {name}")
    op.drop_table("passage")
    op.drop_table("page")
