"""Lists that are longer than PagerDuty gives: it answers 400 where `offset` and `limit` exceed 10,000."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.entities import EVERYTHING
from domain.errors import OutsideFailure
from integrations.pagerduty import pages
from playground.vendors.pagerduty import server
from playground.vendors.pagerduty.rotations import shifts
from playground.vendors.pagerduty.seed import Incident, Policy, Schedule
from tests.integrations.pagerduty.stage import PagerDutyStage, fields, of
from workflows.ports import Task


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PagerDuty give 300 of a list: the same behaviour, in a fraction of the time."""
    monkeypatch.setattr(server, "MOST", 300)
    monkeypatch.setattr(pages, "MOST", 300)


def many_policies(stage: PagerDutyStage, count: int, turns: int = 7) -> None:
    """Add policies with so many shifts a week."""
    layer: dict[str, Any] = {"start": "2025-01-06T09:00:00", "turn_days": 1, "users": ["PUANA", "PUKWAME"]}
    if turns > 7:
        layer |= {"hours": 12}
        night = {**layer, "from_hour": 12, "users": ["PUMIKKEL"]}
    schedule = Schedule.model_validate(
        {"id": "PSMANY", "name": "Daily", "layers": [layer, night] if turns > 7 else [layer]}
    )
    stage.pagerduty.account.schedules.append(schedule)
    stage.pagerduty.account.policies += [
        Policy(id=f"PE{number:05}", name=f"Policy {number}", team="PTEAMPA", levels=[["PSMANY"]])
        for number in range(count)
    ]


def shifts_by_policy(stage: PagerDutyStage) -> dict[str, int]:
    oncall = fields(stage.open().fetch(Task()), "pagerduty/oncall")["team/PTEAMPA"]["oncall"]
    assert isinstance(oncall, dict)
    return {key: len(each["shifts"]) for key, each in oncall.items()}


def test_on_calls_are_read_by_a_hundred_policies_at_a_time(stage: PagerDutyStage) -> None:
    many_policies(stage, 250)
    counts = shifts_by_policy(stage)
    assert len(counts) == 251
    assert {counts[f"pagerduty:pe{number:05}"] for number in range(250)} == {8}
    asked = [each for each in stage.faults.requests if "/oncalls" in each]
    assert [each.count("escalation_policy_ids") for each in asked if "offset=0" in each] == [100, 100, 52]
    assert max(map(len, asked)) < 8_000


@pytest.mark.usefixtures("narrow")
def test_policies_whose_on_calls_are_too_many_are_halved(stage: PagerDutyStage) -> None:
    many_policies(stage, 40, turns=14)
    counts = shifts_by_policy(stage)
    assert len(counts) == 41
    (schedule,) = [each for each in stage.pagerduty.account.schedules if each.id == "PSMANY"]
    expected = len(shifts(schedule, stage.now, stage.now + timedelta(days=7)))
    assert expected * 40 > 2 * pages.MOST
    assert {counts[f"pagerduty:pe{number:05}"] for number in range(40)} == {expected}
    asked = [each for each in stage.faults.requests if "/oncalls" in each and "offset=0" in each]
    assert [each.count("escalation_policy_ids") for each in asked] == [0, 42, 21, 10, 11, 21, 10, 11]


@pytest.mark.usefixtures("narrow")
def test_incidents_that_are_too_many_are_read_by_service(stage: PagerDutyStage) -> None:
    stage.crowd(3)
    for number in range(450):
        stage.pagerduty.account.incidents.append(
            Incident(
                id=f"QX{number:05}",
                number=100 + number,
                title="x",
                service=f"PC{number % 3:05}",
                created=stage.now,
            )
        )
    look = stage.open().fetch(Task())
    troubled = {each.id for each in of(look, "pagerduty/incidents").claims}
    assert troubled == {"incidents/PPAY1AP", *(f"incidents/PC{number:05}" for number in range(3))}
    assert of(look, "pagerduty/incidents").within == (EVERYTHING,)


@pytest.mark.usefixtures("narrow")
def test_a_storm_on_one_service_is_told_and_hides_no_other(stage: PagerDutyStage) -> None:
    for number in range(400):
        stage.pagerduty.account.incidents.append(
            Incident(
                id=f"QX{number:05}", number=100 + number, title="x", service="PFAX001", created=stage.now
            )
        )
    look = stage.open().fetch(Task())
    told = fields(look, "pagerduty/incidents")
    assert set(told) == {"incidents/PPAY1AP", "incidents/PFAX001"}
    storm = told["incidents/PFAX001"]["incidents"]
    assert isinstance(storm, dict)
    assert len(storm) == 50


@pytest.mark.usefixtures("narrow")
def test_services_that_are_too_many_are_a_failure_and_not_a_part(stage: PagerDutyStage) -> None:
    stage.crowd(298)
    assert len(of(stage.open().fetch(Task()), "pagerduty").claims) == 300
    stage.crowd(1)
    with pytest.raises(OutsideFailure, match="more than 300 services") as failure:
        stage.open().fetch(Task())
    assert failure.value.hint


def test_the_real_limit_is_what_pagerduty_documents() -> None:
    assert (pages.MOST, server.MOST) == (10_000, 10_000)
