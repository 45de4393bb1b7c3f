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
    """What happened to one stitched entity, field by field.

    The operation is `created`, `changed`, `vanished` (no source sees it any more), `restored` or `retired`. A
    rename is a change of the field `ref`; `ref` here is the entity's since then.
    """

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
    """How many entities were `created`, `changed`, `vanished`, `restored`, `retired`, `unchanged`."""
    undoes: int | None = None
    """The number of the change set that this one took back; None: it is no undo."""
