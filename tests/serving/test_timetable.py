"""When sources are due: the same in every process, as a crontab says it, and once for each due time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.due_sources import due, is_sweep
from bot.source_blocks import ConfiguredSource
from bot.timetable import WIDEST_JITTER, Cron, Every, jitter, timetable
from domain.durations import duration
from domain.sources import SourceState
from tests.workflows.shelf import INTEGRATION, Options


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOON = at("2026-03-04 12:00")  # a Wednesday


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("1h", 3_600), ("7d", 604_800), ("2w", 1_209_600)]
)
def test_a_duration_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "1.5h", "-1h", "0m", "1y", "400d", "15 m", "٣m"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="it must be"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "zone", "now", "latest"),
    [
        ("15m", "UTC", "2026-03-04 12:07:30", "2026-03-04 12:00"),
        ("1d", "UTC", "2026-03-04 12:00", "2026-03-04 00:00"),
        ("0 3 * * *", "UTC", "2026-03-04 02:59:59", "2026-03-03 03:00"),
        ("0 3 * * *", "UTC", "2026-03-04 03:00", "2026-03-04 03:00"),
        ("0 3 * * *", "Europe/Madrid", "2026-07-04 12:00", "2026-07-04 01:00"),
        ("0 3 * * *", "Europe/Madrid", "2026-03-04 12:00", "2026-03-04 02:00"),
        ("*/5 * * * *", "UTC", "2026-03-04 12:04:59", "2026-03-04 12:00"),
        ("0 6 * * 1-5", "UTC", "2026-03-08 12:00", "2026-03-06 06:00"),  # on a Sunday: Friday's
        ("0 6 * * 0", "UTC", "2026-03-04 12:00", "2026-03-01 06:00"),
        ("0 6 * * 7", "UTC", "2026-03-04 12:00", "2026-03-01 06:00"),
        ("0 6 * * fri-mon", "UTC", "2026-03-04 12:00", "2026-03-02 06:00"),
        ("0 6 * * 1/2", "UTC", "2026-03-05 12:00", "2026-03-04 06:00"),  # Monday, Wednesday, Friday
        ("0 0 29 2 *", "UTC", "2026-03-04 12:00", "2024-02-29 00:00"),
    ],
)
def test_the_last_due_time(text: str, zone: str, now: str, latest: str) -> None:
    table = timetable(text, zone)
    assert table.latest(at(now)) == at(latest)
    assert table.latest(at(now)) == at(latest)


def test_due_times_follow_each_other_however_long_nobody_asked() -> None:
    table = Cron("30 * * * *")
    found = [table.latest(NOON + timedelta(minutes=each)) for each in (0, 29, 30, 31, 600)]
    assert found == [NOON + timedelta(minutes=each) for each in (-30, -30, 30, 30, 570)]


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("0 3 * *", "UTC", "4 fields"),
        ("61 * * * *", "UTC", "61"),
        ("0 3 1 * 1", "UTC", "leave one of them"),
        ("0 3 * * 8", "UTC", "no weekday '8'"),
        ("0 3 * * 1/0", "UTC", "a step is a number above 0"),
        ("0 3 * * *", "Middle/Earth", "no time zone 'Middle/Earth'"),
    ],
)
def test_a_crontab_that_is_none_is_told_as_such(text: str, zone: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Cron(text, zone)


def test_jitter_is_the_same_everywhere_and_never_wide() -> None:
    spread = {jitter(f"source-{each}", NOON, timedelta(minutes=15), 0.1) for each in range(50)}
    assert len(spread) == 50
    assert all(timedelta(0) <= each < timedelta(minutes=1.5) for each in spread)
    assert jitter("github", NOON, timedelta(days=1), 1.0) < WIDEST_JITTER
    assert jitter("github", NOON, timedelta(days=1), 0.0) == timedelta(0)


SHELF = ConfiguredSource(
    "shelf",
    INTEGRATION,
    Options(folder=Path()),
    enabled=True,
    looks=Every(timedelta(minutes=15)),
    sweeps=Cron("0 3 * * *"),
    jitter=0.0,
    grace=timedelta(days=7),
)
NEW = SourceState("shelf")


@pytest.mark.parametrize(
    ("tried_at", "key"),
    [
        (None, "sync:shelf:2026-03-04T12:00:00+00:00"),
        ("2026-03-04 11:59:59", "sync:shelf:2026-03-04T12:00:00+00:00"),
        ("2026-03-01 12:00", "sync:shelf:2026-03-04T12:00:00+00:00"),
        ("2026-03-04 12:00", None),
        ("2026-03-04 12:05", None),
    ],
)
def test_a_source_is_due_when_its_time_has_come_since_the_last_try(
    tried_at: str | None, key: str | None
) -> None:
    state = replace(NEW, tried_at=at(tried_at) if tried_at else None)
    assert due(SHELF, state, NOON + timedelta(minutes=10)) == key


def test_a_look_that_was_cut_off_is_due_at_once_and_anew_in_each_turn() -> None:
    state = replace(NEW, tried_at=NOON, interrupted=True)
    key = "sync:shelf:2026-03-04T12:00:00+00:00:again:2026-03-04T12:00:00+00:00"
    assert due(SHELF, state, NOON + timedelta(seconds=1)) == key
    assert due(SHELF, state, NOON + timedelta(minutes=20)) != key


def test_jitter_delays_what_is_due_but_not_the_first_look() -> None:
    late = replace(SHELF, jitter=1.0)
    wait = jitter("shelf", NOON, timedelta(minutes=15), 1.0)
    state = replace(NEW, tried_at=NOON - timedelta(minutes=14))
    assert due(late, state, NOON + wait - timedelta(milliseconds=1)) is None
    assert due(late, state, NOON + wait) is not None
    assert due(late, NEW, NOON) is not None


@pytest.mark.parametrize(
    ("swept_at", "expected"),
    [(None, True), ("2026-03-04 02:59", True), ("2026-03-04 03:00", False), ("2026-03-04 11:00", False)],
)
def test_a_complete_look_is_due_once_a_night(swept_at: str | None, expected: bool) -> None:
    assert is_sweep(SHELF, replace(NEW, swept_at=at(swept_at) if swept_at else None), NOON) == expected
