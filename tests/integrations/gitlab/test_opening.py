"""From a block of idp.yaml to a source: options, credentials, the extra, and what validate says."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from domain.errors import BadConfiguration
from domain.sources import Permission
from integrations import registry
from integrations.gitlab import INTEGRATION
from integrations.gitlab.options import GitLabOptions
from playground.vendors.gitlab import server as gitlab_server
from tests.integrations.gitlab.gitlab_on_loopback import SMALL, TOKEN, Server, source_at
from workflows.ports import Opening


class SomebodyElses(BaseModel):
    """Options of another integration."""


NEEDS_LOOKS = pytest.mark.skipif(
    importlib.util.find_spec("integrations.hosting.looks") is None,
    reason="nothing makes claims of facts here",
)


def opening(options: BaseModel | None = None, **secrets: str) -> Opening:
    return Opening("our-gitlab", options or GitLabOptions(group=("acme",)), secrets.get)


def test_the_registry_knows_it() -> None:
    assert registry.load("gitlab") is INTEGRATION
    assert (INTEGRATION.name, INTEGRATION.title) == ("gitlab", "GitLab")


def test_every_option_is_described() -> None:
    assert all(each.description for each in GitLabOptions.model_fields.values())


@NEEDS_LOOKS
def test_a_source_is_opened_without_a_connection() -> None:
    INTEGRATION.open(opening(GITLAB_TOKEN=TOKEN)).close()


@NEEDS_LOOKS
def test_a_look_makes_claims(server: Server) -> None:
    source = INTEGRATION.open(opening(GitLabOptions(url=server.url, group=("acme",)), GITLAB_TOKEN=TOKEN))
    look = source.fetch()
    aliases = {alias for snapshot in look.snapshots for claim in snapshot.claims for alias in claim.aliases}
    assert {"gitlab:acme/site", "gitlab-team:acme/pay", "gitlab-user:ana"} <= aliases


def test_a_missing_token_is_named() -> None:
    with pytest.raises(
        BadConfiguration, match=r"'our-gitlab' needs a GitLab token, and GITLAB_TOKEN is not set"
    ):
        INTEGRATION.open(opening())
    with pytest.raises(BadConfiguration, match="MY_TOKEN is not set"):
        INTEGRATION.open(opening(GitLabOptions(group=("acme",), token_env="MY_TOKEN"), GITLAB_TOKEN=TOKEN))


def test_a_missing_secret_of_webhooks_is_named() -> None:
    assert INTEGRATION.webhook is not None
    with pytest.raises(BadConfiguration, match="GITLAB_WEBHOOK_SECRET is not set"):
        INTEGRATION.webhook(opening(GITLAB_TOKEN=TOKEN))
    assert INTEGRATION.webhook(opening(GITLAB_WEBHOOK_SECRET="s")) is not None


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "gitlab"]:
        monkeypatch.delitem(sys.modules, name)
    for name in [each for each in sys.modules if each.startswith("integrations.gitlab.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "gitlab", None)
    monkeypatch.setitem(sys.modules, "gitlab._backends", None)
    with pytest.raises(BadConfiguration, match="needs python-gitlab, which is not installed") as caught:
        INTEGRATION.open(opening(GITLAB_TOKEN=TOKEN))
    assert caught.value.hint == "pip install 'idp[gitlab]'"


def test_options_of_something_else() -> None:
    with pytest.raises(BadConfiguration, match="are not GitLab's"):
        INTEGRATION.open(opening(SomebodyElses(), GITLAB_TOKEN=TOKEN))


def test_options_as_people_write_them() -> None:
    options = GitLabOptions.model_validate(
        {"url": "https://tools.acme.example/gitlab/", "group": "/acme/pay/"}
    )
    assert (options.url, options.group) == ("https://tools.acme.example/gitlab", ("acme/pay",))
    assert GitLabOptions.model_validate({"group": ["acme", 42]}).group == ("acme", "42")
    assert (
        GitLabOptions(url="https://gitlab.acme.example/api/v4", group=("a",)).url
        == "https://gitlab.acme.example"
    )
    assert GitLabOptions(group=("a",)).url == "https://gitlab.com"


@pytest.mark.parametrize(
    "block",
    [
        {},
        {"group": []},
        {"group": ""},
        {"group": "https://gitlab.com/acme"},
        {"group": "acme", "token": "glpat-x"},
        {"group": "acme", "url": "gitlab.acme.example"},
        {"group": "acme", "url": "ftp://gitlab.acme.example"},
        {"group": "acme", "url": "http://gitlab.acme.example"},
        {"group": "acme", "url": "https://ana:pw@gitlab.acme.example"},
        {"group": "acme", "url": "https://gitlab.acme.example/?private_token=x"},
        {"group": "acme", "forks": "perhaps"},
    ],
)
def test_blocks_that_are_refused(block: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GitLabOptions.model_validate(block)


def test_all_is_well(acme: Server) -> None:
    rows = source_at(acme.url, now=datetime.now(UTC), group=["acme", "money"]).validate()
    assert all(row.granted for row in rows)
    assert [row.name for row in rows] == [
        f"reachable: {acme.url.removeprefix('http://').partition('/')[0]}",
        "credential GITLAB_TOKEN",
        "token of idp",
        "scope read_api",
        "group acme",
        "members of acme",
        "group money",
        "members of money",
        "files of money/close/close-calendar",
        "merge requests of money/close/close-calendar",
        "protected branches of money/close/close-calendar",
        "clock",
        "quota: 1,989 of 2,000 requests left",
    ]


def test_the_quota_and_the_clock_are_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gitlab_server, "LIMIT", 8)
    clock, quota = source_at(server.url, now=datetime.now(UTC) + timedelta(minutes=5)).validate()[-2:]
    assert not clock.granted
    assert clock.problem.endswith("s ahead of the vendor's")
    assert (quota.name, quota.granted) == ("quota: 0 of 8 requests left", False)


def test_a_token_that_is_refused_ends_the_rows(server: Server) -> None:
    rows = source_at(server.url, "glpat-wrong", now=datetime.now(UTC)).validate()
    assert [(row.name.partition(":")[0], row.granted) for row in rows] == [
        ("reachable", True), ("credential GITLAB_TOKEN", False), ("clock", True), ("quota", True),
    ]  # fmt: skip
    assert "refused the token (401)" in rows[1].problem
    assert rows[1].remedy


def test_nobody_there_is_the_only_row(waits: list[float]) -> None:
    rows = source_at("http://127.0.0.1:1").validate()
    assert [(row.name, row.granted) for row in rows] == [("reachable: 127.0.0.1:1", False)]
    assert len(waits) == 1
    assert "cannot be reached" in rows[0].problem


def test_a_scope_that_does_not_suffice(serve: Any) -> None:
    server = serve(SMALL, scopes=("read_repository",))
    row = source_at(server.url).validate()[3]
    assert (row.granted, row.problem) == (False, "the token has read_repository")


def test_what_is_missing_is_told_group_by_group(server: Server) -> None:
    server.gitlab.denied |= {"GET groups/:id/members", "GET projects/:id/repository/tree"}
    rows = {row.name: row for row in source_at(server.url, group=["acme", "nowhere"]).validate()}
    assert rows["group acme"].granted
    assert not rows["group nowhere"].granted
    assert rows["members of acme"] == Permission(
        "members of acme",
        False,
        "GitLab hides them from this token",
        "Give it a higher role in the group.",
        optional=True,
    )
    assert not rows["files of acme/site"].granted


def test_a_failure_in_between_is_a_row(server: Server) -> None:
    server.gitlab.faults.statuses += [(200, {})]
    rows = source_at(server.url).validate()
    assert "not with JSON" in rows[0].problem
