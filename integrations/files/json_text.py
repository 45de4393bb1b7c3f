"""Reads JSON that somebody else wrote into values that a catalog can hold and write out again.

Refuses what the format's own parser lets through: numbers that JSON does not have, halves of
characters, and endless nesting.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from domain.entities import Json
from integrations.files.yaml_nodes import DEPTH_LIMIT


def read_json(text: str) -> Json:
    """Return the value of a JSON text. Raises json.JSONDecodeError where it is none, ValueError otherwise."""
    try:
        value: Json = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if _HALF.search(text):  # perhaps one without its other half, which no text can hold
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("a \\uD800 to \\uDFFF in it is half a character") from None
    level = [value]
    for _ in range(DEPTH_LIMIT):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return value
    raise ValueError(_TOO_DEEP)


_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_TOO_DEEP = f"lists and mappings are nested more than {DEPTH_LIMIT} deep"


def _inside(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
