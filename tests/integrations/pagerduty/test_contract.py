"""What is asked and answered, held against PagerDuty's own description of its API."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from openapi_core.exceptions import OpenAPIError

from playground.vendors.vendor import Exchange
from tests.integrations.described import hold
from tests.integrations.pagerduty.stage import PagerDutyStage
from workflows.ports import Task

FILE, HOST = "pagerduty-rest.openapi.json", "https://api.pagerduty.com"
WANTED = {"Content-Type": "application/json", "Accept": "application/vnd.pagerduty+json;version=2"}
"""What the description wants with every request; PagerDuty wants a content type of none without a body."""


def as_described(exchange: Exchange) -> Exchange:
    """Return an exchange without what the description contradicts itself in.

    It says that integrations and an on-call's user are whole where they are included, and allows references
    alone; it says that a schedule, a priority, a text may be null, and allows no null.
    """
    answer = json.loads(exchange.answer)
    _mend(answer)
    return replace(exchange, answer=json.dumps(answer).encode())


def _mend(value: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _mend(each)
    elif isinstance(value, dict):
        for name in [name for name, each in value.items() if each is None and name != "total"]:
            del value[name]
        if str(value.get("type", "")).endswith("_inbound_integration"):
            value["type"] += "_reference"
        if "escalation_level" in value:
            value["user"]["type"] = "user_reference"
        for each in value.values():
            _mend(each)


def test_requests_and_answers_are_as_described(stage: PagerDutyStage) -> None:
    kept = stage.watched()
    source = stage.open()
    source.fetch(Task())
    source.fetch(Task(only=("service/PPAY1AP", "incidents/PFAX001")))
    source.validate()
    assert hold(FILE, HOST, map(as_described, kept), headers=WANTED) == 10 + 4 + 8


@pytest.mark.parametrize("path", ["/services", "/services/PNOWHERE", "/business_services"])
def test_refusals_are_as_described(stage: PagerDutyStage, path: str) -> None:
    kept = stage.watched()
    stage.pagerduty.denied |= {"/services", "/business_services"} - (
        {"/services"} if "PNO" in path else set()
    )
    httpx.get(f"{stage.url}{path}", headers={"authorization": f"Token token={stage.pagerduty.account.token}"})
    assert hold(FILE, HOST, kept, headers=WANTED) == 1


def test_the_description_would_tell(stage: PagerDutyStage) -> None:
    kept = stage.watched()
    stage.open().fetch(Task())
    spoilt = replace(as_described(kept[0]), answer=b'{"services": 5}')
    with pytest.raises(OpenAPIError):
        hold(FILE, HOST, [spoilt], headers=WANTED)
