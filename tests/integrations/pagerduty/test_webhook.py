"""What PagerDuty delivers: whether it is PagerDuty, and what is to be looked at again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from domain.errors import BadConfiguration, BadInput
from integrations.pagerduty import INTEGRATION
from playground.vendors.pagerduty.hooks import Sent, signature
from playground.vendors.pagerduty.server import PagerDuty
from tests.integrations.pagerduty.stage import HOOK_SECRET, PagerDutyStage
from workflows.ports import Delivery, Forged, Opening

OTHER = "of-the-secret-before"


def delivered(stage: PagerDutyStage, happens: Callable[[PagerDuty], object], *secrets: str) -> Sent:
    """Let something happen, and return what PagerDuty sends of it, to nobody who listens."""
    stage.pagerduty.hooks.add("http://127.0.0.1:9/", *(secrets or (HOOK_SECRET,)))
    happens(stage.pagerduty)
    return stage.pagerduty.hooks.sent[-1]


def received(stage: PagerDutyStage, sent: Sent) -> Delivery:
    headers = {name.lower(): value for name, value in sent.headers.items()}
    return stage.webhook().receive(headers, sent.body)


@pytest.mark.parametrize(
    ("happens", "only", "summary"),
    [
        (lambda it: it.acts.trigger("PFAX001", "No ink"), ("incidents/PFAX001",),
         "incident.triggered: No ink"),
        (lambda it: it.acts.acknowledge("QINC001"), ("incidents/PPAY1AP",),
         "incident.acknowledged: Refunds hang"),
        (lambda it: it.acts.resolve("QINC001"), ("incidents/PPAY1AP",), "incident.resolved: Refunds hang"),
        (lambda it: it.acts.annotate("QINC001", "hm"), (), "incident.annotated: Refunds hang"),
        (lambda it: it.acts.rename("PFAX001", "Fax"), ("service/PFAX001",), "service.updated: Fax"),
        (lambda it: it.acts.delete("PFAX001"), ("service/PFAX001",), "service.deleted: fax-gateway"),
        (lambda it: it.acts.ping(), (), "pagey.ping"),
    ],
)  # fmt: skip
def test_an_event_says_what_to_look_at(
    stage: PagerDutyStage, happens: Callable[[PagerDuty], object], only: tuple[str, ...], summary: str
) -> None:
    sent = delivered(stage, happens)
    delivery = received(stage, sent)
    assert (delivery.only, delivery.summary) == (only, summary)
    assert delivery.id == json.loads(sent.body)["event"]["id"]


def test_a_delivery_again_has_the_same_id(stage: PagerDutyStage) -> None:
    sent = delivered(stage, lambda it: it.acts.ping())
    stage.pagerduty.hooks.again(sent)
    assert received(stage, sent).id == received(stage, sent).id
    assert sent.statuses == [0, 0]


@pytest.mark.parametrize("secrets", [(OTHER, HOOK_SECRET), (HOOK_SECRET, OTHER)])
def test_while_secrets_change_one_signature_is_enough(
    stage: PagerDutyStage, secrets: tuple[str, ...]
) -> None:
    sent = delivered(stage, lambda it: it.acts.ping(), *secrets)
    assert sent.headers["X-PagerDuty-Signature"].count("v1=") == 2
    assert received(stage, sent).summary == "pagey.ping"


@pytest.mark.parametrize(
    "given",
    ["", "v1=", "v1=00", "v2={right}", "{right}", "sha256={right}", "v1={right}00", "v1=ü", "v1={other}"],
)
def test_what_is_not_signed_by_us_is_forged(stage: PagerDutyStage, given: str) -> None:
    body = b'{"event": {"id": "1", "event_type": "pagey.ping"}}'
    right, other = (signature(body, secret).removeprefix("v1=") for secret in (HOOK_SECRET, OTHER))
    with pytest.raises(Forged):
        stage.webhook().receive({"x-pagerduty-signature": given.format(right=right, other=other)}, body)
    with pytest.raises(Forged):
        stage.webhook().receive({}, body)


def test_a_body_that_was_changed_is_forged(stage: PagerDutyStage) -> None:
    sent = delivered(stage, lambda it: it.acts.resolve("QINC001"))
    sent.body = sent.body.replace(b"PPAY1AP", b"PFAX001")
    with pytest.raises(Forged):
        received(stage, sent)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"{}", b'{"event": []}', b'{"event": {"id": "1"}}', b"[" * 100_000]
)
def test_what_is_no_event_is_refused(stage: PagerDutyStage, body: bytes) -> None:
    headers = {"x-pagerduty-signature": signature(body, HOOK_SECRET)}
    with pytest.raises(BadInput) as refused:
        stage.webhook().receive(headers, body)
    assert refused.value.hint


@pytest.mark.parametrize("data", [None, [], {"service": None}, {"service": {"id": 7}}, {"id": None}])
@pytest.mark.parametrize(
    "kind", ["incident.triggered", "service.updated", "incident.of_tomorrow", "new.thing"]
)
def test_an_event_of_another_shape_is_no_news(stage: PagerDutyStage, kind: str, data: Any) -> None:
    body = json.dumps({"event": {"id": "1", "event_type": kind, "data": data}}).encode()
    delivery = stage.webhook().receive({"x-pagerduty-signature": signature(body, HOOK_SECRET)}, body)
    assert delivery == Delivery("1", (), kind)


def test_without_a_secret_there_is_no_webhook(stage: PagerDutyStage) -> None:
    assert INTEGRATION.webhook is not None
    with pytest.raises(BadConfiguration, match="PAGERDUTY_WEBHOOK_SECRET"):
        INTEGRATION.webhook(Opening("pagerduty", stage.opening().options))
