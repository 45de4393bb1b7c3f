"""Takes a snapshot in: checks that the catalog can keep each claim, and writes it down once.

Does not ask the database anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog_store import canonical
from catalog_store.relations import stated
from domain.entities import Claim, Snapshot
from domain.errors import BadInput
from domain.refs import Ref

LONGEST = 2_000
"""Bytes of a text that is indexed; PostgreSQL's B-tree takes 2,704."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A claim with its fields as JSON, and the digest that tells whether it is the same as last time."""

    claim: Claim
    fields: str
    digest: str

    def says_the_same_as(self, other: Claim) -> bool:
        """Whether only the origin (a line that moved) differs, if anything."""
        mine = self.claim
        return (mine.name, mine.kind, mine.aliases, mine.confidence) == (
            other.name,
            other.kind,
            other.aliases,
            other.confidence,
        ) and self.fields == canonical.write(dict(other.fields))

    def check(self) -> None:
        """Raise BadInput for a text that one of the databases cannot keep or index."""
        claim = self.claim
        indexed = [*claim.ref, *claim.aliases, *(each.other for each in stated(claim.fields))]
        if any(_bytes(text) > LONGEST for text in indexed):
            raise BadInput(
                f"{_where(claim)} has a name, alias or reference of more than {LONGEST} bytes", "Shorten it."
            )
        if not _keepable("".join((*indexed, claim.kind, claim.name, claim.origin))):
            raise BadInput(
                f"{_where(claim)} has a NUL or half a character in a name, alias or reference",
                "Save it as UTF-8 text without such characters.",
            )


def take_in(snapshot: Snapshot) -> list[Incoming]:
    """Write down every claim; BadInput for a ref that comes twice, and for what is no JSON."""
    seen: set[Ref] = set()
    for claim in snapshot.claims:
        if claim.ref in seen:
            raise BadInput(f"{_where(claim)} is described a second time", "Describe each entity once.")
        seen.add(claim.ref)
    return [_incoming(claim) for claim in snapshot.claims]


def _incoming(claim: Claim) -> Incoming:
    try:
        fields = canonical.write(dict(claim.fields))
        rest = canonical.write([claim.kind, claim.name, claim.aliases, claim.origin, claim.confidence])
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(
            f"{_where(claim)} has a field that JSON cannot hold: {error}",
            "Use texts, numbers, lists and mappings.",
        ) from None
    return Incoming(claim, fields, canonical.digest(fields + rest))


def _where(claim: Claim) -> str:
    """Name a claim and where it was read, in characters that any terminal shows."""
    text = f"{claim.ref} ({claim.origin})" if claim.origin else str(claim.ref)
    return text if text.isprintable() else repr(text)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _keepable(text: str) -> bool:
    """Whether PostgreSQL's text type can hold it."""
    try:
        return "\0" not in text and (text.isascii() or bool(text.encode()))
    except UnicodeEncodeError:
        return False
