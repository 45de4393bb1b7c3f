"""Pairs of entities that may be one, and what people decided about them, for ever.

Never makes one entity of two by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from catalog_store.records import ENTITY, ids_of
from catalog_store.tables import SuggestionRow, table_of
from domain.errors import BadInput
from domain.refs import Ref
from domain.sources import Suggestion

SUGGESTION = table_of(SuggestionRow)
OPEN, MERGED, APART, IGNORED = "open", "merged", "apart", "ignored"
_LAST = select(func.coalesce(func.max(SUGGESTION.c.number), 0))


def add(connection: Connection, pairs: Iterable[tuple[Ref, Ref, str, float]]) -> int:
    """Keep pairs (who would stay, the other, why, likeness) that nobody was asked about; return how many."""
    pairs = list(pairs)
    ids = ids_of(connection, {ref for one, other, *_ in pairs for ref in (one, other)})
    known = {frozenset(row) for row in connection.execute(select(SUGGESTION.c.one, SUGGESTION.c.other))}
    number = connection.execute(_LAST).scalar_one()
    rows = []
    for one, other, reason, likeness in pairs:
        if (
            one in ids
            and other in ids
            and one != other
            and (both := frozenset((ids[one], ids[other]))) not in known
        ):
            known.add(both)
            number += 1
            rows.append({
                "number": number, "one": ids[one], "other": ids[other], "reason": reason,
                "likeness": likeness, "state": OPEN, "decided_by": "",
            })  # fmt: skip
    if rows:
        connection.execute(insert(SUGGESTION), rows)
    return len(rows)


def listed(connection: Connection, state: str | None = OPEN) -> list[Suggestion]:
    """Return the suggestions in a state (None: all) whose entities are both in the catalog, likest first."""
    one, other = ENTITY.alias(), ENTITY.alias()
    statement = (
        select(
            SUGGESTION,
            one.c.kind, one.c.namespace, one.c.name,
            other.c.kind.label("kind2"), other.c.namespace.label("namespace2"), other.c.name.label("name2"),
        )
        .join_from(SUGGESTION, one, one.c.id == SUGGESTION.c.one)
        .join(other, other.c.id == SUGGESTION.c.other)
        .order_by(SUGGESTION.c.likeness.desc(), SUGGESTION.c.number)
    )  # fmt: skip
    if state is not None:
        statement = statement.where(SUGGESTION.c.state == state)
    if state == OPEN:
        statement = statement.where(one.c.retired_in.is_(None), other.c.retired_in.is_(None))
    return [
        Suggestion(
            row.number, str(Ref(row.kind, row.namespace, row.name)),
            str(Ref(row.kind2, row.namespace2, row.name2)), row.reason, row.likeness, row.state,
            row.decided_by, row.decided_at,
        )
        for row in connection.execute(statement)
    ]  # fmt: skip


def find(connection: Connection, number: int) -> Suggestion:
    """Return one suggestion. Raises BadInput when there is none of that number."""
    found = next((each for each in listed(connection, None) if each.number == number), None)
    if found is None:
        raise BadInput(f"there is no suggestion {number}", "`idp suggestions` lists them.")
    return found


def decide(connection: Connection, number: int, state: str, actor: str, at: datetime) -> bool:
    """Note a decision; False when somebody decided already: the first one holds."""
    decided = connection.execute(
        update(SUGGESTION)
        .where(SUGGESTION.c.number == number, SUGGESTION.c.state == OPEN)
        .values(state=state, decided_by=actor, decided_at=at)
    )
    return decided.rowcount == 1
