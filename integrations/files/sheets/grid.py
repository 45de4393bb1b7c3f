"""Cuts the text of a CSV file into records with their lines, whichever delimiter it was saved with.

Knows nothing of what columns mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from integrations.files.text import CATALOG_LIMIT, Unreadable

_DELIMITERS = ",;\t"
_SAID = re.compile(r"sep=(?P<mark>[,;|\t])(?:\r\n|\r|\n)", re.IGNORECASE)
"""A first line by which Excel is told the delimiter."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of cells and the line on which it begins, from 1."""

    line: int
    cells: list[str]


def records(text: str) -> Iterator[Record]:
    """Yield the rows that hold anything. Raises Unreadable where a quote spoils all that follows."""
    csv.field_size_limit(CATALOG_LIMIT)  # the module's own limit, 128 kB, is less than an API's definition
    said = _SAID.match(text)
    start = said.end() if said else 0
    delimiter = said["mark"] if said else _delimiter(text)
    rows = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    above = 1 if said else 0
    line = above + 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise _explained(line, str(error)) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)
        line = above + rows.line_num + 1


def _delimiter(text: str) -> str:
    """Return what separates most cells in the first row that holds anything; a comma when nothing does."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _explained(line: int, error: str) -> Unreadable:
    if "unexpected end of data" in error:
        return Unreadable(
            line, 'the quote " that opens in this row is never closed; the rest of the file was not read',
            'Close it, and write a " inside quotes twice.',
        )  # fmt: skip
    if "expected after" in error:
        return Unreadable(
            line, 'text follows the closing quote " of a cell in this row; the rest of the file was not read',
            'Write a " inside quotes twice.',
        )  # fmt: skip
    return Unreadable(line, f"this row is no CSV: {error}; the rest was not read", "Mend the row.")
