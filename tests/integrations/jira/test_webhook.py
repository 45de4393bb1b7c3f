"""Deliveries of Jira: the signature, and which projects are counted again."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest

from domain.errors import BadConfiguration, BadInput
from integrations.jira import INTEGRATION
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Delivery, Forged, Opening, Webhook

ISSUE = {"id": "100001", "key": "PAY-1", "fields": {"project": {"id": "10001", "key": "PAY"}}}


def webhook(**secrets: str) -> Webhook:
    options = INTEGRATION.options.model_validate({"url": "https://acme.atlassian.net"})
    assert INTEGRATION.webhook is not None
    return INTEGRATION.webhook(Opening("jira", options, secrets.get))


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def deliver(event: Any, **headers: str) -> Delivery:
    body = json.dumps(event).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return webhook(JIRA_WEBHOOK_SECRET=SECRET).receive({"x-hub-signature": signed(body), **named}, body)


@pytest.mark.parametrize("kind", ["created", "deleted"])
def test_an_issue_that_comes_or_goes_has_its_project_counted_again(kind: str) -> None:
    delivery = deliver(
        {"webhookEvent": f"jira:issue_{kind}", "issue": ISSUE}, x_atlassian_webhook_identifier="d1"
    )
    assert delivery == Delivery("d1", ("project/10001",), f"jira:issue_{kind}: PAY-1")


def test_a_change_counts_and_a_comment_does_not() -> None:
    changed = {"items": [{"field": "status", "from": "1", "to": "3"}]}
    updated = {"webhookEvent": "jira:issue_updated", "issue": ISSUE}
    assert deliver({**updated, "changelog": changed}).only == ("project/10001",)
    assert deliver(updated).only == ()
    assert deliver({**updated, "changelog": None}).only == ()


def test_an_issue_that_moved_has_both_projects_counted() -> None:
    moved = {"items": [{"field": "project", "from": "10002", "to": "10001"}, {"field": "Key"}]}
    event = {"webhookEvent": "jira:issue_updated", "issue": ISSUE, "changelog": moved}
    assert deliver(event).only == ("project/10001", "project/10002")


@pytest.mark.parametrize(
    "event",
    [
        {"webhookEvent": "comment_created", "issue": ISSUE},
        {"webhookEvent": "jira:issue_created", "issue": None},
        {"webhookEvent": "jira:issue_created", "issue": {"fields": {"project": {"id": "../1"}}}},
        {"webhookEvent": "jira:issue_created", "issue": {"fields": []}},
    ],
)
def test_other_news_and_odd_bodies_are_nothing(event: object) -> None:
    assert deliver(event).only == ()


def test_without_an_identifier_the_body_tells_deliveries_apart() -> None:
    event = {"webhookEvent": "jira:issue_created", "issue": ISSUE}
    assert deliver(event).id == deliver(event).id != deliver({**event, "timestamp": 2}).id


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=0", "é", "sha1=abc"])
def test_a_wrong_signature_is_forged(signature: str) -> None:
    with pytest.raises(Forged):
        deliver({"webhookEvent": "jira:issue_created"}, x_hub_signature=signature)
    body = b"{}"
    with pytest.raises(Forged):
        webhook(JIRA_WEBHOOK_SECRET=SECRET).receive({"x-hub-signature": signed(body, "other")}, body)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"event": 1}'])
def test_what_is_no_delivery_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="delivery"):
        webhook(JIRA_WEBHOOK_SECRET=SECRET).receive({"x-hub-signature": signed(body)}, body)


def test_a_secret_there_must_be() -> None:
    with pytest.raises(BadConfiguration, match="JIRA_WEBHOOK_SECRET is not set"):
        webhook()
