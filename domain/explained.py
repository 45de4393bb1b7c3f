"""Why the catalog says what it says of a thing: field by field, each source's claim, and what decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.entities import Entity, Fact
from domain.things import Thing


class Decided(StrEnum):
    """What one claim went before another by; the first of these in which they differ."""

    STILL_SEEN = "still seen"
    """The other's source sees the thing no more."""
    TRUST = "trust"
    """Its source comes first in the order of trust."""
    SURER = "surer"
    """It is the surer one."""
    NEWER = "newer"
    """It was said later."""
    NAME = "name"
    """Nothing tells them apart: their sources' names decide, so that every look ends alike."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One source's claim on a field."""

    fact: Fact
    since: datetime
    """When the source first said just this."""
    lost_by: Decided | None
    """What the first claim went before this one by; None for the first."""


@dataclass(frozen=True, slots=True)
class WeighedField:
    """All claims on one field, at least one, the first of them the one that counts."""

    name: str
    claims: tuple[Weighed, ...]
    united: bool = False
    """Whether every source adds to it, so that no claim loses."""

    @property
    def disputed(self) -> bool:
        """Whether a source says something else than what counts."""
        return not self.united and any(not each.fact.wins for each in self.claims)


@dataclass(frozen=True, slots=True)
class WeighedRecord:
    """An entity, and how each of its fields came about."""

    entity: Entity
    fields: tuple[WeighedField, ...]
    """By name."""

    def on(self, name: str) -> WeighedField | None:
        """Return one field; None when nobody claims it."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Explained:
    """`why …`: how the catalog comes to say what it says of one thing. Kind `why`."""

    words: str
    subject: Thing
    fields: tuple[WeighedField, ...]
    """Those to show, what people ask first and what is disputed at the front."""
    about: str = ""
    """The one field that was asked about; empty: all."""
    more: int = 0
    """How many fields are not among them."""
    sources: int = 0
    """How many sources say anything of it."""
    disputed: int = 0
    """On how many fields sources disagree, shown or not."""
    inherited_from: Thing | None = None
    """The system or domain whose owner this is, and whose claims are shown, where the thing names none."""
    matched: str = ""
    """As in `Found`."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What people call those whom claims name, by how they are written."""
