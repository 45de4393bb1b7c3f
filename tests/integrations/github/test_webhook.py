"""Webhooks: whose they are, and what they make the catalog look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.errors import BadConfiguration, BadInput
from integrations.github import INTEGRATION
from integrations.github.webhook import GitHubWebhook
from playground.vendors.github.hooks import Delivery, Hook, headers_of
from tests.integrations.github.stage import Stage
from workflows.ports import Forged, Webhook

SECRET = "once upon a time"


class Ear:
    """An HTTP server that hands what it hears to the webhook."""

    def __init__(self, webhook: Webhook) -> None:
        self.heard: list[Any] = []
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                try:
                    ear.heard.append(webhook.receive(headers, body))
                    self.send_response(202)
                except Forged as error:
                    ear.heard.append(error)
                    self.send_response(401)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhooks/github"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def webhook(stage: Stage) -> Webhook:
    assert INTEGRATION.webhook is not None
    return INTEGRATION.webhook(stage.opening({"GITHUB_WEBHOOK_SECRET": SECRET}))


@pytest.fixture
def ear(stage: Stage, webhook: Webhook) -> Iterator[Ear]:
    made = Ear(webhook)
    stage.github.hooks.add(made.url, SECRET)
    yield made
    made.close()


def signed(event: str, payload: object, secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    made = Delivery("guid-1", event, Hook(1, "http://127.0.0.1/", secret), json.dumps(payload).encode())
    return {name.lower(): value for name, value in headers_of(made).items()}, made.body


ACTS: dict[str, Callable[[Stage], object]] = {
    "repository renamed: acme/web-shop": lambda stage: stage.github.changes.rename("shop", "web-shop"),
    "repository archived: acme/shop": lambda stage: stage.github.changes.archive("shop"),
    "repository deleted: acme/shop": lambda stage: stage.github.changes.delete("shop"),
    "repository transferred: elsewhere/shop": lambda stage: stage.github.changes.transfer(
        "shop", "elsewhere"
    ),
    "repository publicized: acme/shop": lambda stage: stage.github.changes.publish("shop", "public"),
    "repository edited: acme/shop": lambda stage: stage.github.changes.edit("shop", description="Sells"),
    "push: acme/shop": lambda stage: stage.github.changes.push("shop", {"go.mod": "module shop\n"}),
    "team added_to_repository: acme/shop": lambda stage: stage.github.changes.grant("shop", "money", "write"),
}


@pytest.mark.parametrize("summary", ACTS)
def test_news_of_a_repository_names_it_by_its_id(stage: Stage, ear: Ear, summary: str) -> None:
    id_ = stage.github.organization.called("shop").id
    ACTS[summary](stage)
    stage.github.hooks.settle()
    assert [(each.only, each.summary) for each in ear.heard] == [((id_,), summary)]


def test_a_new_repository_is_news(stage: Stage, ear: Ear) -> None:
    one = stage.github.changes.create("ledger")
    stage.github.hooks.settle()
    assert ear.heard[0].only == (one.id,)


@pytest.mark.parametrize(
    "act",
    [
        lambda stage: stage.github.changes.add_member("team-mobile", "anasilva"),
        lambda stage: stage.github.changes.remove_member("team-mobile", "vhorvath"),
        lambda stage: stage.github.changes.create_team("team-new"),
    ],
)
def test_news_of_a_team_makes_all_teams_looked_at(
    stage: Stage, ear: Ear, act: Callable[[Stage], object]
) -> None:
    act(stage)
    stage.github.hooks.settle()
    assert [each.only for each in ear.heard] == [("teams",)]


def test_the_same_delivery_again_has_the_same_id(stage: Stage, ear: Ear) -> None:
    (delivery,) = stage.github.changes.archive("shop")
    stage.github.hooks.again(delivery)
    stage.github.hooks.settle()
    assert [each.id for each in ear.heard] == [delivery.guid, delivery.guid]
    assert delivery.statuses == [202, 202]


@pytest.mark.parametrize("secret", ["another secret", ""])
def test_a_delivery_with_another_signature_or_none_is_forged(
    stage: Stage, webhook: Webhook, secret: str
) -> None:
    ear = Ear(webhook)
    stage.github.hooks.add(ear.url, secret)
    (delivery,) = stage.github.changes.archive("shop")
    stage.github.hooks.settle()
    ear.close()
    assert isinstance(ear.heard[0], Forged)
    assert delivery.statuses == [401]


def test_a_body_that_was_changed_on_the_way_is_forged(webhook: Webhook) -> None:
    headers, body = signed("push", {"repository": {"node_id": "R_1"}})
    with pytest.raises(Forged):
        webhook.receive(headers, body.replace(b"R_1", b"R_2"))


def test_a_push_to_another_branch_is_no_news(webhook: Webhook) -> None:
    repository = {"node_id": "R_1", "default_branch": "main", "owner": {"login": "acme"}}
    headers, body = signed("push", {"ref": "refs/heads/topic", "repository": repository})
    assert webhook.receive(headers, body).only == ()


@pytest.mark.parametrize("event", ["ping", "star", "an_event_of_tomorrow"])
def test_events_that_mean_nothing_here_are_taken_and_mean_nothing(webhook: Webhook, event: str) -> None:
    repository = {"node_id": "R_1", "owner": {"login": "acme"}}
    assert webhook.receive(*signed(event, {"action": "created", "repository": repository})).only == ()


def test_news_of_somebody_elses_organization_mean_nothing(webhook: Webhook) -> None:
    repository = {"node_id": "R_1", "owner": {"login": "umbrella"}}
    payload = {"action": "renamed", "repository": repository, "organization": {"login": "umbrella"}}
    assert webhook.receive(*signed("repository", payload)).only == ()


def test_a_delivery_as_a_form_is_read_too(webhook: Webhook) -> None:
    payload = {"action": "archived", "repository": {"node_id": "R_1", "owner": {"login": "Acme"}}}
    body = urlencode({"payload": json.dumps(payload)}).encode()
    made = Delivery("guid-1", "repository", Hook(1, "http://127.0.0.1/", SECRET), body)
    headers = {name.lower(): value for name, value in headers_of(made).items()}
    headers["content-type"] = "application/x-www-form-urlencoded"
    assert webhook.receive(headers, body).only == ("R_1",)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"payload", b"\xff"])
def test_a_signed_body_that_is_none_of_githubs_is_bad_input(webhook: Webhook, body: bytes) -> None:
    made = Delivery("guid-1", "push", Hook(1, "http://127.0.0.1/", SECRET), body)
    headers = {name.lower(): value for name, value in headers_of(made).items()}
    with pytest.raises(BadInput):
        webhook.receive(headers, body)


def test_a_delivery_without_its_headers_is_bad_input(webhook: Webhook) -> None:
    headers, body = signed("push", {})
    with pytest.raises(BadInput, match="no delivery of GitHub's"):
        webhook.receive({"x-hub-signature-256": headers["x-hub-signature-256"]}, body)


def test_a_webhook_without_a_secret_is_not_opened(stage: Stage) -> None:
    with pytest.raises(BadConfiguration, match="GITHUB_WEBHOOK_SECRET is not set"):
        GitHubWebhook(stage.opening({}))
