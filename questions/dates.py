"""Reads the days that people name: `2026-03-01`, `1 March`, `last monday`, `3 weeks ago`, `in march`.

Guesses nothing: `03/04/2026` is two days, and so none. All days are in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from questions.wording import Word, join

EXAMPLES = ("on 2026-03-01", "last monday", "3 weeks ago", "in march")
PREPOSITIONS = frozenset(("on", "in", "at", "as", "by", "back", "during", "around", "of", "the", "since"))
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:t.*)?)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR = re.compile(r"(19|20)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_LONGEST = 5
"""Words of the longest date: `the 1st of march 2026`."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that end in a date."""

    rest: Sequence[Word]
    """What stands before it."""
    date: Sequence[Word]


def split(words: Sequence[Word]) -> Dated | None:
    """Cut off the date that words end with; None when they end with none, or hold nothing else."""
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        said = [word.plain for word in words[-length:]]
        rest = words[:-length]
        led = rest[-1].plain in PREPOSITIONS
        while len(rest) > 1 and rest[-1].plain in PREPOSITIONS:
            rest = rest[:-1]
        if "" in said or rest[-1].plain in PREPOSITIONS or said[0] in PREPOSITIONS - {"the"}:
            continue
        if _is_date(said, led=led):
            return Dated(rest, words[-length:])
    return None


def _is_date(said: list[str], *, led: bool) -> bool:
    """Tell whether words can be nothing but a date; after `on` or `in`, a weekday or a month will do."""
    first = said[0]
    if first.isalpha() and len(said) == 1 and not led:
        return first == "yesterday"
    if first.isdecimal() and len(said) == 1:
        return led and len(first) == 4
    try:
        return _found(said, date(2024, 2, 29)) is not None or _NUMERIC.fullmatch(first) is not None
    except (ValueError, OverflowError):
        return True  # a day that no month has is meant as one


def read_date(words: Sequence[Word], now: datetime) -> datetime | str:
    """Return the end of the day (or month, or year) that is meant, at most `now`; else what is wrong."""
    said = [word.plain for word in words]
    text = join(words)
    try:
        found = _found(said, now.astimezone(UTC).date())
    except (ValueError, OverflowError):
        return f"There is no day “{text}”."
    if found is None:
        return f"“{text}” is no day that I can read for sure."
    if found > now.astimezone(UTC).date():
        return f"“{text}” is still to come."
    return min(now, datetime.combine(found, time.max, UTC))


def _found(said: list[str], today: date) -> date | None:
    """Return the last day of what is meant. Raises ValueError for a day that no month has."""
    said = [word for word in said if word not in ("of", "the")]
    if not said:
        return None
    first, rest = said[0], said[1:]
    if not rest:
        return _one_word(first, today)
    if rest[-1] == "ago" or rest == ["ago"]:
        return _ago(said[:-1], today)
    if first in ("last", "past", "previous") and len(rest) == 1:
        return _last(rest[0], today)
    if rest == ["before", "yesterday"] or said == ["day", "before", "yesterday"]:
        return today - timedelta(days=2)
    return _written(said, today)


def _one_word(word: str, today: date) -> date | None:
    if word in ("yesterday", "today"):
        return today - timedelta(days=word == "yesterday")
    if (weekday := _number(word, _WEEKDAYS)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    if (month := _number(word, _MONTHS)) is not None:
        return _month(today.year - (month + 1 > today.month), month + 1, today)
    if iso := _ISO.fullmatch(word):
        year, month, day = int(iso[1]), int(iso[2]), iso[3]
        return date(year, month, int(day)) if day else _month(year, month, today)
    if numeric := _NUMERIC.fullmatch(word):
        return _numeric(int(numeric[1]), numeric[2], int(numeric[3]), int(numeric[4]))
    if not _YEAR.fullmatch(word):
        return None
    return today if int(word) == today.year else date(int(word), 12, 31)


def _numeric(one: int, mark: str, two: int, year: int) -> date | None:
    if mark == "." or one > 12:
        return date(year, two, one)
    return date(year, one, two) if two > 12 else None


def _ago(said: list[str], today: date) -> date | None:
    if len(said) != 2:
        return None
    number, unit = _NUMBERS.get(said[0]), said[1].removesuffix("s")
    if number is None:
        number = int(said[0]) if said[0].isdecimal() and len(said[0]) < 5 else -1
    if number < 0:
        return None
    if unit in _UNITS:
        return today - timedelta(days=number * _UNITS[unit])
    months = {"month": number, "year": number * 12}.get(unit)
    return None if months is None else _months_before(today, months)


def _months_before(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    end = _end_of(year, month + 1)
    return end.replace(day=min(today.day, end.day))


def _last(word: str, today: date) -> date | None:
    if word == "week":
        return today - timedelta(days=7)
    if word == "month":
        return today.replace(day=1) - timedelta(days=1)
    if word == "year":
        return date(today.year - 1, 12, 31)
    named = word in _WEEKDAYS or word in _MONTHS or word[:3] in {each[:3] for each in (*_WEEKDAYS, *_MONTHS)}
    return _one_word(word, today) if named else None


def _written(said: list[str], today: date) -> date | None:
    """Read `1 march`, `march 1st`, `1 march 2026` and `march 2026`."""
    year = int(said[-1]) if _YEAR.fullmatch(said[-1]) else None
    parts = said[:-1] if year is not None else said
    months = [number for part in parts if (number := _number(part, _MONTHS)) is not None]
    days = [int(day[1]) for part in parts if (day := _DAY.fullmatch(part))]
    if len(months) != 1 or len(days) != len(parts) - 1 or len(parts) > 2:
        return None
    month = months[0] + 1
    if not days:
        return None if year is None else _month(year, month, today)
    if year is not None:
        return date(year, month, days[0])
    this = date(today.year, month, days[0])
    return this if this <= today else date(today.year - 1, month, days[0])


def _number(word: str, names: Sequence[str]) -> int | None:
    """Return the place of a name that is written whole, or by its first three letters."""
    return next((at for at, name in enumerate(names) if word in (name, name[:3])), None)


def _month(year: int, month: int, today: date) -> date:
    """Return the last day of a month; of this one, today."""
    return today if (year, month) == (today.year, today.month) else _end_of(year, month)


def _end_of(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
