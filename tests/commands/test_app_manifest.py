"""What is read from a manifest: texts that Slack would refuse, and the scopes that the app needs."""

import copy

import pytest

from bot.app_manifest import LIMITS, Manifest, beyond_limits, load_manifest, scopes_of


@pytest.fixture
def manifest() -> Manifest:
    return copy.deepcopy(load_manifest())


def test_a_text_may_be_as_long_as_slack_takes_and_no_longer(manifest: Manifest) -> None:
    limit = LIMITS["display_information", "description"]
    manifest["display_information"]["description"] = "x" * limit
    assert beyond_limits(manifest) == []
    manifest["display_information"]["description"] += "x"
    assert beyond_limits(manifest) == [
        f"display_information.description: {limit + 1} characters, and Slack takes {limit}"
    ]


def test_a_text_in_a_list_is_named_by_its_place(manifest: Manifest) -> None:
    manifest["features"]["slash_commands"][0]["command"] = "/" + "x" * 32
    assert beyond_limits(manifest) == [
        "features.slash_commands[0].command: 33 characters, and Slack takes 32"
    ]


def test_a_scope_that_may_be_refused_is_not_missed() -> None:
    scopes = {"bot": ["commands", "chat:write", "usergroups:read"], "bot_optional": ["usergroups:read"]}
    assert scopes_of({"oauth_config": {"scopes": scopes}}) == {"commands", "chat:write"}
