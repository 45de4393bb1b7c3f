"""Finds passages by words, with FTS5 on SQLite and tsvector on PostgreSQL, in a bounded time for any words.

First what has all of the words, then the same with the last as the beginning of one, then what lacks one,
then what has any. Of a word that stands in a great many passages only so many are looked at, those with it in
a heading first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, and_, select, text

from catalog_store import records
from catalog_store.among import among
from catalog_store.moves import chunks
from catalog_store.passages.keeping import PAGE, PASSAGE
from catalog_store.passages.pages import is_readme, is_runbook
from catalog_store.passages.spelling import Term, terms
from catalog_store.records import CLAIM, ENTITY
from catalog_store.tables import FileTextRow, table_of
from domain.passages import NOTHING, FoundPassages, Having, Page, Passage
from domain.refs import Ref

FILE_TEXT = table_of(FileTextRow)

IN_HEADINGS, ANYWHERE, OF_ONE_WORD = 200, 300, 150
"""How many passages are ranked: with all words in their headings, anywhere, and of each word alone."""
_MOST_BUT_ONE, _MOST_ALONE = 5, 4
"""Of how many words one may be lacking, and how many are looked for alone: the longest, which tell most."""
MOST_THINGS = 500
_PREFIX = 3
"""Letters from which on the last word may be the beginning of one."""
_DOUBLES = 2
"""How many times as many are read as are wanted, since a file may be that of several things."""
_FURTHER = (1, 16, 256)
"""How many times as many are ranked and read, in turn, where what may not be seen takes places."""

_SQLITE = (
    "SELECT * FROM (SELECT rowid AS id, {score} AS score FROM {words} "
    "WHERE {words} MATCH :q{n} {scope} LIMIT {limit})"
)
_SQLITE_SCORE, _SQLITE_HEADED = "-bm25(passage_words, 8.0, 1.0, 0.5)", "12.0"
_SQLITE_SCOPE = (
    "AND rowid BETWEEN {first} AND {last} AND +rowid IN (SELECT passage.id FROM passage JOIN page ON "
    "page.id = passage.page_id JOIN claim ON claim.source = page.source AND claim.id = page.claim "
    "WHERE claim.entity_id IN ({ids}))"
)
_POSTGRES = (
    "SELECT * FROM (SELECT id, {score} AS score FROM passage, to_tsquery('english', :q{n}) AS q "
    "WHERE {words} @@ q {scope} LIMIT {limit}) AS s{n}"
)
_POSTGRES_SCORE, _POSTGRES_HEADED = "ts_rank('{0.12, 0.06, 0.4, 1.0}', passage_words, q, 1)", "0.6"
_POSTGRES_SCOPE = (
    "AND page_id = ANY(ARRAY(SELECT page.id FROM page JOIN claim ON claim.source = page.source AND "
    "claim.id = page.claim WHERE claim.entity_id IN ({ids})))"
)
_EXTENT = (
    "SELECT min(passage.id), max(passage.id) FROM claim JOIN page ON claim.source = page.source AND "
    "claim.id = page.claim JOIN passage ON passage.page_id = page.id WHERE claim.entity_id IN ({ids})"
)
_BEST_OF = (
    "SELECT id, sum(score) AS total FROM ({parts}) AS found GROUP BY id ORDER BY total DESC, id LIMIT {limit}"
)

Look = tuple[str, bool, int]
"""One part of a search: what to match, whether in headings alone, and how many to rank."""


def find(
    connection: Connection,
    words: str,
    of: Sequence[Ref] | None,
    limit: int,
    *,
    seen: Callable[[Ref], bool] | None = None,
    having: Having = "some",
) -> FoundPassages:
    """Return the best passages of some things (of all: None) for words of any kind.

    What is not `seen` is passed over as if it were not there (None: everything is seen).
    """
    wanted = terms(words)
    ids = None if of is None else list(records.ids_of(connection, of[:MOST_THINGS]).values())
    if not wanted or ids == []:
        return NOTHING
    scope = "" if ids is None else _scope(connection, ids)
    if scope is None:
        return NOTHING
    sqlite = connection.dialect.name == "sqlite"
    called = _parts(wanted)
    for loosely, looks in _ladder(wanted, sqlite=sqlite, alone=ids is not None):
        if loosely and having != "some":
            break
        # Headings alone take a fraction of the time.
        some = looks[:1] if having == "headings" else looks
        if found := _best(connection, some, scope, limit * _DOUBLES, seen):
            # What is called exactly so is meant before what has more words to it.
            found.sort(key=lambda passage: _parts(terms(passage.heading)) != called)
            return FoundPassages(_once(found, limit), loosely)
    return NOTHING


def _parts(words: Sequence[Term]) -> set[str]:
    return {part for word in words for part in word.parts}


def _best(
    connection: Connection,
    looks: Sequence[Look],
    scope: str,
    limit: int,
    seen: Callable[[Ref], bool] | None,
) -> list[Passage]:
    """Return the best passages that are seen; where many are not, more are ranked until there are enough."""
    kept: list[Passage] = []
    for further in _FURTHER:
        some = [(match, headed, most * further) for match, headed, most in looks]
        write = _for_words if connection.dialect.name == "sqlite" else _for_vectors
        found = connection.execute(text(write(some, scope, limit * further)), _asked(some)).all()
        order = {row.id: at for at, row in enumerate(found)}
        kept = _read(connection, order) if order else []
        if seen is not None:
            kept = [each for each in kept if seen(each.page.ref)][:limit]
        if seen is None or len(kept) == limit or len(found) < limit * further:
            break
    return kept


def _scope(connection: Connection, ids: Sequence[int]) -> str | None:
    """Return the condition that a passage is of one of the entities; None where they have none."""
    listed = ", ".join(map(str, ids))
    if connection.dialect.name != "sqlite":
        return _POSTGRES_SCOPE.format(ids=listed)
    # FTS5 reads no more of its index than there is between two numbers.
    first, last = connection.execute(text(_EXTENT.format(ids=listed))).one()
    return None if first is None else _SQLITE_SCOPE.format(first=first, last=last, ids=listed)


def _ladder(wanted: Sequence[Term], *, sqlite: bool, alone: bool) -> Iterator[tuple[bool, list[Look]]]:
    """Yield the searches to try one after the other, and whether what they find lacks words."""
    write = _for_sqlite if sqlite else _for_postgres
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    every = [write(term) for term in wanted]
    # A word as it stands first: what begins with a common one is long to gather.
    for last in dict.fromkeys((every[-1], write(wanted[-1], begins=True))):
        whole = both.join((*every[:-1], last))
        yield False, [(whole, True, IN_HEADINGS), (whole, False, ANYWHERE)]
    if 2 < len(every) <= _MOST_BUT_ONE and not alone:
        but_one = [f"({both.join(some)})" for some in combinations(every, len(every) - 1)]
        yield True, [(either.join(but_one), False, ANYWHERE)]
    if len(every) > 1:
        # Each on its own, so that a rare word's passages are all ranked, however common the others are.
        telling = every if alone else sorted(every, key=len, reverse=True)[:_MOST_ALONE]
        yield True, [(each, headed, OF_ONE_WORD) for each in telling for headed in (True, False)[not alone :]]


def _for_sqlite(term: Term, *, begins: bool = False) -> str:
    return f'"{term.plain}"{" *" if begins and len(term.parts[-1]) >= _PREFIX else ""}'


def _for_postgres(term: Term, *, begins: bool = False) -> str:
    phrase = " <-> ".join(f"'{part}'" for part in term.parts)
    return f"({phrase}{':*' if begins and len(term.parts[-1]) >= _PREFIX else ''})"


def _asked(looks: Sequence[Look]) -> dict[str, str]:
    return {f"q{n}": match for n, (match, _, _) in enumerate(looks)}


def _for_words(looks: Sequence[Look], scope: str, limit: int) -> str:
    """Return the statement for SQLite.

    Within some things all matches count alike, those in headings more: FTS5's rank reads the whole index.
    """
    parts = (
        _SQLITE.format(
            n=n,
            score=_SQLITE_HEADED if headed else "1.0" if scope else _SQLITE_SCORE,
            words=_words(headed=headed),
            scope=scope,
            limit=most,
        )
        for n, (_, headed, most) in enumerate(looks)
    )
    return _BEST_OF.format(parts=" UNION ALL ".join(parts), limit=limit)


def _words(*, headed: bool) -> str:
    return "passage_heading_words" if headed else "passage_words"


def _for_vectors(looks: Sequence[Look], scope: str, limit: int) -> str:
    """Return the statement for PostgreSQL."""
    parts = (
        _POSTGRES.format(
            n=n,
            score=_POSTGRES_HEADED if headed else _POSTGRES_SCORE,
            words=_words(headed=headed),
            scope=scope,
            limit=most,
        )
        for n, (_, headed, most) in enumerate(looks)
    )
    return _BEST_OF.format(parts=" UNION ALL ".join(parts), limit=limit)


def _read(connection: Connection, order: dict[int, int]) -> list[Passage]:
    """Return the passages in their order, one row for each."""
    rows = connection.execute(
        select(
            PASSAGE.c.id, PASSAGE.c.heading, PASSAGE.c.anchor, PASSAGE.c.text,
            PAGE.c.source, PAGE.c.path, PAGE.c.title, FILE_TEXT.c.url, FILE_TEXT.c.seen_at,
            ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name,
        )
        .select_from(PASSAGE.join(PAGE, PAGE.c.id == PASSAGE.c.page_id))
        .join(FILE_TEXT, _FILE)
        .join(CLAIM, _CLAIMED)
        .join(ENTITY, ENTITY.c.id == CLAIM.c.entity_id)
        .where(among(connection, PASSAGE.c.id, order))
    ).all()  # fmt: skip
    return [
        Passage(
            _page(Ref(row.kind, row.namespace, row.name), row),
            tuple(row.heading.split("\n")[1:]),
            row.anchor,
            row.text,
        )
        for row in sorted(rows, key=lambda row: order[row.id])
    ]


_FILE = and_(
    FILE_TEXT.c.source == PAGE.c.source, FILE_TEXT.c.claim == PAGE.c.claim, FILE_TEXT.c.path == PAGE.c.path
)
_CLAIMED = and_(CLAIM.c.source == PAGE.c.source, CLAIM.c.id == PAGE.c.claim)


def _page(ref: Ref, row: Any) -> Page:
    readme, runbook = is_readme(row.path), is_runbook(row.path)
    return Page(ref, row.source, row.path, row.title, row.url, row.seen_at, readme, runbook)


def _once(found: Sequence[Passage], limit: int) -> tuple[Passage, ...]:
    """Return the first passages, each place once: the file of a monorepo is that of all of its parts."""
    places: dict[tuple[str, ...], Passage] = {}
    for each in found:
        where = each.page.url or f"{each.page.ref} {each.page.path}"
        places.setdefault((where, each.anchor, each.text), each)
    return tuple(places.values())[:limit]


def pages(connection: Connection, refs: Sequence[Ref]) -> list[Page]:
    """Return the pages of things, thing by thing in the order given, each file once."""
    ids = records.ids_of(connection, refs[:MOST_THINGS])
    found: dict[tuple[Ref, str], Page] = {}
    for some in chunks(list(ids.values())):
        rows = connection.execute(
            select(
                PAGE.c.source, PAGE.c.path, PAGE.c.title, FILE_TEXT.c.url, FILE_TEXT.c.seen_at,
                ENTITY.c.kind, ENTITY.c.namespace, ENTITY.c.name,
            )
            .select_from(PAGE.join(FILE_TEXT, _FILE))
            .join(CLAIM, _CLAIMED)
            .join(ENTITY, ENTITY.c.id == CLAIM.c.entity_id)
            .where(among(connection, CLAIM.c.entity_id, some))
            .order_by(PAGE.c.place, PAGE.c.path, PAGE.c.source)
        )  # fmt: skip
        for row in rows:
            page = _page(Ref(row.kind, row.namespace, row.name), row)
            found.setdefault((page.ref, page.path), page)
    order = {ref: at for at, ref in enumerate(refs)}
    return sorted(found.values(), key=lambda page: order[page.ref])
