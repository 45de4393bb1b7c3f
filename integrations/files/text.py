"""Turns the bytes of a file into text, or says on which line and why they are none.

Knows nothing of what the text means.
"""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

CATALOG_LIMIT = 10_000_000
"""Bytes of the largest catalog file that is read; 10,000 components in one file take 5.4 MB."""

_FIRST_BYTES = 100_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's: first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Unreadable(Exception):
    """What was read cannot be used from `line` on (0: the whole of it); `remedy` says what would be right."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return self.problem

    def below(self, lines: int) -> Unreadable:
        """Return the same, for a text that starts `lines` lines below the one it was found in."""
        return Unreadable(self.line + lines, self.problem, self.remedy)


class Twice(Unreadable):
    """Something that may stand once stands on `first` and again on `line`."""

    def __init__(self, line: int, first: int, what: str) -> None:
        super().__init__(
            line, f"{what} stands here for the second time", f"Keep one; the first is on line {first}."
        )
        self.first = first
        self.what = what

    def below(self, lines: int) -> Unreadable:
        """Return the same with both lines moved."""
        return Twice(self.line + lines, self.first + lines, self.what)


def read_text(path: Path, limit: int = CATALOG_LIMIT) -> str:
    """Return the text of the file at `path`, without byte-order mark and with its line ends as they are.

    Reads at most `limit` bytes, and nothing at all from what is no plain file (a pipe would never end).
    Raises Unreadable.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(0, "it is not a plain file", "Give a file, or a folder to be searched.")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise Unreadable(0, reason, "Make the file readable for the user who imports.") from None
    if len(raw) > limit:
        raise too_large(limit)
    return decode(raw)


def too_large(limit: int) -> Unreadable:
    """Return the words for a file of more than `limit` bytes."""
    problem = f"the file is larger than {limit / 1_000_000:g} MB"
    return Unreadable(0, problem, "Split it, or leave out what it need not hold.")


def beginning(path: Path) -> str:
    """Return the beginning of a file, whatever is wrong with it: to tell what it was meant to be."""
    try:
        with path.open("rb") as file:
            raw = file.read(_FIRST_BYTES)
    except OSError:
        return ""
    mark, encoding = _encoding(raw)
    return raw[len(mark) :].decode(encoding, "replace")


def _encoding(raw: bytes) -> tuple[bytes, str]:
    return next((each for each in _MARKS if raw.startswith(each[0])), (b"", "utf-8"))


def decode(raw: bytes) -> str:
    """Decode UTF-8, or UTF-16 or UTF-32 that say so by their byte-order mark. Raises Unreadable."""
    mark, encoding = _encoding(raw)
    if encoding == "utf-8" and b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise Unreadable(line, "the file is binary: it holds a zero byte", "Save it as UTF-8 text.")
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode(encoding, "replace")
        bad = error.object[error.start : error.start + 1].hex().upper()
        name = encoding.upper()[:6].rstrip("-")
        problem = f"byte 0x{bad} at offset {error.start + len(mark)} is not {name}"
        raise Unreadable(good.count("\n") + 1, problem, "Save the file with the encoding UTF-8.") from None
