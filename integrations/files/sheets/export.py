"""Writes entities as one CSV sheet which the reader takes back whole.

Columns are the catalog's own field names, so that nothing is guessed on the way back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from domain.entities import Entity
from integrations.files.backstage.lifted import derived_aliases
from integrations.files.sheets.cells import write_cell
from integrations.files.sheets.rows import kind_meant

_FIRST = (
    "kind", "namespace", "name", "title", "description", "type", "lifecycle", "owner", "system", "domain",
    "tier", "language", "repository", "channel", "tags", "dependsOn",
)  # fmt: skip
"""The columns that people look for, in the order in which they do."""


def export_csv(entities: Iterable[Entity]) -> Iterator[str]:
    """Yield the sheet line by line: a header with the columns that any entity fills, then one row each."""
    rows = list(entities)
    used = {field for entity in rows for field in entity.fields}
    columns = [name for name in _FIRST if name in used or name in ("kind", "namespace", "name")]
    columns += sorted(used - set(columns))
    columns.append("aliases")
    yield _line(columns)
    for entity in rows:
        yield _line([_cell(entity, column) for column in columns])


def _cell(entity: Entity, column: str) -> str:
    if column == "name":
        return entity.name
    if column == "kind":
        return entity.kind if kind_meant(entity.kind) == entity.kind else json.dumps(entity.kind)
    if column == "namespace":
        return entity.ref.namespace
    if column == "aliases":
        derived = derived_aliases(entity.ref.kind, entity.fields)
        own = [alias for alias in entity.aliases if alias not in derived]
        return write_cell("aliases", own) if own else ""
    return write_cell(column, entity.fields[column]) if column in entity.fields else ""


def _line(cells: list[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
