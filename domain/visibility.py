"""Who may see what: marks on things and on fields, readers, and the one rule that brings them together.

Hides nothing by itself: views of the index and of the records do, by what is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.entities import RELATION_FIELDS, Json
from domain.errors import BadRef
from domain.refs import Ref, parse_ref

MARK = "visibility"
"""The field of an entity that says who may see it, as a list of PUBLIC, INTERNAL and refs of groups."""
PUBLIC = "public"
"""Everybody whom an answer can reach, guests and people of other organizations too."""
INTERNAL = "internal"
"""The members of the workspace."""

UNREADABLE = ":"
"""Stands for a mark that is no text; no group is written so."""
NEVER_PUBLIC = frozenset({MARK})
DOCUMENTATION = "documentation"
"""What stands for a thing's pages of documentation where fields are named; no entity has it as one."""
PUBLIC_FIELDS = frozenset({"title", "description", "type", "lifecycle", "owner", "channel"})
"""What is public of a public thing unless the company says otherwise; `channel` is the owning team's."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How far somebody may see. The default is a member of the workspace who is in no group."""

    inside: bool = True
    """Whether this is a member of the workspace: guests and people of other organizations are not."""
    groups: frozenset[Ref] = frozenset()
    """The groups that the reader is in, with those above them."""
    everything: bool = False
    """Whether nothing is hidden: for whoever runs the portal, at its own machine."""

    def may_see(self, marks: Iterable[str]) -> bool:
        """Tell whether marks let this reader in; groups among them go before PUBLIC and INTERNAL.

        Where several sources mark a thing, any group that one of them names may see it, and nobody else. What
        is no mark and no group lets nobody in: a misspelt one opens nothing.
        """
        if self.everything:
            return True
        said = frozenset(marks)
        groups = said - {PUBLIC, INTERNAL}
        if groups:
            return self.inside and not self.groups.isdisjoint(groups_among(groups))
        return self.inside or said == {PUBLIC}


OPERATOR = Reader(everything=True)
OUTSIDE = Reader(inside=False)
"""A guest, or somebody of another organization."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """What the company decided: `visibility:` in `idp.yaml`."""

    entities: str = INTERNAL
    """The mark of things that have none."""
    public_fields: frozenset[str] = PUBLIC_FIELDS
    """The fields of public things that a reader outside may see."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The marks of fields, by the field's name."""

    def shows(self, reader: Reader, name: str) -> bool:
        """Tell whether a reader may see a field of the things that they may see."""
        if reader.everything:
            return True
        marks = self.fields.get(name)
        if marks is not None and not reader.may_see(marks):
            return False
        return reader.inside or (name in self.public_fields and name not in NEVER_PUBLIC)

    def shows_relation(self, reader: Reader, relation: str) -> bool:
        """Tell whether a reader may see a relation, or its inverse: by any field that states it."""
        return any(
            self.shows(reader, each.field)
            for each in RELATION_FIELDS.values()
            if relation in (each.relation, each.inverse)
        )


def marks_of(value: Json) -> tuple[str, ...]:
    """Return the marks that a field's value holds, lower case: one text or a list of them; None has none.

    What is no text is UNREADABLE, which lets nobody in.
    """
    texts = value if isinstance(value, list) else [] if value is None else [value]
    parts = (text.split(",") if isinstance(text, str) else [UNREADABLE] for text in texts)
    marks = (mark.strip().lower() for part in parts for mark in part)
    return tuple(each for each in marks if each)


def canonical(mark: str) -> str | None:
    """Return a mark as it is kept: PUBLIC, INTERNAL, or a group's whole ref; None when it is none of them."""
    low = mark.strip().lower()
    if low in (PUBLIC, INTERNAL):
        return low
    group = _group(low)
    return None if group is None else str(group)


def groups_among(marks: Iterable[str]) -> frozenset[Ref]:
    """Return the groups that marks name."""
    return frozenset(group for mark in marks if (group := _group(mark)) is not None)


def _group(mark: str) -> Ref | None:
    try:
        ref = parse_ref(mark, "group")
    except BadRef:
        return None
    return ref if ref.kind == "group" else None
