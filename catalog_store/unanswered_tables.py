"""Declares the table of the words that found no answer."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from catalog_store.tables import Row, UtcTime, sorted_text


class UnansweredRow(Row, table=True):
    """Words that found no answer, and how often they were asked."""

    __tablename__ = "unanswered"
    __table_args__ = ({"sqlite_with_rowid": False},)

    words: str = Field(primary_key=True, sa_type=sorted_text())
    count: int
    last_at: datetime = Field(sa_type=UtcTime)
