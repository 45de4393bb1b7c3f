"""Declares the tables, one SQLModel class each.

Rows never leave catalog_store, and no table is created from here: `migrations` alone creates and changes
them, and a test holds the two to each other. JSON columns are text made by `canonical`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name: SQLite's batch migrations can only drop what has one."""


class UtcTime(TypeDecorator[datetime]):
    """A time that is aware and in UTC on both sides of both databases; a naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Turn an aware time into UTC on its way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no timezone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Turn what the database returns (SQLite drops the zone) into an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sorted_text() -> String:
    """Return a text type that sorts by code point on both databases, as Python does."""
    return String().with_variant(String(collation="C"), "postgresql")


def _sorted(*, key: bool = False) -> Any:
    return Field(primary_key=key, sa_type=sorted_text())


def _number(*, of: str | None = None, index: bool = False) -> Any:
    # Not autoincrement: the one writer of the moment gives out ids and numbers.
    references = [ForeignKey(of)] if of else []
    return Field(
        primary_key=True, index=index, sa_column_args=references, sa_column_kwargs={"autoincrement": False}
    )


def _count() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


class Row(SQLModel):
    """What all tables share: their own metadata, with the naming of constraints."""

    metadata = MetaData(naming_convention=NAMING)


class EntityRow(Row, table=True):
    """An entity as stitched from its claims. The row of a retired one stays, for history and its return."""

    __tablename__ = "entity"
    __table_args__ = (
        Index(
            "uq_entity_live",
            "kind",
            "namespace",
            "name",
            unique=True,
            sqlite_where=text("retired_in IS NULL"),
            postgresql_where=text("retired_in IS NULL"),
        ),
        Index(None, "kind", "namespace", "name"),
    )

    id: int = _number()
    kind: str = _sorted()
    namespace: str = _sorted()
    name: str = _sorted()
    written_kind: str
    written_name: str
    fields: str = Field(sa_type=Text)
    aliases: str = Field(sa_type=Text)
    created_in: int = Field(foreign_key="change_set.number")
    changed_in: int = Field(foreign_key="change_set.number")
    retired_in: int | None = Field(default=None, foreign_key="change_set.number")
    """The change set that took it out of the catalog; None while it is in it."""


class ClaimRow(Row, table=True):
    """Everything that one source says of one thing: the source's bucket. Facts are derived from it."""

    __tablename__ = "claim"
    __table_args__ = (Index(None, "entity_id"),)

    source: str = _sorted(key=True)
    id: str = _sorted(key=True)
    """The source's own id of the thing; where it has none, the claim's ref."""
    entity_id: int = Field(foreign_key="entity.id")
    standing: str
    ref: str
    """As claimed; the entity may have another."""
    kind: str
    name: str
    fields: str = Field(sa_type=Text)
    aliases: str = Field(sa_type=Text)
    same_as: str = Field(sa_type=Text)
    grounds: str = Field(sa_type=Text)
    origin: str
    confidence: float
    since: datetime = Field(sa_type=UtcTime)
    """When the source first said just this."""


class SightingRow(Row, table=True):
    """When a source last saw a thing, and which entity that is: narrow, so that an unchanged look rewrites
    little. It outlives the claim: what comes back is known again."""

    __tablename__ = "sighting"
    __table_args__ = {"sqlite_with_rowid": False}

    source: str = _sorted(key=True)
    id: str = _sorted(key=True)
    entity_id: int = Field(foreign_key="entity.id")
    digest: str
    """Of the whole claim, to know an unchanged one without reading it; empty when there is no claim now."""
    seen_at: datetime = Field(sa_type=UtcTime)
    vanished_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the source first did not see it any more; None while it does."""


class AliasRow(Row, table=True):
    """Another name that leads to an entity, derived from `EntityRow`: its aliases, and the keys by which
    claims are matched (see `matching`)."""

    __tablename__ = "alias"
    __table_args__ = {"sqlite_with_rowid": False}

    alias: str = _sorted(key=True)
    entity_id: int = _number(of="entity.id", index=True)


class RelationRow(Row, table=True):
    """A relation that an entity's fields state, derived from `EntityRow.fields`.

    `relation` is always the canonical direction's name (`dependsOn`). The stating entity is its source,
    or its target when `inverted`; `other` is the ref at the other end, which need not exist.
    """

    __tablename__ = "relation"
    __table_args__ = (Index(None, "other"), {"sqlite_with_rowid": False})

    entity_id: int = _number(of="entity.id")
    relation: str = _sorted(key=True)
    inverted: bool = Field(primary_key=True)
    other: str = _sorted(key=True)


class ChangeSetRow(Row, table=True):
    """One apply that changed something."""

    __tablename__ = "change_set"

    number: int = _number()
    source: str
    actor: str
    applied_at: datetime = Field(sa_type=UtcTime)
    created: int
    changed: int
    unchanged: int
    vanished: int = _count()
    restored: int = _count()
    retired: int = _count()
    undoes: int | None = None
    """The change set that this one took back."""


class ChangeRow(Row, table=True):
    """What one apply did to one entity: its stitched fields before and after."""

    __tablename__ = "change"

    change_set: int = _number(of="change_set.number")
    entity_id: int = _number(of="entity.id", index=True)
    operation: str
    """`created`, `changed`, `vanished`, `restored`, `retired`, or `restated`: claims changed and the stitched
    entity did not."""
    before: str = Field(sa_type=Text)
    """JSON of the entity's changed fields as they were; an absent one is left out."""
    after: str = Field(sa_type=Text)


class ClaimChangeRow(Row, table=True):
    """What one apply did to one claim: enough to put it back, and to know what was claimed on a day."""

    __tablename__ = "claim_change"
    __table_args__ = (Index(None, "source", "id"), Index(None, "entity_before"), Index(None, "entity_after"))

    change_set: int = _number(of="change_set.number")
    source: str = _sorted(key=True)
    id: str = _sorted(key=True)
    entity_before: int | None = Field(default=None, foreign_key="entity.id")
    """Whose claim it was; None when there was none."""
    entity_after: int | None = Field(default=None, foreign_key="entity.id")
    before: str | None = Field(default=None, sa_type=Text)
    """JSON of the claim as it was; None when there was none."""


class SuggestionRow(Row, table=True):
    """Two entities that may be one, and what a person decided; decisions are kept for ever."""

    __tablename__ = "suggestion"
    __table_args__ = (UniqueConstraint("one", "other"),)

    number: int = _number()
    one: int = Field(foreign_key="entity.id")
    other: int = Field(foreign_key="entity.id")
    reason: str
    likeness: float
    state: str
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)


class FileTextRow(Row, table=True):
    """A file of a thing's repository, kept for its text."""

    __tablename__ = "file_text"

    source: str = _sorted(key=True)
    claim: str = _sorted(key=True)
    path: str = _sorted(key=True)
    text: str = Field(sa_type=Text)
    url: str
    seen_at: datetime = Field(sa_type=UtcTime)


class WritesRow(Row, table=True):
    """One row: how often the catalog was written to, to know whether a plan is still true."""

    __tablename__ = "writes"

    id: int = _number()
    count: int


class SourceRow(Row, table=True):
    """A source, and when it last looked."""

    __tablename__ = "source"

    source: str = _sorted(key=True)
    looked_at: datetime = Field(sa_type=UtcTime)


class OnceRow(Row, table=True):
    """A key that was claimed, once and for all."""

    __tablename__ = "once"

    key: str = _sorted(key=True)
    at: datetime = Field(sa_type=UtcTime, index=True)


def table_of(row: type[Row]) -> Table:
    """Return the table that a class declares, for statements of SQLAlchemy Core."""
    return Row.metadata.tables[str(row.__tablename__)]
