"""Sentry's webhooks: signed, and each is a look at the figures of one project alone."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from domain.errors import BadConfiguration, BadInput
from integrations.sentry import INTEGRATION
from playground.vendors.sentry.hooks import Sent
from tests.integrations.sentry.stage import CLIENT_SECRET, SentryStage, of, saw, sources_of
from workflows.ports import Delivery, Forged, Opening, Task, Webhook


def webhook(secret: str = CLIENT_SECRET, **block: object) -> Webhook:
    options = INTEGRATION.options.model_validate({"organization": "acme", **block})
    assert INTEGRATION.webhook is not None
    return INTEGRATION.webhook(Opening("sentry", options, {"SENTRY_WEBHOOK_SECRET": secret}.get))


def received(sent: Sent) -> Delivery:
    return webhook().receive(sent.headers, sent.body)


def test_a_new_issue_is_a_look_at_its_project(stage: SentryStage) -> None:
    source = stage.open()
    source.fetch(Task())
    stage.sentry.changes.throw("payments-api", "KeyError: currency", times=5)
    sent = stage.sentry.hook.sent[-1]
    delivery = received(sent)
    project = stage.sentry.state.projects[0]
    assert delivery.only == (f"service/{project.id}/payments-api",)
    assert delivery.summary == "issue created: payments-api"
    assert delivery.id == sent.headers["request-id"]
    stage.faults.requests.clear()
    look = source.fetch(Task(only=delivery.only))
    assert sources_of(look) == ["sentry/errors", "sentry/releases"]
    assert {each.within for each in look.snapshots} == {(f"service/{project.id}",)}
    figures = of(look, "payments-api", "errors").fields["error_issues"]
    assert isinstance(figures, dict)
    assert figures["sentry:acme/payments-api"]["unresolved"] == 3
    assert figures["sentry:acme/payments-api"]["last_week"] == 405
    assert look.requests == len(stage.faults.requests) == 5


def test_a_part_of_a_look_says_the_same_as_the_whole(stage: SentryStage) -> None:
    source = stage.open()
    whole = source.fetch(Task())
    id_ = stage.sentry.state.projects[0].id
    for only in (f"service/{id_}/payments-api", f"service/{id_}"):
        part = source.fetch(Task(only=(only,)))
        for evidence in ("errors", "releases"):
            assert saw(part, evidence).claims == (of(whole, "payments-api", evidence),)


def test_a_project_that_is_gone_loses_its_figures_and_no_other_does(stage: SentryStage) -> None:
    project = stage.sentry.state.projects[0]
    stage.sentry.changes.delete("payments-api")
    look = stage.open().fetch(Task(only=(f"service/{project.id}/payments-api",)))
    assert [(each.claims, each.within) for each in look.snapshots] == [((), (f"service/{project.id}",))] * 2


@pytest.mark.parametrize("way", ["resolve", "archive"])
def test_an_issue_that_is_settled_is_a_look_too(stage: SentryStage, way: str) -> None:
    getattr(stage.sentry.changes, way)("payments-api", "KeyError: amount")
    assert received(stage.sentry.hook.sent[-1]).only != ()


@pytest.mark.parametrize("resource", ["installation", "error", "comment", "event_alert", "issue"])
def test_what_moves_no_figure_is_nothing_to_look_at(stage: SentryStage, resource: str) -> None:
    issue = {"project": {"id": 7, "slug": "shop"}}
    event = {"action": "assigned" if resource == "issue" else "created", "data": {"issue": issue}}
    assert received(stage.sentry.hook.deliver(resource, event)).only == ()


def test_a_project_that_is_left_out_is_nothing_to_look_at(stage: SentryStage) -> None:
    stage.sentry.changes.throw("shop", "Boom")
    sent = stage.sentry.hook.sent[-1]
    assert webhook(exclude=["shop"]).receive(sent.headers, sent.body).only == ()


def test_a_signature_that_is_not_ours_is_forged(stage: SentryStage) -> None:
    stage.sentry.changes.throw("shop", "Boom")
    sent = stage.sentry.hook.sent[-1]
    for headers, body in (
        ({**sent.headers, "sentry-hook-signature": "0" * 64}, sent.body),
        ({**sent.headers, "sentry-hook-signature": "ÿ"}, sent.body),
        ({name: each for name, each in sent.headers.items() if "signature" not in name}, sent.body),
        (sent.headers, sent.body + b" "),
    ):
        with pytest.raises(Forged):
            webhook().receive(headers, body)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'"issue"'])
def test_a_body_that_is_none_of_sentrys_is_refused(body: bytes) -> None:
    signature = hmac.new(CLIENT_SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"sentry-hook-signature": signature, "sentry-hook-resource": "issue"}
    with pytest.raises(BadInput):
        webhook().receive(headers, body)


@pytest.mark.parametrize(
    "body", [b"{}", b'{"action": 1, "data": null}', b'{"action": "created", "data": {"issue": []}}']
)
def test_an_issue_without_a_project_is_nothing_to_look_at(body: bytes) -> None:
    signature = hmac.new(CLIENT_SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"sentry-hook-signature": signature, "sentry-hook-resource": "issue"}
    delivery = webhook().receive(headers, body)
    assert delivery.only == ()
    assert delivery.id.startswith("sha256:")


def test_without_a_secret_no_webhook_is_taken() -> None:
    with pytest.raises(BadConfiguration, match="SENTRY_WEBHOOK_SECRET"):
        webhook(secret="")
