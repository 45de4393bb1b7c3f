"""Tokens, GitHub Apps, and what `validate` says of what they may do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from domain.errors import BadConfiguration, OutsideFailure
from domain.sources import Permission
from integrations.github.source import GitHubSource
from playground.vendors.github import App
from tests.integrations.github.stage import Stage


@pytest.fixture(scope="session")
def keys() -> tuple[str, str]:
    """A private key and its public one, in PEM."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def with_app(new_stage: Callable[..., Stage], keys: tuple[str, str]) -> tuple[Stage, GitHubSource]:
    stage = new_stage(tokens={}, app=App("4711", "99", keys[1]))
    source = stage.source({"GITHUB_APP_PRIVATE_KEY": keys[0]}, app_id=4711, installation_id=99)
    return stage, source


def installs(stage: Stage) -> int:
    return sum(each.endswith("/access_tokens") for each in stage.github.faults.requests)


def test_a_github_app_needs_no_token(new_stage: Callable[..., Stage], keys: tuple[str, str]) -> None:
    stage, source = with_app(new_stage, keys)
    assert len(source.facts().facts.repositories) == 4
    assert len(source.facts().facts.repositories) == 4
    assert installs(stage) == 1


def test_an_apps_token_is_renewed_before_it_ends(
    new_stage: Callable[..., Stage], keys: tuple[str, str]
) -> None:
    stage, source = with_app(new_stage, keys)
    source.facts()
    stage.clock.now += timedelta(minutes=56)
    source.facts()
    assert installs(stage) == 2


def test_an_app_that_is_not_installed_is_told_as_such(
    new_stage: Callable[..., Stage], keys: tuple[str, str]
) -> None:
    stage = new_stage(tokens={}, app=App("4711", "99", keys[1]))
    source = stage.source({"GITHUB_APP_PRIVATE_KEY": keys[0]}, app_id="4711", installation_id="1")
    with pytest.raises(OutsideFailure, match="no token to the App 4711") as failure:
        source.facts()
    assert "installation_id" in failure.value.hint


def test_an_apps_key_may_be_on_one_line(new_stage: Callable[..., Stage], keys: tuple[str, str]) -> None:
    stage = new_stage(tokens={}, app=App("4711", "99", keys[1]))
    one_line = keys[0].replace("\n", "\\n")
    source = stage.source({"GITHUB_APP_PRIVATE_KEY": one_line}, app_id="4711", installation_id="99")
    assert len(source.facts().facts.repositories) == 4


@pytest.mark.parametrize("key", [None, "", "-----BEGIN RSA PRIVATE KEY-----\nnonsense"])
def test_an_app_without_a_key_is_bad_configuration(stage: Stage, key: str | None) -> None:
    secrets = {"GITHUB_APP_PRIVATE_KEY": key} if key is not None else {}
    with pytest.raises(BadConfiguration, match="GITHUB_APP_PRIVATE_KEY") as failure:
        stage.source(secrets, app_id="4711", installation_id="99")
    assert "nonsense" not in str(failure.value) + failure.value.hint


def test_no_secret_is_in_what_a_source_shows_of_itself(
    new_stage: Callable[..., Stage], keys: tuple[str, str]
) -> None:
    _stage, source = with_app(new_stage, keys)
    source.facts()
    shown = repr(source) + repr(vars(source)) + repr(source._credential)
    assert "PRIVATE KEY" not in shown
    assert "ghs_" not in shown


@pytest.mark.parametrize("token", ["ghp_töken", "ghp two words", "ghp_1\nghp_2"])
def test_what_can_be_no_token_is_told_before_it_is_sent(stage: Stage, token: str) -> None:
    with pytest.raises(BadConfiguration, match="GITHUB_TOKEN holds no GitHub token") as failure:
        stage.source({"GITHUB_TOKEN": token})
    assert token not in str(failure.value) + failure.value.hint


def rows(source: GitHubSource) -> dict[str, Permission]:
    return {each.name: each for each in source.validate()}


def test_a_good_token_has_every_row_granted(stage: Stage) -> None:
    stage.clock.now = datetime.now(UTC)
    permissions = stage.source().validate()
    assert permissions[0] == Permission(f"reachable: {stage.origin.removeprefix('http://')}", True)
    assert permissions[1] == Permission("credential GITHUB_TOKEN", True)
    assert all(each.granted for each in permissions)
    assert [each.optional for each in permissions[2:-2]].count(True) == 5
    assert [each.name.partition(":")[0] for each in permissions[-2:]] == ["clock", "quota"]
    assert "5,000 requests left" in permissions[-1].name


def test_a_clock_that_is_wrong_and_a_spent_quota_are_told(stage: Stage) -> None:
    stage.clock.now = datetime.now(UTC) - timedelta(minutes=10)
    stage.github.troubles.remaining = 300
    clock, quota = stage.source().validate()[-2:]
    assert (clock.granted, clock.optional) == (False, True)
    assert re.fullmatch(r"this machine's clock is (599|600|601) s behind the vendor's", clock.problem)
    assert (quota.granted, quota.optional, quota.problem) == (False, True, "it is nearly spent")


def test_a_wrong_token_ends_the_rows(stage: Stage) -> None:
    reachable, row, *_ = stage.source({"GITHUB_TOKEN": "wrong"}).validate()
    assert reachable.granted
    assert (row.name, row.granted) == ("credential GITHUB_TOKEN", False)
    assert "does not take" in row.problem
    assert row.remedy


def test_an_app_is_told_by_the_variable_of_its_key(
    new_stage: Callable[..., Stage], keys: tuple[str, str]
) -> None:
    _stage, source = with_app(new_stage, keys)
    assert source.validate()[1] == Permission("credential GITHUB_APP_PRIVATE_KEY", True)
    stage = new_stage(tokens={}, app=App("4711", "99", keys[1]))
    other = stage.source({"GITHUB_APP_PRIVATE_KEY": keys[0]}, app_id="4711", installation_id="1")
    reachable, row, *_ = other.validate()
    assert reachable.granted
    assert not row.granted
    assert "no token to the App 4711" in row.problem


def test_what_is_forbidden_altogether_is_no_wrong_credential(stage: Stage) -> None:
    stage.github.faults.always = 403
    rows = stage.source().validate()
    assert [each.granted for each in rows[:3]] == [True, True, False]
    assert "GitHub forbids it" in rows[2].problem


def test_an_unreachable_github_is_a_row_and_no_error(stage: Stage) -> None:
    (row,) = stage.source(url="http://127.0.0.1:9/api/v3").validate()
    assert row.name == "reachable: 127.0.0.1:9"
    assert "cannot be reached" in row.problem


def test_a_used_up_limit_is_a_row_and_no_wait(stage: Stage) -> None:
    stage.github.faults.statuses = [(429, {"retry-after": "3000"})]
    reachable, row, *_ = stage.source().validate()
    assert reachable.granted
    assert (row.name, row.granted) == ("quota", False)
    assert "rate limit is used up" in row.problem
    assert stage.clock.slept == []


def test_a_classic_tokens_missing_scopes_are_named(new_stage: Callable[..., Stage]) -> None:
    stage = new_stage(tokens={"ghp_playground": frozenset({"repo", "user"})})
    teams = rows(stage.source())["read:org: Members"]
    assert not teams.granted
    assert teams.problem.startswith("the token's scopes are: public_repo, read:user, repo, ")
    assert teams.remedy == "Give the token the scope read:org."


def test_a_fine_grained_token_is_tried_permission_by_permission(new_stage: Callable[..., Stage]) -> None:
    stage = new_stage(tokens={"ghp_playground": None})
    stage.github.troubles.forbidden = {"Ref.branchProtectionRule", "Repository.vulnerabilityAlerts"}
    found = rows(stage.source())
    missing = {name for name, each in found.items() if not each.granted and name != "clock"}
    assert missing == {"Administration: read", "Dependabot alerts: read"}
    assert found["Administration: read"].optional
    assert "without it a look has no branch protection" in found["Administration: read"].remedy


def test_an_organization_that_is_not_seen_is_a_row(stage: Stage) -> None:
    found = rows(stage.source(organization=["acme", "acne"]))
    assert found["organization acme"].granted
    assert not found["organization acne"].granted
    assert found["repo: Contents in acme"].granted


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"url": "http://ghe.example/api/v3"}, "write https://"),
        ({"url": "https://user:pw@ghe.example/api/v3"}, "leave credentials out"),
        ({"app_id": "1"}, "go together"),
        ({"organization": []}, "at least 1"),
        ({"organisation": "acme"}, "Extra inputs"),
        ({"batch": {"repositories": 101}}, "less than or equal to 100"),
    ],
)
def test_options_that_cannot_work_are_refused(stage: Stage, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        stage.opening(**options)


@pytest.mark.parametrize(
    ("url", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://ghe.example/api/v3", "https://ghe.example/api/graphql"),
        ("https://ghe.example/api/v3/", "https://ghe.example/api/graphql"),
    ],
)
def test_both_addresses_follow_from_one(stage: Stage, url: str, graphql: str) -> None:
    options = stage.opening(url=url).options
    assert getattr(options, "graphql_url") == graphql  # noqa: B009 - options are any model here
