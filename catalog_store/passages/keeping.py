"""Writes the passages of a look's files: cuts pages that are new or changed, and leaves the others alone.

The database keeps what is searched (see `passage_tables`); nothing here writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from catalog_store.among import among
from catalog_store.moves import chunks
from catalog_store.passage_tables import PageRow, PassageRow
from catalog_store.passages.cutting import Cut
from catalog_store.passages.pages import Page, cut_page, pages_of
from catalog_store.passages.spelling import further_words
from catalog_store.records import CLAIM
from catalog_store.tables import table_of
from catalog_store.writing import insert_many
from domain.entities import Snapshot

PAGE, PASSAGE = table_of(PageRow), table_of(PassageRow)

CutPage = tuple[list[Cut], str]
Prepared = Mapping[str, CutPage]
"""Pages that are cut already, by digest."""

_MOVE = update(PAGE).where(PAGE.c.id == bindparam("page_id")).values(place=bindparam("new_place"))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page as it is in the database."""

    id: int
    digest: str
    place: int


def prepare(connection: Connection, snapshot: Snapshot) -> Prepared:
    """Cut what a look brings that is not there yet, for `keep` to write.

    Done outside its transaction, for which others wait: it takes a second for each megabyte.
    """
    pages = list(pages_of(snapshot.files))
    if not pages:
        return {}
    kept = {each.digest for each in _kept(connection, snapshot).values()}
    return {each.digest: cut_page(each) for each in pages if each.digest not in kept}


def keep(connection: Connection, snapshot: Snapshot, prepared: Prepared) -> None:
    """Replace the passages of every claim of the snapshot by those of its files, as far as these changed."""
    kept = _kept(connection, snapshot)
    new: list[Page] = []
    moved: list[dict[str, int]] = []
    for page in pages_of(snapshot.files):
        known = kept.get((page.claim, page.path))
        if known is None or known.digest != page.digest:
            new.append(page)
            continue
        del kept[page.claim, page.path]
        if known.place != page.place:
            moved.append({"page_id": known.id, "new_place": page.place})
    _forget(connection, [each.id for each in kept.values()])
    if moved:
        connection.execute(_MOVE, moved)
    if new:
        _add(connection, snapshot.source, new, prepared)


def _kept(connection: Connection, snapshot: Snapshot) -> dict[tuple[str, str], _Kept]:
    """Return the pages of the snapshot's claims, by claim and path."""
    found: dict[tuple[str, str], _Kept] = {}
    for keys in chunks([claim.key for claim in snapshot.claims]):
        rows = connection.execute(
            select(PAGE.c.claim, PAGE.c.path, PAGE.c.id, PAGE.c.digest, PAGE.c.place).where(
                PAGE.c.source == snapshot.source, among(connection, PAGE.c.claim, keys)
            )
        )
        found.update(((claim, path), _Kept(*rest)) for claim, path, *rest in rows)
    return found


def _forget(connection: Connection, pages: Sequence[int]) -> None:
    for ids in chunks(pages):
        connection.execute(delete(PASSAGE).where(among(connection, PASSAGE.c.page_id, ids)))
        connection.execute(delete(PAGE).where(among(connection, PAGE.c.id, ids)))


def _add(connection: Connection, source: str, pages: Iterable[Page], prepared: Prepared) -> None:
    page_id: int = connection.execute(select(func.coalesce(func.max(PAGE.c.id), 0))).scalar_one()
    passage_id: int = connection.execute(select(func.coalesce(func.max(PASSAGE.c.id), 0))).scalar_one()
    for some in chunks(list(pages)):
        rows: list[dict[str, Any]] = []
        passages: list[dict[str, Any]] = []
        for page in some:
            page_id += 1
            cuts, title = prepared.get(page.digest) or cut_page(page)
            rows.append(
                {
                    "id": page_id,
                    "source": source,
                    "claim": page.claim,
                    "path": page.path,
                    "title": keepable(title),
                    "place": page.place,
                    "digest": page.digest,
                }
            )
            for row in _rows(cuts, title):
                passage_id += 1
                passages.append({"id": passage_id, "page_id": page_id, **row})
        insert_many(connection, PAGE, rows)
        insert_many(connection, PASSAGE, passages)


def _rows(cuts: Sequence[Cut], title: str) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(cuts):
        heading = keepable("\n".join((title, *each.headings)))
        text = keepable(each.text)
        yield {
            "number": number,
            "heading": heading,
            "anchor": keepable(each.anchor),
            "text": text,
            "also": further_words(f"{heading}\n{text}"),
        }


def sweep(connection: Connection, sources: Sequence[str]) -> None:
    """Delete what belongs to no claim any more."""
    claimed = select(CLAIM.c.id).where(CLAIM.c.source == PAGE.c.source, CLAIM.c.id == PAGE.c.claim)
    gone = select(PAGE.c.id).where(PAGE.c.source.in_(sources), ~claimed.exists())
    _forget(connection, connection.execute(gone).scalars().all())


def keepable(text: str) -> str:
    """Return the text without what PostgreSQL cannot hold: NULs and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
