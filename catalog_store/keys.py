"""The keys by which a claim finds its entity: a vendor's names, and a name without its spelling.

Pure. A key is kept beside the aliases; one that begins with `=` is never a name that people see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog_store.search.spelling import plain
from domain.entities import Claim, Entity

LONGEST_KEY = 500


def keys_of(entity: Entity) -> set[str]:
    """Return all keys that lead to an entity: its aliases, and its name, title and aliases as names.

    A person's title is no key: two may be called the same, and in most tools people choose it themselves.
    """
    names = (
        entity.ref.name,
        entity.name,
        *((entity.title,) if entity.ref.kind != "user" else ()),
        *(each for each in entity.aliases if ":" not in each),
    )
    return {*entity.aliases, *_named(entity.ref.kind, names)}


def name_keys(claim: Claim) -> tuple[str, ...]:
    """Return the keys of the names by which a claim may be matched: of its own name alone."""
    return tuple(dict.fromkeys(_named(claim.ref.kind, (claim.ref.name, claim.name))))


def vendor_keys(claim: Claim) -> tuple[str, ...]:
    """Return the aliases of a claim that are a vendor's name for one thing: `github:acme/pay`."""
    return tuple(alias for alias in claim.aliases if ":" in alias)


def _named(kind: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        key = f"={kind}:{plain(name)}"
        if len(key) <= LONGEST_KEY:
            yield key
