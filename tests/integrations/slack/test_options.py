"""What the block in idp.yaml may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.errors import BadConfiguration
from integrations.registry import load
from integrations.slack import INTEGRATION
from integrations.slack.options import SlackOptions
from tests.integrations.slack.stage import SCOPES
from workflows.ports import Opening


def test_nothing_need_be_said() -> None:
    options = SlackOptions.model_validate({})
    assert options.url == "https://slack.com/api/"
    assert (options.people, options.usergroups, options.teams) == ("all", "known", ())
    assert load("slack") is INTEGRATION


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"url": "slack.com"}, "an address such as"),
        ({"url": "http://slack.com/api"}, "write https://"),
        ({"url": "https://u:p@slack.com/api"}, "SLACK_BOT_TOKEN"),
        ({"url": "https://slack.com/api?token=x"}, "an address such as"),
        ({"url": "https://[::1/api"}, "an address such as"),
        ({"people": "some"}, "'all' or 'known'"),
        ({"usergroups": "all"}, "needs `teams`"),
        ({"timeout_seconds": 0}, "greater than or equal"),
        ({"token": "xoxb-1"}, "Extra inputs"),
    ],
)
def test_a_wrong_block_says_what_is_wrong(block: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        SlackOptions.model_validate(block)
    assert words in str(wrong.value)


def test_every_key_is_described_and_on_the_page() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
    part = page.split("\n## Slack\n", 1)[1].split("\n## ", 1)[0]
    for name, field in SlackOptions.model_fields.items():
        assert field.description
        assert f"| `{name}` |" in part, name
    for scope in SCOPES:
        assert f"| `{scope}`" in part, scope


@pytest.mark.parametrize("token", [None, "", "  "])
def test_a_missing_token_is_a_mistake_in_the_configuration(token: str | None) -> None:
    with pytest.raises(BadConfiguration, match="SLACK_BOT_TOKEN is not set") as missing:
        INTEGRATION.open(Opening("slack", SlackOptions.model_validate({}), lambda _name: token))
    assert missing.value.hint


def test_patterns_of_handles() -> None:
    options = SlackOptions.model_validate({"teams": ["@Team-*", "sre"]})
    handles = ("team-pay", "TEAM-pay", "sre", "sre-2", "")
    assert [options.is_team(each) for each in handles] == [True, True, True, False, False]
