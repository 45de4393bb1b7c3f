"""Keeps what the descriptions of APIs say beside the claims that they belong to, and knows which wait.

Reads no description itself: it is told which text became which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, update

from catalog_store.among import among
from catalog_store.canonical import read, write
from catalog_store.description_tables import DescriptionRow, OperationRow
from catalog_store.file_texts import FILE_TEXT
from catalog_store.moves import chunks
from catalog_store.passages.keeping import keepable
from catalog_store.records import CLAIM
from catalog_store.tables import table_of
from catalog_store.writing import insert_many
from domain.apis import DEFINITION, READER, Description, Flaw, Operation, is_description, slotted
from domain.entities import Json, Snapshot

DESCRIPTION, OPERATION = table_of(DescriptionRow), table_of(OperationRow)


class Waiting(NamedTuple):
    """A text that is to be read."""

    id: int
    digest: str
    path: str
    """Empty for a definition."""
    type: str
    """What the API's claim calls itself (`openapi`); empty for a file."""
    text: str


def note(connection: Connection, snapshot: Snapshot) -> None:
    """Have the new and changed descriptions of a snapshot wait, and drop those that its claims lack."""
    wanted = dict(_texts(snapshot))
    known: dict[tuple[str, str], tuple[int, _Text]] = {}
    for keys in chunks([claim.key for claim in snapshot.claims]):
        rows = connection.execute(
            select(*_KNOWN).where(
                DESCRIPTION.c.source == snapshot.source, among(connection, DESCRIPTION.c.claim, keys)
            )
        )
        known.update({(row.claim, row.path): (row.id, _Text(row.digest, row.url)) for row in rows})
    _drop(connection, [id_ for place, (id_, text) in known.items() if wanted.get(place) != text])
    fresh = [place for place, text in wanted.items() if place not in known or known[place][1] != text]
    first = (connection.execute(select(func.max(DESCRIPTION.c.id))).scalar() or 0) + 1
    for some in chunks(list(enumerate(fresh, first))):
        insert_many(
            connection, DESCRIPTION, [_row(id_, snapshot.source, *at, wanted[at]) for id_, at in some]
        )


_KNOWN = (
    DESCRIPTION.c.claim, DESCRIPTION.c.path, DESCRIPTION.c.id, DESCRIPTION.c.digest, DESCRIPTION.c.url,
)  # fmt: skip


class _Text(NamedTuple):
    """What tells one text from another."""

    digest: str
    url: str


def _row(id_: int, source: str, claim: str, path: str, text: _Text) -> dict[str, Any]:
    place = {"id": id_, "source": source, "claim": claim, "path": path}
    return {
        **place, **text._asdict(), "reader": 0, "format": "", "title": "", "version": "",
        "servers": "[]", "operations": 0, "broken": 0, "flaws": "[]", "parsed_at": None,
    }  # fmt: skip


def _texts(snapshot: Snapshot) -> Iterator[tuple[tuple[str, str], _Text]]:
    """Yield (claim, path) and what is to be known of every text that describes an API."""
    for file in snapshot.files:
        if is_description(file.path):
            yield (file.claim, file.path), _Text(_digest(keepable(file.text)), file.url)
    for claim in snapshot.claims:
        if claim.kind.lower() == "api" and (text := definition(claim.fields.get(DEFINITION))):
            yield (claim.key, ""), _Text(_digest(text), claim.origin)


def definition(value: Json) -> str:
    """Return the description that a claim carries; one that is a mapping as JSON."""
    return value if isinstance(value, str) else write(value) if isinstance(value, dict) else ""


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def waiting(connection: Connection, limit: int) -> list[Waiting]:
    """Return texts that no reading of now has read, at most `limit`."""
    rows = connection.execute(
        select(
            DESCRIPTION.c.id, DESCRIPTION.c.digest, DESCRIPTION.c.path, FILE_TEXT.c.text, CLAIM.c.fields
        )
        .join_from(
            DESCRIPTION, CLAIM,
            (CLAIM.c.source == DESCRIPTION.c.source) & (CLAIM.c.id == DESCRIPTION.c.claim),
        )
        .outerjoin(
            FILE_TEXT,
            (FILE_TEXT.c.source == DESCRIPTION.c.source)
            & (FILE_TEXT.c.claim == DESCRIPTION.c.claim)
            & (FILE_TEXT.c.path == DESCRIPTION.c.path),
        )
        .where(DESCRIPTION.c.reader != READER)
        .order_by(DESCRIPTION.c.id)
        .limit(limit)
    )  # fmt: skip
    found = []
    for id_, digest, path, text, fields in rows:
        claimed = {} if path else read(fields)
        type_ = claimed.get("type")
        content = (text or "") if path else definition(claimed.get(DEFINITION))
        found.append(Waiting(id_, digest, path, type_ if isinstance(type_, str) else "", content))
    return found


def keep(connection: Connection, read_: Sequence[tuple[Waiting, Description | None]], at: datetime) -> None:
    """Take over what texts were found to say; one that has changed or gone since waits, or is gone."""
    rows = connection.execute(
        select(DESCRIPTION.c.id, DESCRIPTION.c.digest).where(
            among(connection, DESCRIPTION.c.id, [text.id for text, _ in read_])
        )
    )
    digests = {row.id: row.digest for row in rows}
    current = [(text, found) for text, found in read_ if digests.get(text.id) == text.digest]
    if not current:
        return
    connection.execute(
        delete(OPERATION).where(among(connection, OPERATION.c.description_id, [t.id for t, _ in current]))
    )
    connection.execute(_SAID, [_said(text.id, found or Description(""), at) for text, found in current])
    found_rows = [
        _operation(text.id, place, each)
        for text, found in current
        if found is not None
        for place, each in enumerate(_in_groups(found.operations))
    ]
    for some in chunks(found_rows):
        insert_many(connection, OPERATION, some)


_SAID = (
    update(DESCRIPTION)
    .where(DESCRIPTION.c.id == bindparam("of_id"))
    .values({
        name: bindparam(f"new_{name}")
        for name in (
            "reader", "format", "title", "version", "servers", "operations", "broken", "flaws", "parsed_at",
        )
    })
)  # fmt: skip


def _said(id_: int, found: Description, at: datetime) -> dict[str, Any]:
    return {
        "of_id": id_, "new_reader": READER, "new_format": keepable(found.format),
        "new_title": keepable(found.title), "new_version": keepable(found.version),
        "new_servers": write(list(found.servers)), "new_operations": len(found.operations),
        "new_broken": len(found.flaws),
        "new_flaws": write([[flaw.line, flaw.problem, flaw.remedy] for flaw in found.flaws]),
        "new_parsed_at": at,
    }  # fmt: skip


def flaws_in(text: str) -> tuple[Flaw, ...]:
    """Return the flaws that a row holds."""
    return tuple(Flaw(*each) for each in read(text))


def _in_groups(operations: Sequence[Operation]) -> list[Operation]:
    """Return operations group by group, the groups in the order in which they first appear."""
    order: dict[str, int] = {}
    for each in operations:
        order.setdefault(each.group, len(order))
    return sorted(operations, key=lambda each: order[each.group])


def _operation(description: int, position: int, each: Operation) -> dict[str, Any]:
    texts = {"name": each.name, "verb": each.verb, "address": each.address, "summary": each.summary}
    words = " ".join((each.name, each.address, each.summary, each.group)).lower()
    kept = {**texts, "grouped": each.group, "request": each.request, "response": each.response}
    return {
        "description_id": description, "position": position,
        **{name: keepable(text) for name, text in kept.items()},
        "slotted": keepable(slotted(each.address)), "called": keepable(each.name.lower()),
        "words": keepable(words), "deprecated": each.deprecated, "line": each.line,
        "takes": write(list(each.takes)),
    }  # fmt: skip


def sweep(connection: Connection, sources: Sequence[str]) -> None:
    """Drop what belongs to no claim any more."""
    claimed = select(CLAIM.c.id).where(
        CLAIM.c.source == DESCRIPTION.c.source, CLAIM.c.id == DESCRIPTION.c.claim
    )
    ids = connection.execute(
        select(DESCRIPTION.c.id).where(DESCRIPTION.c.source.in_(sources), ~claimed.exists())
    ).scalars()
    _drop(connection, list(ids))


def _drop(connection: Connection, ids: Sequence[int]) -> None:
    for some in chunks(list(ids)):
        connection.execute(delete(OPERATION).where(among(connection, OPERATION.c.description_id, some)))
        connection.execute(delete(DESCRIPTION).where(among(connection, DESCRIPTION.c.id, some)))
