"""The days that people name, and those that nobody can be sure of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.dates import read_date, split
from questions.wording import join, read

NOW = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-03-01", "2026-03-01"), ("2026-3-1", "2026-03-01"), ("2026-03-01T10:00:00Z", "2026-03-01"),
        ("2026-02", "2026-02-28"), ("2025", "2025-12-31"), ("1.3.2026", "2026-03-01"),
        ("13/02/2026", "2026-02-13"), ("02/13/2026", "2026-02-13"), ("1 march", "2026-03-01"),
        ("the 1st of march", "2026-03-01"), ("march 1st 2025", "2025-03-01"), ("5 mar", "2025-03-05"),
        ("february", "2026-02-28"), ("dec", "2025-12-31"), ("february 2024", "2024-02-29"),
        ("yesterday", "2026-03-03"), ("day before yesterday", "2026-03-02"), ("last monday", "2026-03-02"),
        ("wednesday", "2026-02-25"), ("3 weeks ago", "2026-02-11"), ("a week ago", "2026-02-25"),
        ("two days ago", "2026-03-02"), ("1 month ago", "2026-02-04"), ("13 months ago", "2025-02-04"),
        ("a year ago", "2025-03-04"), ("last week", "2026-02-25"), ("last month", "2026-02-28"),
        ("last year", "2025-12-31"), ("last december", "2025-12-31"),
    ],
)  # fmt: skip
def test_a_day_is_meant_to_its_end(words: str, day: str) -> None:
    at = read_date(read(words), NOW)
    assert isinstance(at, datetime), at
    assert f"{at:%Y-%m-%d %H:%M}" == f"{day} 23:59"
    for start in (f"payments on {words}", f"the payments api as of {words}"):
        dated = split(read(start))
        assert dated is not None
        assert join(dated.rest) in ("payments", "the payments api")


@pytest.mark.parametrize("words", ["today", "march", "2026-03", "2026", "2026-03-04", "march 2026"])
def test_what_is_not_over_is_meant_until_now(words: str) -> None:
    assert read_date(read(words), NOW) == NOW


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("03/04/2026", "can read for sure"), ("2026-02-30", "no day"), ("31 february", "no day"),
        ("2026-03-05", "still to come"), ("april 2027", "still to come"), ("99999 weeks ago", "for sure"),
        ("9999 years ago", "no day"), ("0000-01-01", "no day"), ("last sprint", "for sure"),
    ],
)  # fmt: skip
def test_what_is_no_sure_day_is_said_to_be_none(words: str, problem: str) -> None:
    found = read_date(read(words), NOW)
    assert isinstance(found, str)
    assert problem in found


@pytest.mark.parametrize(
    "words", ["payments", "monday", "payments monday", "payments 2026", "the may team", "on 2026-03-01", ""]
)
def test_a_name_is_no_date(words: str) -> None:
    assert split(read(words)) is None


@given(st.text(st.sampled_from("0123456789-/. agolstmnrchewkydu"), max_size=40))
def test_no_words_break_it(text: str) -> None:
    words = read(text)
    dated = split(words)
    if words:
        assert isinstance(read_date(words, NOW), str | datetime)
    if dated is not None:
        assert dated.rest
        assert isinstance(read_date(dated.date, NOW), str | datetime)
