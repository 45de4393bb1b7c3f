"""Reads all people with their accounts at once; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from catalog_store.canonical import read
from catalog_store.records import CLAIM, ENTITY, LIVE, REF, SEEN, SIGHTING
from catalog_store.trust import MEMORY
from domain.entities import Json, Standing
from domain.people import USER, account_of, mails_of
from domain.persons import Account, KnownPerson
from domain.refs import Ref

_PEOPLE = (
    select(
        *REF, ENTITY.c.written_name, ENTITY.c.fields.label("stitched"),
        CLAIM.c.source, CLAIM.c.id, CLAIM.c.standing, CLAIM.c.aliases, CLAIM.c.fields,
    )
    .join_from(ENTITY, CLAIM, CLAIM.c.entity_id == ENTITY.c.id)
    .join(SIGHTING, SEEN)
    .where(
        LIVE, ENTITY.c.kind == USER, SIGHTING.c.vanished_at.is_(None),
        CLAIM.c.standing != Standing.REMARK.value, CLAIM.c.source != MEMORY,
    )
    .order_by(*REF, CLAIM.c.source, CLAIM.c.id)
)  # fmt: skip
_BOTS = ("bot", "app", "service")
_BOT_ENDING = "[bot]"


def people(connection: Connection) -> list[KnownPerson]:
    """Return everybody whom a source still sees, in the order of their refs, bots left out."""
    rows = connection.execute(_PEOPLE)
    found = (_person(Ref(*ref), list(group)) for ref, group in groupby(rows, key=lambda row: tuple(row[:3])))
    return [each for each in found if each is not None]


def _person(ref: Ref, rows: Sequence[Any]) -> KnownPerson | None:
    fields = read(rows[0].stitched)
    if fields.get("type") in _BOTS or ref.name.endswith(_BOT_ENDING):
        return None
    accounts = []
    mails: dict[str, None] = {}
    declared = False
    for row in rows:
        aliases = read(row.aliases)
        mails.update(dict.fromkeys(sorted(mails_of(aliases))))
        if row.standing == Standing.DECLARED.value:
            declared = True
        else:
            accounts += _accounts(row, aliases)
    return KnownPerson(
        ref, _text(fields.get("title")) or rows[0].written_name, tuple(accounts), tuple(mails), declared
    )


def _accounts(row: Any, aliases: Iterable[str]) -> list[Account]:
    """Return the accounts of one claim: one, but for a source that tells of several tools."""
    fields = read(row.fields)
    states = fields.get("accounts")
    states = states if isinstance(states, dict) else {}
    named = dict(found for alias in aliases if (found := account_of(alias)) is not None)
    mails, title = tuple(sorted(mails_of(aliases))), _text(fields.get("title"))
    return [
        Account(tool, handle, row.source, _text(states.get(tool)), mails, title)
        for tool, handle in sorted(named.items()) or [(row.source, row.id.lower())]
    ]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
