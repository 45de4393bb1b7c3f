"""The field `oncall` as sources write it, read for a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.entities import Json
from domain.oncall_plan import HORIZON, policies
from tests.catalog_builder import SEEN
from tests.oncall_plans import plan, shift


def test_a_policy_has_its_levels_and_who_is_on_and_next() -> None:
    (policy,) = policies(
        plan("p1", shift("ana", -1, 1), shift("bo", 1, 2), shift("cy", None, None, 3), levels=2)
    )
    assert (policy.key, policy.vendor, policy.levels) == ("pagerduty:p1", "pagerduty", (1, 2, 3))
    assert [each.name for each in policy.on(1, SEEN)] == ["Ana"]
    assert [each.name for each in policy.after(1, SEEN)] == ["Bo"]
    assert [each.name for each in policy.on(1, SEEN + timedelta(hours=1))] == ["Bo"]
    assert policy.on(2, SEEN) == policy.after(2, SEEN) == ()
    assert [each.name for each in policy.on(3, SEEN + timedelta(days=900))] == ["Cy"]


def test_turns_that_touch_or_overlap_are_one_and_others_are_not() -> None:
    (policy,) = policies(
        plan(
            "p1",
            shift("ana", 4, 9),
            shift("ana", 0, 5),
            shift("ana", 9, 10),
            shift("ana", 11, 12),
            shift("bo", 0, 5),
        )
    )
    hours = [(each.name, (each.ends - SEEN) // timedelta(hours=1)) for each in policy.shifts]
    assert sorted(hours) == [("Ana", 10), ("Ana", 12), ("Bo", 5)]


def test_a_turn_that_ends_with_the_plan_may_go_on() -> None:
    (policy,) = policies(plan("p1", shift("ana", 0, 7 * 24)))
    (turn,) = policy.shifts
    assert turn.is_cut(SEEN)
    assert not turn.is_cut(SEEN + timedelta(hours=1))
    assert not turn.is_cut(SEEN - timedelta(hours=1))
    assert turn.is_cut(turn.ends - HORIZON - timedelta(minutes=5))


@pytest.mark.parametrize("value", [None, "x", [], {"a": None}, {"a": []}, 7])
def test_what_is_no_plan_is_none(value: Json) -> None:
    assert policies(value) == ()


def test_what_cannot_be_read_of_a_plan_is_passed_over() -> None:
    shifts: list[Json] = [{**shift("ana", 0, 1), "from": "yesterday"}, {**shift("cy", 0, 1), "level": "two"}]
    shifts += [shift("bo", 2, 1), {"level": 1}, shift("dee", 0, 1), {"name": "Only a name", "from": None}]
    levels: Json = [{"level": 1, "targets": ["A", None]}, None, {"level": True}]
    said: Json = {"name": 7, "url": None, "levels": levels, "shifts": shifts}
    (policy,) = policies({"pagerduty:p1": said})
    assert (policy.name, policy.url, policy.targets) == ("pagerduty:p1", "", {1: ("A",)})
    assert sorted(each.name for each in policy.shifts) == ["Dee", "Only a name"]
    assert policies({"pagerduty:p2": {}})[0].levels == ()
