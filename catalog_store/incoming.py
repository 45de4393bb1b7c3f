"""Takes a snapshot in: checks that the catalog can keep each claim, and tells it from what was said before.

Does not ask the database anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog_store import canonical
from catalog_store.records import grounds_as_json
from catalog_store.relations import stated
from domain.entities import Claim, Json, Snapshot
from domain.errors import BadInput
from domain.vocabulary import VOLATILE

LONGEST = 2_000
"""Bytes of a text that is indexed; PostgreSQL's B-tree takes 2,704."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A claim with the digest that tells whether it is the same as last time."""

    claim: Claim
    key: str
    digest: str

    def check(self) -> None:
        """Raise BadInput for a text that one of the databases cannot keep or index."""
        claim = self.claim
        others = (each.other for each in stated(claim.fields))
        indexed = [self.key, str(claim.ref), *claim.aliases, *claim.same_as, *others]
        if any(_bytes(text) > LONGEST for text in indexed):
            raise BadInput(
                f"{_where(claim)} has a name, alias or reference of more than {LONGEST} bytes", "Shorten it."
            )
        if not _keepable("".join((*indexed, claim.kind, claim.name, claim.origin))):
            raise BadInput(
                f"{_where(claim)} has a NUL or half a character in a name, alias or reference",
                "Save it as UTF-8 text without such characters.",
            )


def keys_in(snapshot: Snapshot) -> set[str]:
    """Return the ids of all things that a snapshot claims; BadInput for one that comes twice."""
    seen: set[str] = set()
    for claim in snapshot.claims:
        if claim.key in seen:
            raise BadInput(f"{_where(claim)} is described a second time", "Describe each entity once.")
        seen.add(claim.key)
    return seen


def take_in(claims: Iterable[Claim]) -> list[Incoming]:
    """Weigh every claim; BadInput for what is no JSON."""
    return [_incoming(claim) for claim in claims]


def says_the_same(one: Claim, other: Claim) -> bool:
    """Whether nothing differs, or only what moves by itself.

    That is an origin (a line), a reason in words (`merged 14 of 20`), or a volatile field.
    """
    return _spoken(one) == _spoken(other) and canonical.same(steady(one.fields), steady(other.fields))


def steady(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the fields without those that move with everyday work."""
    return {name: value for name, value in fields.items() if name not in VOLATILE}


def _spoken(claim: Claim) -> tuple[object, ...]:
    return (
        claim.ref, claim.name, claim.kind, claim.aliases, claim.same_as, claim.confidence, claim.standing,
    )  # fmt: skip


def _incoming(claim: Claim) -> Incoming:
    try:
        fields = canonical.write(dict(claim.fields))
        rest = canonical.write([
            claim.ref, claim.kind, claim.name, claim.aliases, claim.origin, claim.confidence, claim.standing,
            claim.same_as, grounds_as_json(claim.grounds),
        ])  # fmt: skip
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(
            f"{_where(claim)} has a field that JSON cannot hold: {error}",
            "Use texts, numbers, lists and mappings.",
        ) from None
    return Incoming(claim, claim.key, canonical.digest(fields + rest))


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
