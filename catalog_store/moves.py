"""What happens to single claims in one change set: the common ground of applying, undoing, merging, retiring.

Values only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from catalog_store.stitching import ALIASES, Held
from domain.changes import ChangeSet, EntityChange, FieldChange, Later
from domain.entities import Entity, Json

CREATED, CHANGED, RESTATED = "created", "changed", "restated"
VANISHED, RESTORED, RETIRED = "vanished", "restored", "retired"
COUNTED = (CREATED, CHANGED, VANISHED, RESTORED, RETIRED)

CHUNK = 500
"""How many claims are looked up, or written, in one statement."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Move:
    """One claim that is new, other than before, on another entity than before, or gone."""

    source: str
    key: str
    """The source's id of the thing."""
    entity_before: int | None
    """Whose claim it was; None: there was none."""
    entity_after: int | None
    """Whose claim it is; None: it goes, and the source remembers its thing."""
    held: Held | None
    """The claim from now on; None: none."""
    significant: bool = True
    """Whether it says anything new; else only a line or a volatile field moved."""
    forgets: bool = False
    """Whether the source even forgets that it knew the thing: undoing the first time that it did."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one entity."""

    entity_id: int
    entity: Entity
    """From now on; of a retired one, what it was."""
    operation: str | None
    """One of the constants of this module; None: nothing that people would call a change."""
    was: Mapping[str, Json]
    """The entity's changed fields as they were; an absent one is left out."""
    becomes: Mapping[str, Json] | None
    """The same fields as they are from now on; None: all of the entity's, for it is new."""
    is_new: bool = False
    """Whether there is no row of it yet."""
    renamed: bool = False
    """Whether its ref is another than before."""

    @property
    def after(self) -> Mapping[str, Json]:
        """The changed fields as they are from now on. Of a new entity they are put together when asked for:
        ten thousand copies would stand beside the claims that they are made of."""
        return flat(self.entity) if self.becomes is None else self.becomes


@dataclass(slots=True)
class Plan:
    """What one change set comes to. It holds as long as nobody else wrote."""

    writes: int
    """The count of writes that this was drawn up at."""
    version: int
    """The number of the latest change set then."""
    source: str
    observed_at: datetime
    moves: list[Move] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    before: dict[tuple[str, str], Held] = field(default_factory=dict)
    """The claims that move, as they were, by source and id."""
    refreshed: list[str] = field(default_factory=list)
    """The ids of things of which the source says the same as before."""
    dropped: int = 0
    """How many remarks were on nothing that is known."""
    undoes: int | None = None

    @property
    def changes_something(self) -> bool:
        """Whether carrying it out makes a change set."""
        return any(step.operation for step in self.steps) or any(move.significant for move in self.moves)

    def counts(self) -> dict[str, int]:
        """Return how many entities each operation is done to, and how many stay as they are."""
        done = Counter(step.operation for step in self.steps if step.operation in COUNTED)
        return counted(done, unchanged=len(self.refreshed) + len(self.steps) - done.total())

    def change_set(self, number: int | None, actor: str, at: datetime) -> ChangeSet:
        """Return it as the change set `number`, None for one that is not applied; changes in ref order."""
        steps = [step for step in self.steps if step.operation in COUNTED]
        return ChangeSet(
            number, self.source, actor, at, Later(lambda: _changes(steps)), self.counts(), self.undoes
        )


def _changes(steps: list[Step]) -> list[EntityChange]:
    return [
        EntityChange(step.entity.ref, step.operation or RESTATED, field_changes(step.was, step.after))
        for step in sorted(steps, key=lambda step: step.entity.ref)
    ]


def flat(entity: Entity) -> dict[str, Json]:
    """Return all that can change of an entity under one name each."""
    named = {**entity.fields, "kind": entity.kind, "name": entity.name}
    if entity.aliases:
        named[ALIASES] = list(entity.aliases)
    return named


def counted(done: Mapping[str, int], unchanged: int) -> dict[str, int]:
    """Return the counts of a change set; what is rare is left out where it did not happen."""
    often = (CREATED, CHANGED)
    return {**{name: done[name] for name in COUNTED if done[name] or name in often}, "unchanged": unchanged}


def field_changes(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[FieldChange, ...]:
    """Return the changed fields, by name."""
    return tuple(FieldChange(name, before.get(name), after.get(name)) for name in sorted({*before, *after}))


def chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of at most CHUNK."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
