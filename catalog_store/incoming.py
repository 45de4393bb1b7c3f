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
    """A claim with its JSON, and the digest that tells whether it is the same as last time."""

    claim: Claim
    fields: str
    aliases: str
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


def take_in(snapshot: Snapshot) -> list[Incoming]:
    """Write down every claim; BadInput for a ref that comes twice and for what no database can keep."""
    incoming = [_incoming(claim) for claim in snapshot.claims]
    if len({claim.ref for claim in snapshot.claims}) < len(incoming):
        seen: set[Ref] = set()
        for claim in snapshot.claims:
            if claim.ref in seen:
                where = claim.origin or "an unknown place"
                raise BadInput(
                    f"{snapshot.source} claims {claim.ref} twice, the second time at {where}",
                    "Describe each entity once.",
                )
            seen.add(claim.ref)
    return incoming


def _incoming(claim: Claim) -> Incoming:
    try:
        fields = canonical.write(dict(claim.fields))
        rest = canonical.write([claim.kind, claim.name, claim.origin, claim.confidence])
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(
            f"{claim.ref} ({claim.origin}) has a field that JSON cannot hold: {error}",
            "Use texts, numbers, lists and mappings.",
        ) from None
    indexed = [*claim.ref, *claim.aliases, *(each.other for each in stated(claim.fields))]
    if any(_bytes(text) > LONGEST for text in indexed):
        raise BadInput(
            f"{claim.ref} ({claim.origin}) has a name, alias or reference of more than {LONGEST} bytes",
            "Shorten it.",
        )
    if not _keepable("".join((*indexed, claim.kind, claim.name, claim.origin))):
        raise BadInput(
            f"{str(claim.ref)!r} ({claim.origin!r}) has a NUL or half a character in a name, alias or ref",
            "Save it as UTF-8 text without such characters.",
        )
    aliases = canonical.write(claim.aliases)
    return Incoming(claim, fields, aliases, canonical.digest(f"{fields}{aliases}{rest}"))


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _keepable(text: str) -> bool:
    """Whether PostgreSQL's text type can hold it."""
    if "\0" in text:
        return False
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return True
