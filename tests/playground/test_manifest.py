"""With a manifest, the workspace grants what it declares and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.person import Person, Refusal
from playground.server import Playground
from tests.playground.raw_app import RawApp

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [
            {"command": "/idp", "description": "Ask", "usage_hint": "who owns …", "should_escape": True},
            {"command": "/raw", "description": "Ask", "should_escape": False},
        ],
        "shortcuts": [{"name": "Who", "type": "message", "callback_id": "who", "description": "x"}],
        "unfurl_domains": ["idp.example"],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"], "bot_optional": ["users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "link_shared"]}},
}


@pytest.fixture
def playground(new_playground: Callable[..., Playground]) -> Iterator[Playground]:
    with new_playground(manifest=MANIFEST) as running:
        yield running


def test_a_command_that_is_not_declared_is_no_command(ana: Person) -> None:
    with pytest.raises(Refusal, match="/foo is not a valid command"):
        ana.types("/foo bar")


def test_names_are_escaped_where_the_command_asks_for_it(raw_app: RawApp, ana: Person) -> None:
    ana.types("/idp can @bo. archive #general for @team-payments or @nobody")
    text = raw_app.next("slash_commands")["payload"]["text"]
    expected = "can <@U0BO|bo>. archive <#C0GENERAL|general> for <!subteam^S0PAY|@team-payments> or @nobody"
    assert text == expected
    ana.types("/raw can @bo")
    assert raw_app.next("slash_commands")["payload"]["text"] == "can @bo"


def test_only_subscribed_events_arrive(raw_app: RawApp, ana: Person) -> None:
    ana.types("no event for this, nor for https://other.example/x")
    ana.types("hello @idp, see https://docs.idp.example/x")
    mention = raw_app.next("events_api")["payload"]["event"]
    shared = raw_app.next("events_api")["payload"]["event"]
    kinds = {mention["type"]: mention, shared["type"]: shared}
    assert kinds.keys() == {"app_mention", "link_shared"}
    assert kinds["link_shared"]["links"] == [
        {"url": "https://docs.idp.example/x", "domain": "docs.idp.example"}
    ]


def test_a_method_without_its_scope_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as error:
        client.reactions_add(channel="C0GENERAL", name="eyes", timestamp="1.2")
    answer = error.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "reactions:write")
    assert answer["provided"] == "chat:write,commands,users:read"


def test_optional_scopes_are_granted_and_headers_name_them_all(client: WebClient) -> None:
    answer = client.users_info(user="U0ANA")
    assert "email" not in answer["user"]["profile"], "e-mail addresses need a scope of their own"
    assert answer.headers["x-oauth-scopes"] == "chat:write,commands,users:read"


def test_only_declared_shortcuts_can_be_called(ana: Person) -> None:
    with pytest.raises(Refusal, match="no global shortcut who"):
        ana.calls_shortcut("who")
