"""Finds remarks that say the same as before, and whose words lead elsewhere by now, or nowhere.

A remark has no life of its own: it is about what its `same_as` names today. Decides nothing: those that it
finds are matched again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from catalog_store.incoming import Incoming
from catalog_store.known import Bound, holders
from catalog_store.matching import parsed
from catalog_store.records import ids_of
from domain.entities import Claim, Standing
from domain.refs import Ref


def strayed(connection: Connection, same: Iterable[Incoming], before: Mapping[str, Bound]) -> set[str]:
    """Return the ids of the remarks whose `same_as` does not lead to the entity that they are on."""
    remarks = [each for each in same if each.claim.standing is Standing.REMARK and each.claim.same_as]
    if not remarks:
        return set()
    texts = {text for each in remarks for text in each.claim.same_as}
    by_ref = ids_of(connection, {ref for text in texts if (ref := parsed(text)) is not None})
    by_key = holders(connection, sorted(texts))
    return {each.key for each in remarks if _target(each.claim, by_ref, by_key) != before[each.key].entity_id}


def _target(claim: Claim, by_ref: Mapping[Ref, int], by_key: Mapping[str, Sequence[int]]) -> int | None:
    """Return what `matching` would say of `same_as` alone."""
    for text in claim.same_as:
        ref = parsed(text)
        if ref is not None and ref in by_ref:
            return by_ref[ref]
        found = by_key.get(text, ())
        if len(found) == 1:
            return found[0]
    return None
