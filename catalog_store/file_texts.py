"""Keeps the texts of repositories' files beside their claims, and the passages of those that document.

Reads no other meaning into them. They are of now: history has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from catalog_store.among import among
from catalog_store.moves import chunks
from catalog_store.passages import keeping
from catalog_store.passages.keeping import Prepared, keepable, prepare
from catalog_store.records import CLAIM
from catalog_store.tables import FileTextRow, table_of
from catalog_store.writing import insert_many
from domain.entities import FileText, Snapshot

__all__ = ["Prepared", "keep", "of_entity", "prepare", "sweep"]

FILE_TEXT = table_of(FileTextRow)


def keep(connection: Connection, snapshot: Snapshot, prepared: Prepared) -> None:
    """Replace what is kept for every claim of the snapshot by its files."""
    for keys in chunks([claim.key for claim in snapshot.claims]):
        connection.execute(
            delete(FILE_TEXT).where(
                FILE_TEXT.c.source == snapshot.source, among(connection, FILE_TEXT.c.claim, keys)
            )
        )
    for files in chunks(snapshot.files):
        rows = [
            {
                "source": snapshot.source,
                "claim": each.claim,
                "path": each.path,
                "text": keepable(each.text),
                "url": each.url,
                "seen_at": snapshot.observed_at,
            }
            for each in files
        ]
        insert_many(connection, FILE_TEXT, rows)
    keeping.keep(connection, snapshot, prepared)


def of_entity(connection: Connection, entity_id: int) -> list[FileText]:
    """Return the files of an entity, by path."""
    rows = connection.execute(
        select(FILE_TEXT.c.claim, FILE_TEXT.c.path, FILE_TEXT.c.text, FILE_TEXT.c.url)
        .join_from(
            FILE_TEXT, CLAIM, (CLAIM.c.source == FILE_TEXT.c.source) & (CLAIM.c.id == FILE_TEXT.c.claim)
        )
        .where(CLAIM.c.entity_id == entity_id)
        .order_by(FILE_TEXT.c.path, FILE_TEXT.c.source)
    )
    return [FileText(*row) for row in rows]


def sweep(connection: Connection, sources: Sequence[str]) -> None:
    """Delete what belongs to no claim any more."""
    claimed = select(CLAIM.c.id).where(CLAIM.c.source == FILE_TEXT.c.source, CLAIM.c.id == FILE_TEXT.c.claim)
    connection.execute(delete(FILE_TEXT).where(FILE_TEXT.c.source.in_(sources), ~claimed.exists()))
    keeping.sweep(connection, sources)
