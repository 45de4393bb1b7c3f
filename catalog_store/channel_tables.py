"""Declares the table of a chat's channels, as its directory showed them last."""

from __future__ import annotations

from sqlmodel import Field

from catalog_store.tables import Row, sorted_text


class ChannelRow(Row, table=True):
    """A channel as one source last saw it."""

    __tablename__ = "channel"
    __table_args__ = ({"sqlite_with_rowid": False},)

    source: str = Field(primary_key=True, sa_type=sorted_text())
    id: str = Field(primary_key=True, sa_type=sorted_text(), index=True)
    """As the vendor writes it; stays when the channel is renamed."""
    name: str = Field(sa_type=sorted_text())
    called: str = Field(sa_type=sorted_text(), index=True)
    """The name by which it is looked up: case aside."""
    archived: bool
    private: bool
    shared: bool
    member: bool
