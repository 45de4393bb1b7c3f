"""Decides which entity a claim is about: by id, by declaration, by a vendor's name, by an unambiguous name.

Reads through `Known` and writes nothing. What is only similar is never the same: `suggestions` asks a person.
The rules, the surest first:

1. the id under which the source knew it before;
2. the ref that somebody declared, or an explicit `same_as`;
3. a vendor's name (`github:acme/pay`, `pagerduty:P1`) that leads to one entity of the kind;
4. the same ref, or else the same name, spelling aside, that one entity of the kind has.

A declaration takes over an entity that nobody declared, by rule 3 or 4; two declarations are never made one.
A source that sees two things with two ids has seen two things, whatever they are called. People are found by
the rules of `joining`.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog_store.keys import name_keys, vendor_keys
from catalog_store.known import Bound, Known
from domain.entities import Claim, Standing
from domain.errors import BadRef
from domain.refs import Ref, parse_ref


def entity_of(claim: Claim, bound: Bound | None, known: Known) -> int | None:
    """Return the id of the entity that a claim is about; None: of none that is known.

    `bound` says which entity the source took it for when it last claimed it.
    """
    if claim.standing is Standing.DECLARED:
        return _declared(claim, bound, known)
    told = _told(claim, known)
    if told is not None:
        return told
    # A remark that names what it is about is about nothing else, whatever it was on before.
    stays = claim.standing is Standing.SEEN or (
        bound is not None and known.is_live(bound.entity_id) and not claim.same_as
    )
    if bound is not None and stays:
        return bound.entity_id
    same = known.by_ref(claim.ref)
    vendors = _only(vendor_keys(claim), claim, known)
    if claim.standing is Standing.REMARK:
        return same if same is not None else vendors
    for entity_id in (vendors, same, _only(name_keys(claim), claim, known)):
        if entity_id is not None and not known.seen_as_another(entity_id, claim):
            return entity_id
    return None


def is_settled(claim: Claim, bound: Bound | None) -> bool:
    """Whether the id alone says which entity it is, so that nothing need be looked up."""
    return bound is not None and bound.live and not claim.same_as and claim.standing is not Standing.DECLARED


def _declared(claim: Claim, bound: Bound | None, known: Known) -> int | None:
    same = known.by_ref(claim.ref)
    if same is not None:
        return same
    if bound is not None:
        return bound.entity_id
    retired = known.retired(claim.ref)
    if retired is not None:
        return retired
    for entity_id in (
        _told(claim, known),
        _only(vendor_keys(claim), claim, known),
        _only(name_keys(claim), claim, known),
    ):
        if entity_id is not None and not known.is_declared(entity_id):
            return entity_id
    return None


def _told(claim: Claim, known: Known) -> int | None:
    """Return the entity that the claim itself names as the one it is."""
    for text in claim.same_as:
        ref = parsed(text)
        entity_id = known.by_ref(ref) if ref else None
        if entity_id is not None:
            return entity_id
        found = known.by_key(text)
        if len(found) == 1:
            return next(iter(found))
    return None


def _only(keys: Iterable[str], claim: Claim, known: Known) -> int | None:
    """Return the one entity of the claim's kind to which a key leads; None when none does, or several do."""
    for key in keys:
        found = {each for each in known.by_key(key) if known.kind_of(each) == claim.ref.kind}
        if len(found) == 1:
            return found.pop()
    return None


def parsed(text: str) -> Ref | None:
    """Return the ref that a text is; None when it is none."""
    try:
        return parse_ref(text)
    except BadRef:
        return None


def named(claim: Claim) -> Ref | None:
    """Return the ref of the entity that something seen says first that it is; None: it names none."""
    if claim.standing is Standing.DECLARED or not claim.same_as:
        return None
    return parsed(claim.same_as[0])


def wanted(claim: Claim) -> tuple[list[Ref], list[str]]:
    """Return the refs and the keys that a decision on the claim asks for."""
    refs = [claim.ref, *(ref for text in claim.same_as if (ref := parsed(text)) is not None)]
    return refs, [*claim.same_as, *vendor_keys(claim), *name_keys(claim)]
