"""Declares the tables of documentation: its pages, and the passages that they are cut into.

What is searched is kept by the databases themselves, and declared by no table: see `KEPT_BY_DATABASE`.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlmodel import Field

from catalog_store.tables import Row, sorted_text

KEPT_BY_DATABASE = ("passage_words", "passage_heading_words")
"""What r0008 makes and no table declares: all words of passages, and those of their headings alone.

On SQLite two FTS5 tables (with those that FTS5 makes beside each), which triggers fill; on PostgreSQL two
generated columns of `passage`, and an index on each.
"""


class PageRow(Row, table=True):
    """One file of documentation of one claim. Its address and age are those of its row in `file_text`."""

    __tablename__ = "page"
    __table_args__ = (Index("uq_page_file", "source", "claim", "path", unique=True),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(sa_type=sorted_text())
    claim: str = Field(sa_type=sorted_text())
    path: str = Field(sa_type=sorted_text())
    title: str
    place: int
    """Its place among the pages of the claim."""
    digest: str
    """Of what it was cut from, to know an unchanged one without cutting it."""


class PassageRow(Row, table=True):
    """A passage of a page: what one section says, or a part of that."""

    __tablename__ = "passage"
    __table_args__ = (Index(None, "page_id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    page_id: int = Field(sa_column_args=[ForeignKey("page.id")])
    number: int
    """Its place in the page; the first is 0."""
    heading: str = Field(sa_type=Text)
    """The page's title and the headings above the passage, a line each."""
    anchor: str
    text: str = Field(sa_type=Text)
    also: str = Field(sa_type=Text)
    """Further words by which it is found: parts of `camelCase`, letters without their accents."""
