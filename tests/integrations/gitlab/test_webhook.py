"""Webhooks as GitLab delivers them over HTTP, and what idp makes of each."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import gitlab
import pytest

from domain.errors import BadInput
from integrations.gitlab.answers import global_id
from integrations.gitlab.webhook import GitLabWebhook
from playground.vendors.gitlab.state import Hook
from tests.integrations.gitlab.gitlab_on_loopback import NOW, TOKEN, Server
from workflows.ports import Delivery, Forged

SECRET = "hook-secret-of-tests"
WEBHOOK = GitLabWebhook(SECRET)


@dataclass
class Inbox:
    """Who waits for deliveries, and what it was delivered."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def news(self) -> list[Delivery]:
        return [WEBHOOK.receive(headers, body) for headers, body in self.got]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    box = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()
            box.arrived.set()

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    box.url = f"http://127.0.0.1:{server.server_address[1]}/webhooks/gitlab"
    yield box
    server.shutdown()
    server.server_close()


def hooked(server: Server, inbox: Inbox, group: int | None = None, token: str = SECRET) -> None:
    """Configure a hook of a group, or a system hook."""
    server.gitlab.state.hooks[1] = Hook(1, inbox.url, token, group)


def test_news_of_a_project_name_it_by_its_id(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox, group=1)
    changes, state = server.gitlab.changes, server.gitlab.state
    site = state.projects[3]
    server.gitlab.happens(changes.push(site, {"a": b""}, NOW))
    server.gitlab.happens(changes.rename(site, "web", NOW))
    server.gitlab.happens(changes.transfer(site, 2, NOW))
    server.gitlab.happens(changes.archive(site, True, NOW))
    server.gitlab.happens(changes.delete(site))
    news = inbox.news()
    assert [each.summary for each in news] == [
        "push: acme/site",
        "project_rename: acme/web",
        "project_transfer: acme/pay/web",
        "project_update: acme/pay/web",
        "project_destroy: acme/pay/web",
    ]
    assert {each.only for each in news} == {(global_id("Project", 3),)}
    assert len({each.id for each in news}) == 5


def test_news_of_members_are_news_of_teams(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox, group=1)
    pay = server.gitlab.state.groups[2]
    server.gitlab.happens(server.gitlab.changes.join(pay, 3, 30))
    server.gitlab.happens(server.gitlab.changes.leave(pay, 3))
    assert [(each.only, each.summary) for each in inbox.news()] == [
        (("teams",), "user_add_to_group: pay"),
        (("teams",), "user_remove_from_group: pay"),
    ]


def test_system_hooks_tell_of_the_whole_gitlab(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox)
    created, event = server.gitlab.changes.create(4, "new", NOW)
    server.gitlab.happens(event)
    headers, _ = inbox.got[0]
    assert headers["x-gitlab-event"] == "System Hook"
    assert inbox.news()[0].only == (global_id("Project", created.id),)


def test_a_group_hears_nothing_of_its_neighbours(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox, group=4)
    server.gitlab.happens(server.gitlab.changes.rename(server.gitlab.state.projects[3], "web", NOW))
    assert inbox.got == []


def test_a_change_over_the_api_is_delivered_too(server: Server, inbox: Inbox) -> None:
    with gitlab.Gitlab(server.url, private_token=TOKEN) as client:
        client.groups.get("acme").hooks.create({"url": inbox.url, "token": SECRET})
        client.projects.get("acme/site").delete()
    assert inbox.arrived.wait(10)
    assert inbox.news()[0].summary == "project_destroy: acme/site"


def test_a_delivery_that_is_repeated_has_the_same_id(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox, group=1)
    server.gitlab.happens(server.gitlab.changes.rename(server.gitlab.state.projects[3], "web", NOW))
    server.gitlab.deliveries.again(server.gitlab.deliveries.sent[0])
    assert server.gitlab.deliveries.sent[0].statuses == [204, 204]
    first, second = inbox.news()
    assert first == second


def test_without_an_idempotency_key_the_events_uuid_and_then_the_body_is_the_id() -> None:
    body = json.dumps({"event_name": "project_create", "project_id": 9}).encode()
    token = {"x-gitlab-token": SECRET}
    assert WEBHOOK.receive({**token, "x-gitlab-event-uuid": "e-1"}, body).id == "e-1"
    nameless = WEBHOOK.receive(token, body)
    assert nameless.id.startswith("sha256:")
    assert nameless == WEBHOOK.receive(token, body)
    assert nameless.id != WEBHOOK.receive(token, body + b" ").id


@pytest.mark.parametrize("token", ["", "wrong", SECRET[:-1], SECRET + " ", "ж"])
def test_forged(token: str) -> None:
    headers = {"x-gitlab-token": token} if token else {}
    with pytest.raises(Forged):
        WEBHOOK.receive(headers, b'{"event_name": "project_destroy", "project_id": 1}')


def test_a_hook_without_its_token_is_forged(server: Server, inbox: Inbox) -> None:
    hooked(server, inbox, group=1, token="")
    server.gitlab.happens(server.gitlab.changes.delete(server.gitlab.state.projects[3]))
    with pytest.raises(Forged, match="missing"):
        inbox.news()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'"push"', b"{}", b'{"event_name": 7}', b"\xff", b"[" * 99_999]
)
def test_bodies_that_are_none_of_gitlabs(body: bytes) -> None:
    with pytest.raises(BadInput):
        WEBHOOK.receive({"x-gitlab-token": SECRET}, body)


def read(event: Mapping[str, Any]) -> tuple[str, ...]:
    return WEBHOOK.receive({"x-gitlab-token": SECRET}, json.dumps(event).encode()).only


PROJECT = {"id": 12, "path_with_namespace": "acme/pay", "default_branch": "main"}
IT = (global_id("Project", 12),)


@pytest.mark.parametrize(
    ("event", "only"),
    [
        ({"object_kind": "push", "ref": "refs/heads/main", "project": PROJECT}, IT),
        ({"object_kind": "push", "ref": "refs/heads/try", "project": PROJECT}, ()),
        ({"event_name": "push", "ref": "refs/heads/main", "project_id": 12}, IT),
        ({"object_kind": "tag_push", "event_name": "tag_push", "project_id": 12, "project": PROJECT}, IT),
        ({"event_name": "repository_update", "project_id": 12}, IT),
        ({"object_kind": "release", "project": PROJECT}, IT),
        ({"object_kind": "pipeline", "object_attributes": {"status": "running"}, "project": PROJECT}, ()),
        ({"object_kind": "pipeline", "object_attributes": {"status": "failed"}, "project": PROJECT}, IT),
        ({"object_kind": "merge_request", "object_attributes": {"action": "merge"}, "project": PROJECT}, IT),
        ({"object_kind": "merge_request", "object_attributes": {"action": "update"}, "project": PROJECT}, ()),
        ({"object_kind": "issue", "project": PROJECT}, ()),
        ({"object_kind": "of_next_year", "project": PROJECT}, ()),
        ({"event_name": "project_destroy"}, ()),
        ({"event_name": "subgroup_create", "full_path": "acme/new", "group_id": 9}, ("teams",)),
        ({"event_name": "user_rename", "username": "ana"}, ("teams",)),
        (
            {"event_name": "group_rename", "full_path": "acme/n", "group_id": 9},
            ("teams", global_id("Group", 9)),
        ),
        ({"event_name": "group_rename"}, ("teams",)),
    ],
)
def test_what_events_mean(event: Mapping[str, Any], only: tuple[str, ...]) -> None:
    assert read(event) == only
