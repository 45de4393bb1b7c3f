"""Reads what people and tools write as a value of one type, where it is certain what they mean.

Knows no field: which type a field has, and what else it asks for, is `custom_fields`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from domain.entities import Json
from domain.errors import BadRef
from domain.refs import parse_ref

_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?")
_WORDS = {
    **dict.fromkeys(("yes", "true", "y", "on", "1"), True),
    **dict.fromkeys(("no", "false", "n", "off", "0"), False),
}
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?")
"""A date; a spreadsheet's has midnight behind it."""
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()/]{1,250}")
_SEVERAL = re.compile(r"[,;\r\n]")
_EXACT = 2**53
"""From here on a floating-point number no longer stands for one integer."""
LINE_LIMIT = 2_000
"""Characters of a URL."""


class Unfit(Exception):
    """A value that is none of the type; `remedy` says what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


def text(value: Json) -> str:
    """Return a text. A whole number stands for its digits; `1.10` read as a number has lost its zero."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unfit("is no text", "Put it in quotes.")


def number(value: Json) -> int | float:
    """Return a number; of a text, when it holds nothing but digits and a decimal point."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        digits = value.strip()
        return float(digits) if "." in digits else int(digits)
    raise Unfit("is no number", "Write digits, with a point before the decimals: 1250.5.")


def integer(value: Json) -> int:
    """Return a whole number; 3.0 is 3."""
    try:
        found = number(value)
    except Unfit:
        found = 0.5
    if isinstance(found, int):
        return found
    if found.is_integer() and abs(found) < _EXACT:
        return int(found)
    raise Unfit("is no whole number", "Write digits alone: 1250.")


def boolean(value: Json) -> bool:
    """Return yes or no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, str | int) else ""
    if word in _WORDS:
        return _WORDS[word]
    raise Unfit("is neither yes nor no", "Write true or false.")


def day(value: Json) -> str:
    """Return a date as `2026-03-04`. Nobody can tell whether 3/4/2026 is in March or in April."""
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is not None:
        try:
            return date.fromisoformat(match[1]).isoformat()
        except ValueError:
            raise Unfit("is no day of the calendar", "Write a date such as 2026-03-04.") from None
    raise Unfit("is no date", "Write year, month and day: 2026-03-04.")


def url(value: Json) -> str:
    """Return an address of the web."""
    address = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(address)
        whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if whole and len(address) <= LINE_LIMIT and not re.search(r"[\s<>\"\x00-\x1f]", address):
        return address
    raise Unfit("is no address of the web", "Write a whole URL, https:// included.")


def email(value: Json) -> str:
    """Return an e-mail address."""
    address = value.strip().removeprefix("mailto:") if isinstance(value, str) else ""
    if _EMAIL.fullmatch(address):
        return address
    raise Unfit("is no e-mail address", "Write one such as pay@acme.example.")


def choice(value: Json, values: Iterable[str]) -> str:
    """Return the one of `values` that is meant; case and spaces around it do not count."""
    try:
        word = text(value).strip()
    except Unfit:
        word = ""
    known = tuple(values)
    if word in known:
        return word
    alike = [each for each in known if each.casefold() == word.casefold()]
    if len(alike) == 1:
        return alike[0]
    raise Unfit("is none of its values", f"Write one of: {', '.join(known)}.")


def texts(value: Json) -> list[str]:
    """Return a list of texts; a text is split where a cell of a spreadsheet would be, at commas and lines."""
    if isinstance(value, str):
        return list(dict.fromkeys(each for part in _SEVERAL.split(value) if (each := part.strip())))
    if isinstance(value, list):
        return [text(each) for each in value]
    return [text(value)]


def ref(value: Json, kind: str) -> str:
    """Return a ref in canonical text; one that names no kind is of `kind`, and one of another is refused."""
    if not isinstance(value, str):
        raise Unfit("is no entity reference", "Write [kind:][namespace/]name.")
    try:
        found = parse_ref(value, kind.lower() or None)
    except BadRef as error:
        raise Unfit("is no entity reference", error.hint) from None
    if kind and found.kind != kind.lower():
        raise Unfit(f"is no {kind}", f"Name a {kind}: {kind.lower()}:{found.name}.")
    return str(found)
