"""Finds the things for which somebody is on call, without reading any thing's plan.

Beside the names of a thing that has a policy stand the key `=@oncall:@<ref>` and keys of who is in its plan,
`=@oncall:<person> <policy>`. They follow the field `oncall` also where it moves without a change set. No name
begins with `=`, and no kind with `@`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select

from catalog_store.keys import LONGEST_KEY
from catalog_store.moves import chunks
from catalog_store.records import refs_of
from catalog_store.tables import AliasRow, table_of
from domain.entities import Json
from domain.oncall_plan import FIELD, Covered, policies
from domain.refs import Ref

ALIAS = table_of(AliasRow)
_MARK = "=@oncall:"
_HAS = f"{_MARK}@"
_AFTER_BLANK = chr(ord(" ") + 1)
_AFTER_COLON = chr(ord(":") + 1)
NAMED = 5
"""How many things of a policy are named; of the others it is told how many there are."""
_PEOPLE = 50
"""How many aliases of one person are looked at."""


def keys(ref: Ref, fields: Mapping[str, Json] | None) -> set[str]:
    """Return the keys of a thing's policies and of the people in their plans; none where it has none."""
    value = fields.get(FIELD) if fields else None
    return {key for key in _keys(ref, value) if len(key) <= LONGEST_KEY} if value else set()


def _keys(ref: Ref, value: Json) -> Iterator[str]:
    for policy in policies(value):
        yield f"{_HAS}{ref}"
        for shift in policy.shifts:
            for person in (shift.person, f"mailto:{shift.email}" if shift.email else ""):
                if person and " " not in person:
                    yield f"{_MARK}{person} {policy.key}"


def is_key() -> ColumnElement[bool]:
    """Return the condition that a row of the aliases is such a key."""
    return and_(ALIAS.c.alias >= _MARK, ALIAS.c.alias < _MARK[:-1] + _AFTER_COLON)


_HAVING = select(ALIAS.c.alias).where(ALIAS.c.alias.in_(bindparam("keys", expanding=True)))


def having_plans(connection: Connection, refs: Sequence[Ref]) -> dict[Ref, bool]:
    """Return those of the things that have a policy, each with True."""
    wanted = {f"{_HAS}{ref}": ref for ref in refs}
    found: dict[Ref, bool] = {}
    for some in chunks(list(wanted)):
        found.update({wanted[key]: True for (key,) in connection.execute(_HAVING, {"keys": some})})
    return found


_PLANNED = select(ALIAS.c.alias, ALIAS.c.entity_id).where(
    ALIAS.c.alias >= bindparam("first"), ALIAS.c.alias < bindparam("after")
)
"""One range of the keys. Several in one statement have SQLite read them all."""


def planned(connection: Connection, people: Sequence[str]) -> dict[str, Covered]:
    """Return the things of each policy that names one of the people."""
    found: dict[str, set[int]] = {}
    for person in dict.fromkeys(each.lower() for each in people[:_PEOPLE] if each and " " not in each):
        keys_of_person = {"first": f"{_MARK}{person} ", "after": f"{_MARK}{person}{_AFTER_BLANK}"}
        # Of the keys alone, which only living things have: a policy may be that of a thousand.
        for alias, entity_id in connection.execute(_PLANNED, keys_of_person).all():
            found.setdefault(alias, set()).add(entity_id)
    policies_of: dict[str, set[int]] = {}
    for alias, ids in found.items():
        policies_of.setdefault(alias.partition(" ")[2], set()).update(ids)
    first = {policy: nsmallest(NAMED, ids) for policy, ids in policies_of.items()}
    refs = refs_of(connection, [each for ids in first.values() for each in ids])
    return {
        policy: Covered(tuple(sorted(refs[each] for each in ids)), len(policies_of[policy]))
        for policy, ids in sorted(first.items())
    }
