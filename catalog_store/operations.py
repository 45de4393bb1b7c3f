"""Finds descriptions of APIs and their operations: of things, by words, and by path or name over all.

Each result says by a ref whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from catalog_store.among import among
from catalog_store.canonical import read
from catalog_store.describing import DESCRIPTION, OPERATION, flaws_in
from catalog_store.passages.keeping import keepable
from catalog_store.records import CLAIM, ENTITY, LIVE, REF, ids_of
from domain.apis import Broken, Described, Description, Operation, Source, slotted
from domain.refs import Ref

MOST_DESCRIPTIONS = 50
"""Descriptions of some things that are looked through."""
_MOST_SEGMENTS = 6
"""Segments of a path of which each may be a template's: 64 paths."""

Whose = Callable[[Ref], bool]
"""Tells whether what a thing has is wanted."""

_PLACE = (*REF, DESCRIPTION.c.path, DESCRIPTION.c.url)
_HEADING = (
    DESCRIPTION.c.id, DESCRIPTION.c.digest, DESCRIPTION.c.format, DESCRIPTION.c.title, DESCRIPTION.c.version,
    DESCRIPTION.c.servers, DESCRIPTION.c.flaws, DESCRIPTION.c.operations,
)  # fmt: skip
_OPERATION = (
    OPERATION.c.name, OPERATION.c.verb, OPERATION.c.address, OPERATION.c.summary, OPERATION.c.grouped,
    OPERATION.c.deprecated, OPERATION.c.line, OPERATION.c.takes, OPERATION.c.request, OPERATION.c.response,
)  # fmt: skip
_CLAIMED = and_(CLAIM.c.source == DESCRIPTION.c.source, CLAIM.c.id == DESCRIPTION.c.claim)
_OF_ENTITY = and_(ENTITY.c.id == CLAIM.c.entity_id, LIVE)


def _placed(*columns: Any) -> Select[Any]:
    """Return a statement that reads columns of descriptions with whose they are."""
    return select(*columns, *_PLACE).select_from(DESCRIPTION).join(CLAIM, _CLAIMED).join(ENTITY, _OF_ENTITY)


def described(connection: Connection, refs: Sequence[Ref]) -> list[Described]:
    """Return the descriptions of things, in the things' order, then by path; each text once."""
    ids = ids_of(connection, refs)
    rows = connection.execute(
        _placed(*_HEADING)
        .where(among(connection, CLAIM.c.entity_id, ids.values()), DESCRIPTION.c.format != "")
        .order_by(DESCRIPTION.c.path.desc(), DESCRIPTION.c.id)
        .limit(MOST_DESCRIPTIONS)
    ).all()
    found: dict[str, Described] = {}
    for id_, digest, format_, title, version, servers, flaws, count, *place in rows:
        # A file comes before the definition that was made of it: it says where people can read it.
        if digest not in found:
            description = Description(format_, title, version, tuple(read(servers)), (), flaws_in(flaws))
            found[digest] = Described(id_, _source(place), description, count)
    order = {ref: at for at, ref in enumerate(refs)}
    return sorted(found.values(), key=lambda each: (order.get(each.source.ref, 0), each.source.path))


def _source(place: Sequence[Any]) -> Source:
    kind, namespace, name, path, url = place
    return Source(Ref(kind, namespace, name), path, url)


def _read(row: Sequence[Any]) -> Operation:
    name, verb, address, summary, group, deprecated, line, takes, request, response = row
    taken = () if takes == "[]" else tuple(read(takes))
    return Operation(name, verb, address, summary, group, deprecated, line, taken, request, response)


def page(connection: Connection, of: Described, offset: int, limit: int) -> list[Operation]:
    """Return a stretch of a description's operations in their order, group by group."""
    rows = connection.execute(
        select(*_OPERATION)
        .where(
            OPERATION.c.description_id == of.id,
            OPERATION.c.position >= offset,
            OPERATION.c.position < offset + limit,
        )
        .order_by(OPERATION.c.position)
    )
    return [_read(row) for row in rows]


def with_words(
    connection: Connection, of: Sequence[Described], words: Sequence[str], limit: int
) -> list[tuple[Operation, Source]]:
    """Return the operations of some descriptions in whose texts all the words (lower case) occur."""
    sources = {each.id: each.source for each in of}
    rows = connection.execute(
        select(OPERATION.c.description_id, *_OPERATION)
        .where(
            among(connection, OPERATION.c.description_id, sources),
            *(OPERATION.c.words.contains(keepable(word), autoescape=True) for word in words),
        )
        .order_by(OPERATION.c.description_id, OPERATION.c.position)
        .limit(limit)
    )
    return [(_read(row[1:]), sources[row[0]]) for row in rows]


def names(connection: Connection, of: Sequence[Described], limit: int) -> list[str]:
    """Return the names of the operations of some descriptions."""
    rows = connection.execute(
        select(OPERATION.c.name)
        .where(among(connection, OPERATION.c.description_id, [each.id for each in of]))
        .order_by(OPERATION.c.description_id, OPERATION.c.position)
        .limit(limit)
    )
    return list(rows.scalars())


def serving(
    connection: Connection, address: str, verb: str, limit: int, of: Whose
) -> list[tuple[Operation, Source]]:
    """Return the operations at an address, or of a name, of those things; segments of templates match any.

    Where there is none at it, those below it. An empty `verb` stands for all.
    """
    address = keepable(address)
    path = slotted(address)
    exact = or_(
        among(connection, OPERATION.c.slotted, list(_templates(path))), OPERATION.c.called == address.lower()
    )
    found = _serving(connection, exact, verb, limit, of)
    if found or not path.startswith("/") or path == "/":
        return found
    below = and_(OPERATION.c.slotted >= f"{path}/", OPERATION.c.slotted < f"{path}0")
    return _serving(connection, below, verb, limit, of)


def _serving(
    connection: Connection, condition: ColumnElement[bool], verb: str, limit: int, of: Whose
) -> list[tuple[Operation, Source]]:
    wanted = and_(condition, OPERATION.c.verb == keepable(verb).upper()) if verb else condition
    statement = (
        _placed(*_OPERATION, DESCRIPTION.c.digest)
        .join(OPERATION, OPERATION.c.description_id == DESCRIPTION.c.id)
        .where(wanted)
        .order_by(DESCRIPTION.c.path.desc(), DESCRIPTION.c.id, OPERATION.c.position)
    )
    found: dict[tuple[str, str, str], tuple[Operation, Source]] = {}
    for *row, digest, kind, namespace, name, path, url in _first(connection, statement, limit, of):
        operation = _read(row)
        source = Source(Ref(kind, namespace, name), path, url)
        found.setdefault((digest, operation.verb, operation.address), (operation, source))
    return list(found.values())


def called(connection: Connection, name: str, limit: int, of: Whose) -> list[tuple[str, Ref]]:
    """Return operations whose names begin with a text, each with whose it is; those called just so first."""
    low = keepable(name).lower()
    statement = (
        _placed(OPERATION.c.name)
        .join(OPERATION, OPERATION.c.description_id == DESCRIPTION.c.id)
        .where(OPERATION.c.called >= low, OPERATION.c.called < f"{low}\U0010ffff")
        .order_by(OPERATION.c.called, OPERATION.c.description_id, OPERATION.c.position)
    )
    rows = _first(connection, statement, limit, of)
    return [(name, Ref(kind, namespace, of_)) for name, kind, namespace, of_, *_ in rows]


def _first(connection: Connection, statement: Select[Any], limit: int, of: Whose) -> Iterator[Sequence[Any]]:
    """Yield the first rows of a statement that are of those things: a row ends with its `_PLACE`.

    Looks on where others take up the rows, so that those cannot be told from rows that there are not.
    """
    kept = offset = 0
    while True:
        rows = connection.execute(statement.limit(limit).offset(offset)).all()
        for row in rows:
            if kept < limit and of(Ref(*row[-len(_PLACE) :][: len(REF)])):
                kept += 1
                yield row
        offset += limit
        if kept >= limit or len(rows) < limit:
            return


def _templates(path: str) -> Iterator[str]:
    """Yield the paths of descriptions that serve a path: each of its segments may stand for a template's."""
    yield path
    if not path.startswith("/"):
        return
    segments = path[1:].split("/")
    if len(segments) <= _MOST_SEGMENTS:
        for chosen in product(*((each, "{}") for each in segments)):
            yield f"/{'/'.join(chosen)}"


def having_broken(connection: Connection) -> list[Ref]:
    """Return the things that have a broken description, in the order of refs."""
    rows = connection.execute(
        select(*REF)
        .select_from(DESCRIPTION)
        .join(CLAIM, _CLAIMED)
        .join(ENTITY, _OF_ENTITY)
        .where(DESCRIPTION.c.broken > 0)
        .distinct()
        .order_by(*REF)
    )
    return [Ref(*row) for row in rows]


def broken(connection: Connection, refs: Sequence[Ref], limit: int) -> list[Broken]:
    """Return the first flaw of each broken description of things, in the order of refs."""
    ids = ids_of(connection, refs)
    rows = connection.execute(
        _placed(DESCRIPTION.c.flaws)
        .where(DESCRIPTION.c.broken > 0, among(connection, CLAIM.c.entity_id, ids.values()))
        .order_by(*REF, DESCRIPTION.c.path)
        .limit(limit)
    )
    found = []
    for text, *place in rows:
        first, *others = flaws_in(text)
        found.append(Broken(_source(place), first, len(others)))
    return found
