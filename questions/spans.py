"""Reads from when on somebody asks: `since monday`, `this week`, `in the last 3 days`.

Days begin at midnight in UTC, weeks on Monday. What lies between then and now is all meant, so `last week` is
since the Monday of last week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from questions.dates import read_date
from questions.wording import Word, join, read

EXAMPLES = ("this week", "since monday", "in the last 3 days")
_NAMED = {
    ("today",): 0, ("yesterday",): 1, ("recently",): 7, ("lately",): 7,
    ("this", "week"): -1, ("last", "week"): -2,
    ("this", "month"): -3, ("last", "month"): -4, ("this", "year"): -5, ("the", "last", "week"): 7,
    ("the", "past", "week"): 7, ("the", "last", "month"): 30, ("the", "past", "month"): 30,
    ("the", "last", "day"): 1, ("the", "past", "day"): 1,
}  # fmt: skip
"""Days back; a negative number stands for the beginning of a week, a month or a year."""
_LEADS = frozenset(("in", "over", "during", "within", "for", "since"))
_LASTS = frozenset(("last", "past"))
_LONGEST = 6


def is_span(words: Sequence[Word]) -> bool:
    """Tell whether words say from when on, and nothing else."""
    rest, span = split(words)
    return bool(span) and not rest


def split(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return the words before the time that they end with, and that time; empty where they end with none."""
    plain = [word.plain for word in words]
    if "since" in plain and (at := plain.index("since")) + 1 < len(words):
        return words[:at], words[at:]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        at = len(words) - length
        if _days(plain[at:]) is not None:
            return words[:at], words[at:]
    return words, ()


def read_since(span: Sequence[Word], now: datetime) -> datetime | str:
    """Return the beginning of the time that is meant; or what is wrong with it, for a person."""
    plain = [word.plain for word in span]
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    days = _days(plain)
    if days is None:
        return _since_day(span[1:], now)
    if days >= 0:
        return midnight - timedelta(days=days)
    monday = midnight - timedelta(days=midnight.weekday())
    first = midnight.replace(day=1)
    begins = {
        -1: monday, -2: monday - timedelta(days=7), -3: first,
        -4: (first - timedelta(days=1)).replace(day=1), -5: first.replace(month=1),
    }  # fmt: skip
    return begins[days]


def _days(plain: Sequence[str]) -> int | None:
    """Return the number of `_NAMED` for a time, its leading `in` aside; None: it is none."""
    said = tuple(plain[1:] if len(plain) > 1 and plain[0] in _LEADS else plain)
    if said in _NAMED:
        return _NAMED[said]
    counted = said[1:] if said[:1] == ("the",) else said
    if len(counted) == 3 and counted[0] in _LASTS and counted[1].isdecimal() and len(counted[1]) < 5:
        unit = {"day": 1, "week": 7, "month": 30, "year": 365}.get(counted[2].removesuffix("s"))
        return None if unit is None else int(counted[1]) * unit
    return None


def _since_day(words: Sequence[Word], now: datetime) -> datetime | str:
    found = read_date(words, now)
    if isinstance(found, str):
        return found
    begins = found.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    # A month or a year that is named without a day is read as its last day; since then means since its first.
    said = [word.plain for word in words if word.plain not in ("the", "of", "in")]
    if all(each.isalpha() or (each.isdecimal() and len(each) == 4) for each in said) and _is_month(said, now):
        begins = begins.replace(day=1)
        return begins.replace(month=1) if len(said) == 1 and said[0].isdecimal() else begins
    return begins


def _is_month(said: Sequence[str], now: datetime) -> bool:
    """Tell whether a day is missing: then the same words with one in front are a date, too."""
    if len(said) == 1 and said[0].isdecimal():
        return True
    return not isinstance(read_date(read(join(read(f"1 {' '.join(said)}"))), now), str)
