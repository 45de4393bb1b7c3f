"""How objectives and monitors stand, as remarks on the services that their tags name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from integrations.datadog.objectives import objectives
from integrations.datadog.watches import watches
from playground.vendors.datadog import Monitor, Objective
from tests.integrations.datadog.conftest import NOW, DatadogStage, Looks, seen, snapshot

WEB = "https://app.datadoghq.eu"


def said(claims: dict[str, Any], service: str, name: str) -> Any:
    """Return what a service's remark says in a field."""
    return claims[f"service/{service}"].fields[name]


def test_objectives_with_target_status_and_budget(looks: Looks) -> None:
    slos = said(seen(looks(), "/slos"), "payments-api", "slos")
    assert slos["datadog:5f3c1b7e0a9d4c62b8e1"] == {
        "name": "Payments are authorised",
        "url": "https://app.datadoghq.eu/slo?slo_id=5f3c1b7e0a9d4c62b8e1",
        "target": 99.95,
        "timeframe": "30d",
        "status": 99.871,
        "budget_left": -158.0,
        "state": "breached",
    }
    assert slos["datadog:9a2e4d6c8b0f4e1795a3"]["timeframe"] == "7d"


def test_an_objective_that_was_not_reckoned_yet_has_its_target_alone(looks: Looks) -> None:
    (slo,) = said(seen(looks(), "/slos"), "orders-api", "slos").values()
    assert (slo["target"], slo["state"]) == (99.5, "unknown")
    assert not {"status", "budget_left"} & slo.keys()


def test_an_objective_of_several_services_and_of_none(stage: DatadogStage, looks: Looks) -> None:
    shared = Objective(id="s", name="Shared", tags=("service:a", "service:b"), target=99)
    stage.datadog.slos = [shared, Objective(id="n", name="Nobody's", target=99)]
    look = looks()
    assert set(seen(look, "/slos")) == {"service/a", "service/b"}
    assert "datadog: SLOs without a tag `service:`, left out: 1" in look.notes


def test_of_several_periods_the_primary_one_counts() -> None:
    now = {"error_budget_remaining": -80.0, "state": "breached"}
    periods = [
        {"timeframe": "7d", "target": 99.0, "status": 99.9, "error_budget_remaining": 90.0, "state": "ok"},
        {"timeframe": "90d", "target": 99.5, **now, "status": 99.1},
    ]  # fmt: skip
    about = {
        "name": "Both",
        "service_tags": ["pay"],  # without its key
        "overall_status": periods,
        "status": {**now, "sli": 99.1},
    }
    found = objectives([{"data": {"id": "x", "attributes": about}}], WEB)
    (slo,) = said({each.key: each for each in found.claims}, "pay", "slos").values()
    assert (slo["timeframe"], slo["target"], slo["state"]) == ("90d", 99.5, "breached")


def test_more_objectives_than_a_page(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.slos = [
        Objective(id=f"s{number}", name="S", tags=("service:a",), target=99) for number in range(205)
    ]
    look = looks()
    assert len(said(seen(look, "/slos"), "a", "slos")) == 205
    assert snapshot(look, "/slos").complete


def test_monitors_are_counted_by_state_and_the_alerting_are_told(looks: Looks) -> None:
    monitors = said(seen(looks(), "/monitors"), "payments-api", "monitors")["datadog"]
    counts = {key: monitors[key] for key in ("ok", "warn", "alert", "no_data", "muted")}
    assert counts == {"ok": 2, "warn": 1, "alert": 1, "no_data": 0, "muted": 1}
    assert monitors["url"] == "https://app.datadoghq.eu/monitors/manage?q=service%3Apayments-api"
    assert monitors["alerting"] == [
        {
            "name": "Payments: error rate above 2 %",
            "state": "alert",
            "url": "https://app.datadoghq.eu/monitors/41001",
            "since": "2026-03-04T11:42:00+00:00",
        },
        {
            "name": "Payments: p95 above 800 ms",
            "state": "warn",
            "url": "https://app.datadoghq.eu/monitors/41002",
            "since": "2026-03-04T11:38:00+00:00",  # of its first group
        },
    ]


def test_states_that_are_none_of_these_do_not_count(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.monitors = [
        Monitor(id=number, name="M", tags=("service:a",), state=state)
        for number, state in enumerate(("Ignored", "Skipped", "Unknown", "No Data"))
    ]
    monitors = said(seen(looks(), "/monitors"), "a", "monitors")["datadog"]
    assert (monitors["no_data"], monitors["ok"], monitors["alerting"]) == (1, 0, [])


def test_of_very_many_alerting_monitors_the_oldest_are_told(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.monitors = [
        Monitor(
            id=number,
            name=f"M{number}",
            tags=("service:a",),
            state="Alert",
            since=datetime(2026, 1, 1, number // 60, number % 60, tzinfo=UTC),
        )
        for number in range(620)
    ]
    monitors = said(seen(looks(), "/monitors"), "a", "monitors")["datadog"]
    assert monitors["alert"] == 620
    assert [each["name"] for each in monitors["alerting"]] == [f"M{number}" for number in range(20)]
    pages = [each for each in stage.faults.requests if "/api/v1/monitor" in each]
    assert len(pages) == 2


def test_a_part_that_is_muted_mutes_no_monitor() -> None:
    hour = NOW.timestamp() + 3_600
    loud: dict[str, Any] = {
        "id": 1,
        "name": "M",
        "tags": ["service:a"],
        "overall_state": "Alert",
        "multi": True,
    }
    muted = [
        {**loud, "options": {"silenced": {"*": None}}},
        {**loud, "options": {"silenced": {"*": hour}}},
        {**loud, "matching_downtimes": [{"scope": ["*"]}]},
        {**loud, "multi": False, "matching_downtimes": [{"scope": ["env:prod"]}]},
    ]
    heard = [
        {**loud, "options": {"silenced": {"*": NOW.timestamp() - 60}}},
        {**loud, "options": {"silenced": {"host:a": None}}},
        {**loud, "matching_downtimes": [{"scope": ["host:a"]}]},
        {**loud, "matching_downtimes": None, "options": None},
    ]
    found = watches([*muted, *heard], NOW, WEB)
    counted = said({each.key: each for each in found.claims}, "a", "monitors")["datadog"]
    assert (counted["muted"], counted["alert"]) == (len(muted), len(heard))
