"""The manifest declares what the listeners use, with the scopes that takes, and nothing else."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
from slack_bolt import App
from slack_sdk import WebClient

import handlers
from blocks import names
from bot.app_manifest import scopes_of
from domain.answers import Asker
from domain.syncs import Done
from handlers.portal import Portal, Told
from tests.handlers.conftest import MANIFEST, NOW
from tests.handlers.unasked import Unasked

REPOSITORY = Path(__file__).parents[2]
SPECS = Path(os.environ.get("IDP_SPECS", REPOSITORY.parent / "shared" / "specs"))

SCOPE_OF_METHOD = {
    "apps_connections_open": None,  # the app-level token's connections:write
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "auth_test": None,
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "conversations_info": None,  # channels:read and groups:read, optional: without them, less is shared
    "conversations_members": None,  # likewise
    "chat_unfurl": "links:write",
    "views_open": None,
    "views_publish": None,
    "views_update": None,
}
"""Each Web API method that idp calls, as slack_sdk spells it, with the bot scope it takes."""
OPTIONAL_SCOPES_OF_METHOD = {
    "auth_test": set(),
    "conversations_list": {"channels:read", "groups:read"},
    "usergroups_list": {"usergroups:read"},
    "users_list": {"users:read", "users:read.email"},
}
"""Likewise, each method of the directory, which works with less where a workspace grants less."""
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "link_shared": "links:read",
    "message.im": "im:history",
}
EVENT_OF_LISTENER = {
    "app_home_opened": "app_home_opened",
    "app_mention": "app_mention",
    "link_shared": "link_shared",
    "message": "message.im",
}
"""What a listener's event type is subscribed to as."""


class Recorder:
    """Stands in for the Bolt app and writes down what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def listen(*constraints: Any, **_more: Any) -> Callable[..., None]:
            self.heard.setdefault(kind, []).extend(constraints)
            return lambda *_functions, **_named: None

        return listen


class Silence(Unasked):
    """A portal's questions and claims, which nobody uses here."""

    @property
    def readers(self) -> Told:
        raise AssertionError("nobody reads here")

    def channel(self, _text: str) -> None:
        return None

    def claim_once(self, _key: str) -> bool:
        return True

    def require(self, _asker: Asker) -> str:
        return ""

    def carry_out(self, *_: object) -> Done:
        return Done("")


@pytest.fixture
def heard() -> dict[str, list[Any]]:
    recorder = Recorder()
    handlers.register(cast(App, recorder), Portal(Silence(), Silence(), Silence(), lambda: NOW))
    return recorder.heard


def methods_called(*rooms: str) -> set[str]:
    sources = [path for room in rooms or ("handlers", "bot") for path in (REPOSITORY / room).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return {name for name in re.findall(r"\bclient\.([a-z]+_\w+)", text) if hasattr(WebClient, name)}


def test_every_command_has_a_listener_and_every_listener_is_declared(heard: dict[str, list[Any]]) -> None:
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == heard["command"]
    assert heard["command"] == [names.COMMAND]


def test_every_event_has_a_listener_and_every_listener_is_subscribed(heard: dict[str, list[Any]]) -> None:
    subscribed = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert subscribed == {EVENT_OF_LISTENER[event] for event in heard["event"]}


def test_every_shortcut_has_a_listener_and_every_listener_is_declared(heard: dict[str, list[Any]]) -> None:
    declared = {(each["type"], each["callback_id"]) for each in MANIFEST["features"]["shortcuts"]}
    listened = {("message", each) for each in heard["message_shortcut"]}
    assert declared == listened | {("global", each) for each in heard["global_shortcut"]}
    assert declared == {("message", names.WHO_OWNS_THIS), ("global", names.SEARCH_CATALOG)}
    assert all(len(each["name"]) <= 24 for each in MANIFEST["features"]["shortcuts"])


def test_interactivity_is_on_because_buttons_are_listened_to(heard: dict[str, list[Any]]) -> None:
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": bool(heard["action"])}
    interactive = {"action", "options", "view", "global_shortcut", "message_shortcut"}
    assert set(heard) == {"command", "event", "error", *interactive}, (
        "another kind of listener: declare it, then add it here"
    )


def test_scopes_are_those_that_methods_events_and_features_take() -> None:
    needed = {SCOPE_OF_METHOD[method] for method in methods_called()}
    needed |= {SCOPE_OF_EVENT[event] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    needed |= {"commands"} if MANIFEST["features"].get("slash_commands") else set()
    needed |= {"assistant:write"} if MANIFEST["features"].get("agent_view") else set()
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert set(scopes) == {"bot", "bot_optional"}
    optional = {"links:read", "links:write"}  # without them, links stay as they are
    assert optional <= needed & set(scopes["bot_optional"])
    assert sorted(scopes_of(MANIFEST)) == sorted(filter(None, needed - optional))
    assert set(scopes["bot_optional"]) <= set(scopes["bot"])


def test_what_the_directory_takes_may_be_refused_at_installation() -> None:
    assert methods_called("integrations/slack") == set(OPTIONAL_SCOPES_OF_METHOD)
    optional = {scope for scopes in OPTIONAL_SCOPES_OF_METHOD.values() for scope in scopes}
    optional |= {"links:read", "links:write"}  # without them, links stay as they are
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == sorted(optional)


def test_every_method_of_the_table_is_called() -> None:
    called_by_bolt = {"auth_test"}
    assert methods_called() | called_by_bolt | {"apps_connections_open"} == set(SCOPE_OF_METHOD)


def test_it_needs_no_public_address_and_escapes_what_is_typed() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert not re.search(r"request_url|redirect_urls", json.dumps(MANIFEST))
    assert all(command["should_escape"] for command in MANIFEST["features"]["slash_commands"])


def test_its_texts_are_inside_slacks_limits() -> None:
    shown, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    assert all(len(command["description"]) <= 2_000 for command in features["slash_commands"])
    assert all(len(command["usage_hint"]) <= 1_000 for command in features["slash_commands"])


def test_slacks_own_schema_takes_it() -> None:
    schema = SPECS / "slack-manifest.schema.2.0.0.json"
    if not schema.exists():
        pytest.skip(f"no {schema.name} to hold the manifest to")
    jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(MANIFEST)


def test_ids_on_the_wire_are_distinct_and_short() -> None:
    wire = [names.ASK, names.SHARE, names.STEPS, names.CHOICES, names.ANSWER_VIEW, names.HOME_VIEW]
    wire += [names.WHO_OWNS_THIS, names.SEARCH_CATALOG, names.SEARCH_OPEN, names.SEARCH_PICK]
    wire += [names.SEARCH_WORDS, names.SEARCH_VIEW]
    assert len(set(wire)) == len(wire)
    assert all(0 < len(name) <= 255 for name in wire)
    assert names.ASK_PATTERN.search(names.numbered(names.ASK, 7))
    assert not names.ASK_PATTERN.search(names.SHARE)
