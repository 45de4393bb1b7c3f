"""What calls what: remarks on what is described, finds of what is not, and names that say nothing."""

from __future__ import annotations

import pytest

from domain.entities import Standing
from integrations.datadog.callees import Callee, callee_of
from tests.integrations.datadog.conftest import NOW, DatadogStage, Looks, claimants, seen, snapshot


def test_a_described_service_gets_a_remark_with_its_grounds(looks: Looks) -> None:
    remark = seen(looks(), "/apm")["service/orders-api"]
    assert (remark.standing, remark.same_as) == (Standing.REMARK, ("datadog:orders-api",))
    assert remark.fields == {"dependsOn": ["component:default/inventory-api", "resource:default/orders-db"]}
    grounds = remark.grounds["dependsOn"]
    assert (grounds.confidence, grounds.reason) == (0.9, "calls them, by APM traces of env prod")
    assert grounds.origin == "https://app.datadoghq.eu/apm/map?env=prod"


def test_a_service_that_nobody_described_is_a_find_of_less_confidence(looks: Looks) -> None:
    look = looks()
    find = seen(look, "/apm")["service/voucher-beta"]
    assert (find.standing, find.confidence, find.kind) == (Standing.SEEN, 0.8, "Component")
    assert find.aliases == ("datadog:voucher-beta",)
    assert find.fields["dependsOn"] == ["resource:default/loyalty-redis", "component:default/pricing-api"]
    assert "service/voucher-beta" not in seen(look)


def test_stores_and_hosts_outside_are_resources(looks: Looks) -> None:
    found = seen(looks(), "/apm")
    kinds = {key: (each.kind, each.fields["type"]) for key, each in found.items() if each.kind == "Resource"}
    assert kinds["service/loyalty-redis"] == ("Resource", "cache")
    assert kinds["service/payments-db"] == ("Resource", "database")
    assert kinds["service/api.acquirer-one.example"] == ("Resource", "external")


def test_what_calls_others_is_a_service_whatever_it_is_called(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.calls = {"prod": {"orders-cache": ("orders-api",), "web": ("orders-cache",)}}
    assert seen(looks(), "/apm")["service/orders-cache"].kind == "Component"


def test_a_name_that_many_things_have_is_left_out_and_told(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.calls = {"prod": {"shop": ("redis", "postgres", "aws.sqs")}}
    look = looks()
    assert set(seen(look, "/apm")) == {"service/shop"}
    assert "dependsOn" not in seen(look, "/apm")["service/shop"].fields
    assert "datadog: callees left out, 3, whose names say nothing: aws.sqs, postgres, redis" in look.notes


@pytest.mark.parametrize(
    ("name", "callee"),
    [
        ("ledger", Callee.SERVICE), ("web-shop", Callee.SERVICE), ("search-cluster", Callee.SERVICE),
        ("payments-postgres", Callee.DATABASE), ("orders_mysql", Callee.DATABASE), ("A-DB", Callee.DATABASE),
        ("session-redis", Callee.CACHE), ("events-kafka", Callee.QUEUE), ("invoices-s3", Callee.STORAGE),
        ("api.stripe.com", Callee.EXTERNAL), ("hooks.slack.com:443", Callee.EXTERNAL),
        ("pay.default.svc.cluster.local", Callee.NAMELESS), ("10.0.0.7", Callee.NAMELESS),
        ("localhost:8080", Callee.NAMELESS), ("redis", Callee.NAMELESS), ("aws.s3", Callee.NAMELESS),
        ("aiohttp-client", Callee.NAMELESS), ("", Callee.NAMELESS), ("—", Callee.NAMELESS),
    ],
)  # fmt: skip
def test_what_a_name_is_the_name_of(name: str, callee: Callee) -> None:
    assert callee_of(name) is callee


def test_several_environments_together(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.calls["staging"]["checkout-service"] = ("payments-api", "mock-psp")
    look = looks(environments=["prod", "staging"])
    remark = seen(look, "/apm")["service/checkout-service"]
    assert "component:default/mock-psp" in remark.fields["dependsOn"]  # type: ignore[operator]
    assert remark.grounds["dependsOn"].reason == "calls them, by APM traces of env prod, staging"


def test_the_traces_of_a_day_are_asked_for(stage: DatadogStage) -> None:
    stage.now = NOW
    stage.open(traces_of="1d").fetch()
    (asked,) = [each for each in stage.faults.requests if "service_dependencies" in each]
    end = int(NOW.timestamp())
    assert asked.endswith(f"?env=prod&start={end - 86_400}&end={end}")


def test_an_environment_without_traces_is_told(looks: Looks) -> None:
    look = looks(environments="produktion")
    assert seen(look, "/apm") == {}
    assert "datadog: APM has no traces of env produktion; are they called so?" in look.notes


def test_no_environment_means_no_question(stage: DatadogStage, looks: Looks) -> None:
    assert "datadog/apm" not in claimants(looks(environments=[]))
    assert "v1/service_dependencies" not in stage.asked


def test_a_caller_whose_calls_are_no_list_is_a_warning(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.broken_calls = ("shop",)
    stage.datadog.calls = {"prod": {"shop": ("pay",), "pay": ("book",)}}
    look = looks()
    assert "what shop calls is no list" in {each.problem for each in look.findings}
    assert "service/pay" in seen(look, "/apm")
    assert not snapshot(look, "/apm").complete
