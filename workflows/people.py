"""Has `people:` of `idp.yaml` said of what sources saw before it is applied: whose accounts are one person's.

Pure: it only adds to `same_as`. What the company declares in files is what the accounts are said to be, and
is left as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.entities import Claim, Snapshot, Standing
from domain.people import MAIL, USER, mails_of
from domain.people_mapping import Mapped, PeopleBlock, mapped


def joined(snapshots: Iterable[Snapshot], people: PeopleBlock) -> tuple[Snapshot, ...]:
    """Return snapshots in which each account of a mapped person names the others.

    An address that several accounts of one snapshot have says nothing: then the handle must be named.
    """
    by_name = {name: person for person in mapped(people) for name in person.names}
    if not by_name:
        return tuple(snapshots)
    return tuple(_snapshot(each, by_name) for each in snapshots)


def _snapshot(snapshot: Snapshot, by_name: Mapping[str, Mapped]) -> Snapshot:
    shared = Counter(mail for each in snapshot.claims if _is_account(each) for mail in mails_of(each.aliases))
    several = {f"{MAIL}{mail}" for mail, count in shared.items() if count > 1}
    claims = tuple(_claim(each, by_name, several) if _is_account(each) else each for each in snapshot.claims)
    same = all(new is old for new, old in zip(claims, snapshot.claims, strict=True))
    return snapshot if same else replace(snapshot, claims=claims)


def _is_account(claim: Claim) -> bool:
    return claim.ref.kind == USER and claim.standing is Standing.SEEN


def _claim(claim: Claim, by_name: Mapping[str, Mapped], several: set[str]) -> Claim:
    # A handle is surer than an address.
    named = sorted(claim.aliases, key=lambda alias: alias.startswith(MAIL))
    person = next((by_name[name] for name in named if name in by_name and name not in several), None)
    if person is None:
        return claim
    others = (name for name in person.names if name not in claim.aliases)
    return replace(claim, same_as=(*others, *claim.same_as, person.marker))
