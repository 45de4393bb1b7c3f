"""`idp doctor` in front of a Slack that is well, and of one that refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app_manifest import load_manifest
from playground.seed import Seed
from playground.server import Playground
from tests.commands.conftest import Idp

SEED = Seed.model_validate({"people": [{"name": "ana"}], "channels": [{"name": "general"}]})


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(SEED, manifest=load_manifest()) as workspace:
        yield workspace


def tokens(workspace: Playground, **other: str) -> dict[str, str]:
    return {
        "SLACK_API_BASE_URL": workspace.api_url,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        **other,
    }


def test_both_tokens_are_tried(idp: Idp, portal: Path, slack: Playground) -> None:
    ran = idp("doctor", "--portal", portal, **tokens(slack))
    assert ran.code == 0, ran.out
    assert "bot token: idp in" in ran.out
    assert "Socket Mode can be opened" in ran.out


def test_a_refused_token_is_an_outside_failure_and_is_not_shown(
    idp: Idp, portal: Path, slack: Playground
) -> None:
    ran = idp("doctor", "--portal", portal, **tokens(slack, SLACK_BOT_TOKEN="xoxb-of-another-app"))
    assert ran.code == 3
    assert "Slack answers invalid_auth" in ran.out
    assert "xoxb-of-another-app" not in ran.out + ran.err


def test_a_scope_that_was_not_granted_is_named(idp: Idp, portal: Path) -> None:
    manifest = load_manifest()
    manifest["oauth_config"]["scopes"]["bot"].remove("chat:write")
    with Playground(SEED, manifest=manifest) as workspace:
        ran = idp("doctor", "--portal", portal, **tokens(workspace))
    assert ran.code == 1
    assert "scopes missing: chat:write" in ran.out


def test_a_slack_that_is_away_is_an_outside_failure(idp: Idp, portal: Path, slack: Playground) -> None:
    away = tokens(slack, SLACK_API_BASE_URL="http://127.0.0.1:1/api/")
    ran = idp("doctor", "--portal", portal, **away)
    assert ran.code == 3
    assert "does not answer" in ran.out


def test_a_token_in_a_file_may_end_with_a_line_break(
    idp: Idp, portal: Path, slack: Playground, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{slack.bot_token}\n", encoding="utf-8")
    given = tokens(slack, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    del given["SLACK_BOT_TOKEN"]
    ran = idp("doctor", "--portal", portal, **given)
    assert ran.code == 0, ran.out
    assert "bot token: idp in" in ran.out
