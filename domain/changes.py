"""A change set: what one apply did, or would do, to the catalog.

Holds values only; `catalog_store` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.entities import Json
from domain.refs import Ref


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None means that it was, or is, absent."""

    field: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What happened to one stitched entity: `created` or `changed`, field by field."""

    ref: Ref
    operation: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One apply. `number` is None for a dry run and where there was nothing to change."""

    number: int | None
    source: str
    actor: str
    applied_at: datetime
    changes: tuple[EntityChange, ...]
    counts: Mapping[str, int]
    """How many entities were `created`, `changed`, `unchanged`."""
