"""What `audit …` comes to: who did what when.

An act of any kind has one shape, so that later kinds (a confirmation, an approval) need no new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.changes import FieldChange
from domain.refs import Ref
from domain.things import Thing

APPLIED = "applied"
"""A change set as a whole; what it did to single things are acts of the kinds of `EntityChange`."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody, or a source, did."""

    kind: str
    """`created`, `changed`, `vanished`, `restored`, `retired`, `restated` (a source says something else,
    and the catalog the same), `applied` (a whole change set); more kinds may come."""
    at: datetime
    actor: str
    """As it is recorded: a person's ref, `slack:U…`, `cli:` and a user, `schedule`, …."""
    source: str = ""
    """Whose look or import it was; `merges` of people have `memory`. Empty: no source was in it."""
    change_set: int | None = None
    undoes: int | None = None
    """The change set that it took back."""
    ref: Ref | None = None
    """To what it was done; None for a whole change set."""
    fields: tuple[FieldChange, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Of a whole change set: how many things were `created`, `changed`, …."""
    examples: tuple[tuple[str, Ref], ...] = ()
    """Of a whole change set: some of what it did, as (operation, thing)."""


@dataclass(frozen=True, slots=True)
class Acts:
    """One page of acts, the newest first, and how many there are in all."""

    acts: tuple[Act, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Audit:
    """`audit …`: one page of what was done, the newest first. Kind `audit`."""

    words: str
    """The thing as it was asked for; empty: everything."""
    subject: Thing | None
    """None: everything."""
    acts: tuple[Act, ...]
    total: int
    called: Mapping[str, str] = field(default_factory=dict)
    """What people call the actors, and the things that fields name: by how they are written there."""
    since: datetime | None = None
    """From when on was looked; None: from the beginning."""
    matched: str = ""
    page: int = 1
    pages: int = 1
    ask: str = ""
    """The words that ask this again, without a page."""
