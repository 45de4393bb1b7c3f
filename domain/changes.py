"""A change set: what one apply did, or would do, to the catalog.

Holds values only; `catalog_store` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import overload

from domain.entities import Entity, Json
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


class Later(Sequence[EntityChange]):
    """Changes that are put together when somebody looks at them: a first look brings a hundred thousand
    fields, and most callers only count."""

    def __init__(self, make: Callable[[], Sequence[EntityChange]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[EntityChange, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, at: int) -> EntityChange: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[EntityChange, ...]: ...
    def __getitem__(self, at: int | slice) -> EntityChange | tuple[EntityChange, ...]:
        return self._made[at]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Later) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return repr(self._made)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One apply. `number` is None for a dry run and where there was nothing to change."""

    number: int | None
    source: str
    actor: str
    applied_at: datetime
    changes: Sequence[EntityChange]
    """In the order of refs."""
    counts: Mapping[str, int]
    """How many entities were `created`, `changed`, `vanished`, `restored`, `retired`, `unchanged`."""
    undoes: int | None = None
    """The number of the change set that this one took back; None: it is no undo."""


@dataclass(frozen=True, slots=True)
class Since:
    """What became of the catalog since an earlier version of it."""

    version: int
    """The version now."""
    entities: tuple[Entity, ...]
    """Those that are new or other than they were, as they are now."""
    gone: tuple[Ref, ...]
    """The refs by which something went then and nothing goes now."""
