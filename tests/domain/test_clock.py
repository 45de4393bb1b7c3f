"""Ages in words, at the edges of each unit."""

from datetime import timedelta

import pytest

from domain.clock import age_in_words, system_clock


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age: timedelta, words: str) -> None:
    assert age_in_words(age) == words


def test_the_machine_s_time_has_a_zone() -> None:
    assert system_clock().utcoffset() == timedelta(0)
