"""Writes JSON in one way only, so that equal values have equal text on every database.

The text is ASCII (anything else escaped): PostgreSQL's text holds no NUL, no database holds half a
surrogate pair, and a source may send both. Knows nothing of tables.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from domain.entities import Json

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)

write = _ENCODER.encode
"""Return `value` as compact text with sorted keys; TypeError or ValueError when JSON cannot hold it."""

read = json.loads
"""Return the value of a text that `write` made."""

_DECODER = json.JSONDecoder()


def read_many(text: str) -> Any:
    """Return what `read` does, without looking for blanks around it: for whoever reads very many."""
    value, _ = _DECODER.raw_decode(text)
    return value


def digest(text: str) -> str:
    """Return 32 hexadecimal digits that tell this text from any other."""
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def same(one: Json, other: Json) -> bool:
    """Whether both are one value to JSON: True is not 1, [1] is not [1.0], the order of keys is nothing."""
    if one is other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    # The usual case, a list of texts, without writing both down; a text is equal to nothing but a text.
    if isinstance(one, list) and one == other and all(isinstance(each, str) for each in one):
        return True
    return write(one) == write(other)
