"""Lengths of time as people write them in `idp.yaml`: `90s`, `15m`, `1h`, `7d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WRITTEN = re.compile(r"([0-9]{1,6})([smhdw])")
LONGEST = timedelta(days=366)


def duration(text: str) -> timedelta:
    """Return the length of time. Raises ValueError when the text is none, is zero, or is beyond a year."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise ValueError("it must be a number with a unit, such as 90s, 15m, 1h or 7d")
    found = timedelta(**{_UNITS[written[2]]: int(written[1])})
    if not timedelta(0) < found <= LONGEST:
        raise ValueError("it must be more than nothing and at most a year")
    return found


def _validated(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    try:
        return duration(str(value))
    except ValueError as error:
        raise PydanticCustomError("duration", "{reason}", {"reason": str(error)}) from error


Duration = Annotated[timedelta, BeforeValidator(_validated)]
"""A field of `idp.yaml` that holds a length of time."""
