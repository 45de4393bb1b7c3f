"""Who is on call now and in the next days: rotations, overrides, layers, and clocks that change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.entities import Json
from playground.vendors.pagerduty.rotations import Shift, shifts
from playground.vendors.pagerduty.seed import Schedule
from tests.integrations.pagerduty.stage import PagerDutyStage, account, fields
from workflows.ports import Task

BERLIN = {"id": "PSPRIM", "name": "Payments Primary", "time_zone": "Europe/Berlin"}
WEEKLY = {"start": "2025-01-06T09:00:00", "users": ["PUANA", "PUKWAME"]}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def holding(stage: PagerDutyStage, now: str, *layers: dict[str, Any], **schedule: Any) -> None:
    """Let it be some time, in an account whose one schedule is so."""
    stage.now = utc(now)
    stage.pagerduty.hold(account(schedules=[{**BERLIN, "layers": list(layers), **schedule}]))


def plan(stage: PagerDutyStage, policy: str = "pagerduty:pepay", **options: Any) -> dict[str, Any]:
    found = fields(stage.open(**options).fetch(Task()), "pagerduty/oncall")
    claimed: Json = {key: value for each in found.values() for key, value in _oncall(each).items()}
    assert isinstance(claimed, dict)
    return dict(claimed[policy])


def _oncall(said: dict[str, Json]) -> dict[str, Json]:
    oncall = said["oncall"]
    assert isinstance(oncall, dict)
    return oncall


def first_level(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (each["name"].partition(" ")[0], each["from"], each["until"])
        for each in told["shifts"]
        if each["level"] == 1
    ]


def test_the_plan_of_a_policy(stage: PagerDutyStage) -> None:
    holding(stage, "2026-02-04T12:00:00", WEEKLY)
    assert plan(stage) == {
        "name": "Payments On-Call",
        "url": "https://acme.pagerduty.com/escalation_policies/PEPAY",
        "levels": [
            {"level": 1, "targets": ["Payments Primary"]},
            {"level": 2, "targets": ["Kwame Mensah"]},
        ],
        "shifts": [
            {"level": 1, "person": "pagerduty-user:puana", "name": "Ana Silva",
             "email": "ana.silva@acme.example", "schedule": "Payments Primary",
             "from": "2026-02-02T08:00:00+00:00", "until": "2026-02-09T08:00:00+00:00"},
            {"level": 1, "person": "pagerduty-user:pukwame", "name": "Kwame Mensah",
             "email": "kwame.mensah@acme.example", "schedule": "Payments Primary",
             "from": "2026-02-09T08:00:00+00:00", "until": "2026-02-16T08:00:00+00:00"},
            {"level": 2, "person": "pagerduty-user:pukwame", "name": "Kwame Mensah",
             "email": "kwame.mensah@acme.example"},
        ],
    }  # fmt: skip


def test_nobody_on_call_is_told_too(stage: PagerDutyStage) -> None:
    assert plan(stage, "pagerduty:peempty")["shifts"] == []
    holding(stage, "2026-02-04T12:00:00")
    assert [each["level"] for each in plan(stage)["shifts"]] == [2]


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        # Summer time began on 29 March 2026, at 01:00 UTC: the handoff stays at nine o'clock in Berlin.
        ("2026-03-27T12:00:00", [
            ("Kwame", "2026-03-23T08:00:00+00:00", "2026-03-30T07:00:00+00:00"),
            ("Ana", "2026-03-30T07:00:00+00:00", "2026-04-06T07:00:00+00:00"),
        ]),
        # It ended on 25 October: this week has an hour more.
        ("2026-10-24T12:00:00", [
            ("Kwame", "2026-10-19T07:00:00+00:00", "2026-10-26T08:00:00+00:00"),
            ("Ana", "2026-10-26T08:00:00+00:00", "2026-11-02T08:00:00+00:00"),
        ]),
    ],
)  # fmt: skip
def test_clocks_change(stage: PagerDutyStage, now: str, shown: list[tuple[str, str, str]]) -> None:
    holding(stage, now, WEEKLY)
    assert first_level(plan(stage)) == shown


def test_a_night_in_which_clocks_change_is_as_long_as_it_is(stage: PagerDutyStage) -> None:
    night = {"start": "2025-01-06T22:00:00", "users": ["PUKWAME"], "from_hour": 22, "hours": 8}
    holding(stage, "2026-03-28T12:00:00", {**WEEKLY, "users": ["PUANA"]}, night)
    told = first_level(plan(stage, days=1))
    assert told == [
        ("Ana", "2026-03-28T05:00:00+00:00", "2026-03-28T21:00:00+00:00"),
        ("Kwame", "2026-03-28T21:00:00+00:00", "2026-03-29T04:00:00+00:00"),  # seven hours
        ("Ana", "2026-03-29T04:00:00+00:00", "2026-03-29T20:00:00+00:00"),
    ]


def test_an_override_goes_before_the_rotation(stage: PagerDutyStage) -> None:
    cover = {"user": "PUMIKKEL", "start": "2026-02-05T18:00:00Z", "end": "2026-02-06T06:00:00Z"}
    holding(stage, "2026-02-04T12:00:00", WEEKLY, overrides=[cover])
    assert first_level(plan(stage, days=2)) == [
        ("Ana", "2026-02-02T08:00:00+00:00", "2026-02-05T18:00:00+00:00"),
        ("Mikkel", "2026-02-05T18:00:00+00:00", "2026-02-06T06:00:00+00:00"),
        ("Ana", "2026-02-06T06:00:00+00:00", "2026-02-09T08:00:00+00:00"),
    ]


def test_the_only_one_on_a_schedule_never_goes_off(stage: PagerDutyStage) -> None:
    holding(stage, "2026-02-04T12:00:00", {**WEEKLY, "users": ["PUANA"]})
    (ana,) = [each for each in plan(stage)["shifts"] if each["level"] == 1]
    assert ana["from"] == "2025-01-06T08:00:00+00:00"
    assert "until" not in ana


def test_at_a_handoff_the_next_one_is_on(stage: PagerDutyStage) -> None:
    holding(stage, "2026-02-09T08:00:00", WEEKLY)
    assert [each[0] for each in first_level(plan(stage, days=6))] == ["Kwame"]


def test_a_shift_that_is_over_is_not_told(stage: PagerDutyStage) -> None:
    holding(stage, "2026-02-09T08:00:00", WEEKLY)

    def late(answer: dict[str, Any]) -> None:
        for each in list(answer.get("oncalls", []))[:1]:
            over = {"start": "2026-02-02T08:00:00Z", "end": "2026-02-09T08:00:00Z"}
            answer["oncalls"].append({**each, **over})

    stage.pagerduty.rewrite = late
    assert [each[0] for each in first_level(plan(stage, days=6))] == ["Kwame"]


def test_shifts_of_schedules_in_the_new_form_overlap(stage: PagerDutyStage) -> None:
    """PagerDuty's shift-based schedules may have several people on at once, under a type of their own."""
    holding(stage, "2026-02-04T12:00:00", WEEKLY)

    def doubled(answer: dict[str, Any]) -> None:
        for each in list(answer.get("oncalls", [])):
            if each["schedule"]:
                each["schedule"]["type"] = "schedule_v3_reference"
                other = {**each["user"], "id": "PUMIKKEL", "name": "Mikkel Jensen"}
                answer["oncalls"].append({**each, "user": other})

    stage.pagerduty.rewrite = doubled
    names = [each[0] for each in first_level(plan(stage))]
    assert names == ["Ana", "Mikkel", "Kwame", "Mikkel"]


def test_a_time_that_is_none_is_a_finding(stage: PagerDutyStage) -> None:
    def spoil(answer: dict[str, Any]) -> None:
        for each in answer.get("oncalls", [])[:1]:
            each["end"] = "next Monday"

    stage.pagerduty.rewrite = spoil
    look = stage.open().fetch(Task())
    (finding,) = look.findings
    assert "next Monday" in finding.problem
    assert finding.severity == "warning"


def test_the_playgrounds_rotation_has_no_gap_and_no_overlap() -> None:
    schedule = Schedule.model_validate({**BERLIN, "layers": [{**WEEKLY, "turn_days": 1}]})
    found = shifts(schedule, utc("2026-03-20T00:00:00"), utc("2026-04-05T00:00:00"))
    assert len(found) == 17
    for one, other in pairwise(found):
        assert one.end == other.start
        assert one.user != other.user
    lengths = {_length(each) for each in found}
    assert lengths == {timedelta(hours=23), timedelta(hours=24)}


def _length(shift: Shift) -> timedelta:
    assert shift.end is not None
    return shift.end - shift.start
