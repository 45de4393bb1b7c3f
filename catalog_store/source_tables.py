"""Declares the tables on how sources stand, how far they are believed, and on looks that are under way.

What sources claim is not here: that is the catalog's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from catalog_store.tables import Row, UtcTime, sorted_text


class SourceStateRow(Row, table=True):
    """How a source stands, and who is looking at it. The table `source` says when each claimant looked."""

    __tablename__ = "source_state"

    name: str = Field(primary_key=True, sa_type=sorted_text())
    looked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcTime)
    swept_at: datetime | None = Field(default=None, sa_type=UtcTime)
    change_set: int | None = None
    """Its number; no foreign key, since what is known of a source outlives what it made."""
    problem: str = Field(default="", sa_type=Text)
    remedy: str = Field(default="", sa_type=Text)
    paused: str = Field(default="", sa_type=Text)
    cursor: str = Field(default="", sa_type=Text)
    requests: int = 0
    things: int = 0
    quota_limit: int | None = None
    quota_left: int | None = None
    quota_resets_at: datetime | None = Field(default=None, sa_type=UtcTime)
    findings: int = 0
    running_since: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the look began that `holder` has, or had until `lease_until`."""
    holder: str = ""
    """Who looks at it; empty: nobody, and the last look came to an end."""
    lease_until: datetime | None = Field(default=None, sa_type=UtcTime)


class TrustRow(Row, table=True):
    """One row: the order of trust by which the catalog was last stitched as a whole."""

    __tablename__ = "trust"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str


class LookPageRow(Row, table=True):
    """What a look that is under way noted."""

    __tablename__ = "look_page"

    source: str = Field(primary_key=True, sa_type=sorted_text())
    plan: str = Field(primary_key=True, sa_type=sorted_text())
    """What kind of look noted it; another kind does not read it."""
    key: str = Field(primary_key=True, sa_type=sorted_text())
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcTime)
