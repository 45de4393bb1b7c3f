"""What one cell is worth, and how a value is written into one so that it is worth the same again.

A cell that holds a JSON text, list or mapping stands for exactly that: the way out for everything that plain
words cannot say. Refs and addresses are `rows`' to resolve.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from domain.entities import Json
from integrations.files.backstage.lifted import channel, tier
from integrations.files.json_text import read_json
from integrations.files.sheets.headers import LIST_FIELDS

_SEPARATORS = re.compile(r"[,;\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would run as a formula when it stands first in a cell."""

_TYPED: Mapping[str, type] = {"labels": dict, "annotations": dict, "links": list, "codeowners": list}
"""Fields that are never plain words."""


_LIFECYCLES = frozenset({"experimental", "production", "deprecated"})
"""Backstage's own; in plain words their case says nothing."""


def _lifecycle(text: str) -> str:
    return text.casefold() if text.casefold() in _LIFECYCLES else text


_SPELLED = {"tier": tier, "channel": channel, "lifecycle": _lifecycle}


class BadCell(Exception):
    """A cell cannot be what its column holds."""


def read_cell(field: str, cell: str, exact: bool = True) -> Json:
    """Return the value of a cell; None when it says nothing. Raises BadCell.

    `exact` says that the header is the field's own name: then a custom field's cell may be any JSON, and is
    text only when it is none.
    """
    text = cell.strip()
    if not text:
        return None
    found, value = _json(text)
    if field in _TYPED:
        if not isinstance(value, _TYPED[field]):
            raise BadCell("it is no JSON " + ("mapping" if _TYPED[field] is dict else "list"))
        return value
    if field.startswith("custom."):
        return value if exact and found else text
    if field in LIST_FIELDS:
        return _texts(value if found else None, text)
    if found and isinstance(value, str):
        return value
    return _SPELLED.get(field, str)(text)


def write_cell(field: str, value: Json) -> str:
    """Return a cell that `read_cell` reads as this value."""
    plain = ""
    if isinstance(value, str):
        plain = value
    elif isinstance(value, list) and field in LIST_FIELDS and all(isinstance(each, str) for each in value):
        plain = ", ".join(str(each) for each in value)
    safe = plain and not plain.startswith(_FORMULA) and not _CONTROL.search(plain)
    if safe and _reads_as(field, plain, value):
        return plain
    return json.dumps(value, ensure_ascii=False)


def _reads_as(field: str, cell: str, value: Json) -> bool:
    try:
        return read_cell(field, cell) == value
    except BadCell:
        return False


def _texts(value: Json, text: str) -> list[Json]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    if isinstance(value, str):
        return [value]
    return list(dict.fromkeys(each for part in _SEPARATORS.split(text) if (each := part.strip())))


def _json(text: str) -> tuple[bool, Json]:
    """Read a cell as JSON; False when it is none. Duplicate keys and endless nesting are none."""
    try:
        return True, read_json(text)
    except ValueError:
        return False, None
