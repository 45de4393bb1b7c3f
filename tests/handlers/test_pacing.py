"""Calls to Slack are spread over time, and what was shown just now is not sent again."""

from __future__ import annotations

import threading
import time

from handlers.pacing import Lately, Pace


class Hand:
    """A clock that moves when it is moved."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_goes_at_once_and_the_rest_one_after_the_other() -> None:
    done: list[tuple[str, float]] = []
    all_done = threading.Event()
    pace = Pace(per_minute=600, burst=3)
    start = time.monotonic()

    def job(name: str) -> None:
        done.append((name, time.monotonic() - start))
        if len(done) == 5:
            all_done.set()

    for name in "abcde":
        pace.submit(name, lambda name=name: job(name))  # type: ignore[misc]
    assert [name for name, _ in done] == ["a", "b", "c"]
    assert all_done.wait(5)
    assert [name for name, _ in done] == list("abcde")
    assert done[4][1] - done[2][1] >= 0.1, "0.1 s for each that is over the rate"


def test_who_waits_is_in_the_line_once_with_the_newest() -> None:
    done: list[str] = []
    all_done = threading.Event()
    pace = Pace(per_minute=300, burst=1)
    pace.submit("ana", lambda: done.append("ana 1"))
    pace.submit("ana", lambda: done.append("ana 2"))
    pace.submit("ana", lambda: done.append("ana 3"))
    pace.submit("bo", all_done.set)
    assert all_done.wait(5)
    assert done == ["ana 1", "ana 3"]


def test_time_without_calls_is_saved_up_to_one_burst() -> None:
    hand = Hand()
    done: list[int] = []
    pace = Pace(per_minute=60, burst=2, clock=hand)
    for number in (1, 2):
        pace.submit(str(number), lambda number=number: done.append(number))  # type: ignore[misc]
    hand.at += 1_000
    for number in (3, 4):
        pace.submit(str(number), lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == [1, 2, 3, 4]


def test_the_same_is_new_again_after_a_while_and_what_changed_at_once() -> None:
    hand = Hand()
    lately = Lately(5.0, clock=hand)
    assert lately.is_new("ana", {"blocks": 1})
    assert not lately.is_new("ana", {"blocks": 1})
    assert lately.is_new("bo", {"blocks": 1})
    assert lately.is_new("ana", {"blocks": 2})
    hand.at += 5.0
    assert lately.is_new("ana", {"blocks": 2})
    lately.forget("ana")
    assert lately.is_new("ana", {"blocks": 2})


def test_no_more_people_are_remembered_than_said() -> None:
    lately = Lately(60.0, most=2, clock=Hand())
    assert [lately.is_new(each, 1) for each in ("ana", "bo", "cy", "cy")] == [True, True, True, False]
