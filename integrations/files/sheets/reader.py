"""Reads CSV files: maps the headers by name, says how, and makes each row a claim or a finding.

Rows of teams and people are taken first, so that the others can name them as owners.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from integrations.files.collected import Collected
from integrations.files.places import File
from integrations.files.sheets.grid import Record, records
from integrations.files.sheets.headers import LINK, Column, column_of, preview
from integrations.files.sheets.rows import BadRow, Row
from integrations.files.text import Unreadable

SOURCE = "csv"

_TELLING = frozenset({"owner", "kind"})
_HINTING = frozenset({"tier", "lifecycle", "system", "domain", "repository", "channel", "dependsOn"})
"""The fields by whose headers a sheet is known to be a catalog: any of the first, two of the second."""


def takes(path: Path) -> bool:
    """Tell whether a file found in a folder is a spreadsheet."""
    return path.suffix.lower() == ".csv"


@dataclass(frozen=True, slots=True)
class _Waiting:
    file: File
    line: int
    row: Row


def read(files: Sequence[File], collected: Collected) -> None:
    """Read these files."""
    waiting = [row for file in files for row in _rows(file, collected)]
    for each in sorted(waiting, key=lambda each: each.row.kind not in ("Group", "User")):
        try:
            claim = each.row.claim(collected, each.file.at(each.line))
        except BadRow as error:
            collected.error(each.file, each.line, str(error), error.remedy)
        else:
            collected.declare(SOURCE, claim, each.file, each.line)


def _rows(file: File, collected: Collected) -> Iterator[_Waiting]:
    """Yield the rows of a file that have as many cells as there are headers, or fewer."""
    collected.progress(file)
    if not file.named and not _meant(file, collected):
        return
    collected.read += 1
    try:
        lines = records(file.text())
        header = next(lines, None)
        if header is None:
            collected.warning(file, 0, "the file is empty", "Write headers, and a row for each service.")
            return
        columns = _columns(file, header, collected)
        if columns is None:
            return
        for record in lines:
            if any(cell.strip() for cell in record.cells[len(columns) :]):
                problem = f"the row has {len(record.cells)} cells under {len(columns)} headers"
                collected.error(file, record.line, problem, "Quote a cell that holds the delimiter.")
                continue
            doubt = partial(collected.warning, file, record.line)
            yield _Waiting(file, record.line, Row(columns, record.cells, doubt))
    except Unreadable as trouble:
        collected.unreadable(file, trouble)


def _meant(file: File, collected: Collected) -> bool:
    """Tell by its headers whether a sheet that was found in a folder is meant for the catalog.

    Others (test data, exports of other programs) are left alone: a list of users is not a list of services.
    """
    try:
        header = next(records(file.beginning()), None)
    except Unreadable:
        return False
    columns = [column_of(cell) for cell in header.cells] if header is not None else []
    fields = {column.field for column in columns if column is not None}
    if fields & _TELLING or len(fields & _HINTING) > 1:
        return True
    if "name" in fields:
        remedy = "name the file to import it all the same"
        collected.notes.append(f"{file.shown}: passed over: no column says owner or kind; {remedy}")
    return False


def _columns(file: File, header: Record, collected: Collected) -> list[Column | None] | None:
    """Return what each column means and note it; None, with a finding, when no column gives names."""
    columns: list[Column | None] = []
    taken: dict[str, str] = {}
    for cell in header.cells:
        column = column_of(cell)
        if column is not None and not (column.field == LINK and not column.exact):
            if column.field in taken:
                problem = (
                    f"the header {column.header} means the same as {taken[column.field]} and was left out"
                )
                collected.warning(file, header.line, problem, "Rename or remove one of the two columns.")
                column = None
            else:
                taken[column.field] = column.header
        columns.append(column)
    if "name" not in taken and "custom.id" in taken:  # the only name there is
        index = next(i for i, each in enumerate(columns) if each is not None and each.field == "custom.id")
        columns[index] = Column(taken["custom.id"], "name", exact=False)
        taken["name"] = taken["custom.id"]
    if "name" not in taken:
        shown = ", ".join(cell.strip() for cell in header.cells if cell.strip())
        collected.error(
            file, header.line, f"no header says which column holds the names (found: {shown})",
            "Call that column `name` or `service`; the file was not read.",
        )  # fmt: skip
        return None
    collected.notes.append(preview(file.shown, columns))
    return columns
