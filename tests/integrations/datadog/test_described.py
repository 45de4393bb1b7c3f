"""What is asked, and what the playground answers, is what Datadog's own API descriptions say."""

from __future__ import annotations

from playground.vendors.vendor import Exchange
from tests.integrations.datadog.conftest import DatadogStage
from tests.integrations.described import hold

HOST = "https://api.datadoghq.eu"
KEYS = {"DD-API-KEY": "of a test", "DD-APPLICATION-KEY": "of a test"}
UNDESCRIBED = "/api/v1/service_dependencies"
"""In public beta: the description lacks it, the documentation has it."""


def kept(stage: DatadogStage) -> list[Exchange]:
    """Keep every exchange from now on."""
    stage.faults.exchanges = []
    return stage.faults.exchanges


def held(exchanges: list[Exchange], version: int) -> int:
    file = f"datadog-v{version}.trimmed.openapi.json"
    mine = [each for each in exchanges if f"/api/v{version}/" in each.path and each.path != UNDESCRIBED]
    return hold(file, HOST, mine, headers=KEYS)


def test_a_look_and_its_answers(stage: DatadogStage) -> None:
    exchanges = kept(stage)
    stage.open().fetch()
    assert held(exchanges, 1) == 3
    assert held(exchanges, 2) == len(exchanges) - 4
    assert len([each for each in exchanges if each.path == UNDESCRIBED]) == 1


def test_the_tries_of_the_doctor(stage: DatadogStage) -> None:
    exchanges = kept(stage)
    stage.open().validate()
    assert held(exchanges, 1) + held(exchanges, 2) == len(exchanges) - 1


def test_refusals(stage: DatadogStage) -> None:
    exchanges = kept(stage)
    stage.datadog.permissions.clear()
    stage.open().validate()
    stage.datadog.api_key = "another"
    stage.open().validate()
    assert {each.status for each in exchanges} == {200, 401, 403}
    assert held(exchanges, 1) + held(exchanges, 2) == len(exchanges) - 1
