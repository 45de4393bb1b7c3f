"""Declares the tables on the descriptions of APIs. They are of now: history has none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from catalog_store.tables import Row, UtcTime, sorted_text


class DescriptionRow(Row, table=True):
    """A file that describes an API, or the definition that an API's claim carries (its path is empty)."""

    __tablename__ = "description"
    __table_args__ = (Index("uq_description", "source", "claim", "path", unique=True),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(sa_type=sorted_text())
    claim: str = Field(sa_type=sorted_text())
    path: str = Field(sa_type=sorted_text())
    url: str
    """Where a person can read it: an address, or the path and line that its claim comes from."""
    digest: str
    """Of the text."""
    reader: int = Field(index=True)
    """Which reading of descriptions read it; 0: none has."""
    format: str = ""
    """Empty also of what was found to describe no API."""
    title: str = ""
    version: str = ""
    servers: str = Field(default="[]", sa_type=Text)
    operations: int = 0
    """How many there are."""
    broken: int = Field(default=0, index=True)
    """How many flaws there are."""
    flaws: str = Field(default="[]", sa_type=Text)
    parsed_at: datetime | None = Field(default=None, sa_type=UtcTime)


class OperationRow(Row, table=True):
    """One operation of a description, in the order in which they are listed."""

    __tablename__ = "operation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    description_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    verb: str
    address: str
    slotted: str = Field(sa_type=sorted_text(), index=True)
    """The address as `domain.apis.slotted` has it."""
    called: str = Field(sa_type=sorted_text(), index=True)
    """The name, case aside."""
    words: str = Field(sa_type=Text)
    """All that it is sought by, in lower case."""
    summary: str
    grouped: str
    deprecated: bool
    line: int
    takes: str = Field(sa_type=Text)
    request: str
    response: str
