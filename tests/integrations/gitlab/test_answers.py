"""What GitLab's answers mean, also when they are of another shape than documented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.gitlab import answers
from integrations.gitlab.contents import wanted
from integrations.gitlab.webhook import GitLabWebhook
from integrations.hosting.facts import Access
from workflows.ports import Delivery

NAMES = st.sampled_from([
    "id", "name", "topics", "tag_list", "status", "updated_at", "released_at", "tag_name", "_links", "ref",
    "kind", "approvals_required", "protected_branches", "shared_with_groups", "group_full_path",
    "group_access_level",
    "namespace", "full_path", "project", "project_id", "object_kind", "object_attributes", "default_branch",
    "group_id",
])  # fmt: skip
LEAVES: st.SearchStrategy[object] = st.sampled_from([
    None, True, 0, -7, 50, 10**30, 1.5, float("nan"), "", "main", "push", "group_rename", "ж\n", "[*",
    "0001-01-01T00:00:00+09:00", [], {}, [None],
])  # fmt: skip
OBJECTS = st.dictionaries(NAMES, LEAVES, max_size=6)
ANSWERS = st.dictionaries(NAMES, LEAVES | OBJECTS | st.lists(OBJECTS, max_size=2), max_size=8)


@given(ANSWERS, st.lists(ANSWERS, max_size=3))
def test_no_answer_is_too_odd(answer: Mapping[str, Any], several: list[Mapping[str, Any]]) -> None:
    assert all(isinstance(each, str) for each in answers.topics(answer))
    assert all(0 <= share <= 1000 for share in answers.shares(answer).values())
    assert answers.checks_of(several).state in ("success", "failure", "pending", "none")
    assert answers.protection_of(answer, several, several, "main").reviews >= 0
    assert all(each.permission for each in answers.accesses(answer, ()))
    release = answers.newest_release(several)
    assert release is None or release.at.tzinfo is UTC


@given(ANSWERS, st.sampled_from(["push", "group_rename", "pipeline", "merge_request", "project_create", "?"]))
def test_no_event_is_too_odd(event: Mapping[str, Any], name: str) -> None:
    body = json.dumps({**event, "event_name": name}).encode()
    assert isinstance(GitLabWebhook("s").receive({"x-gitlab-token": "s"}, body), Delivery)


@pytest.mark.parametrize(
    ("level", "permission"),
    [
        (50, "admin"),
        (40, "maintain"),
        (30, "write"),
        (20, "triage"),
        (15, "read"),
        (10, "read"),
        (5, ""),
        (None, ""),
    ],
)
def test_access_levels(level: int | None, permission: str) -> None:
    assert answers.permission(level) == permission


def test_a_share_without_access_is_none() -> None:
    project = {"shared_with_groups": [{"group_full_path": "Acme/Pay", "group_access_level": 40},
                                      {"group_full_path": "acme/none", "group_access_level": 0}]}  # fmt: skip
    assert answers.accesses(project, ()) == (Access("acme/pay", "maintain"),)


def test_approvals_of_other_branches_do_not_count() -> None:
    rules = [
        {"approvals_required": 1, "protected_branches": []},
        {"approvals_required": 4, "protected_branches": [{"name": "release/*"}]},
        {"approvals_required": 2, "protected_branches": [{"name": "main"}]},
    ]
    protected = [{"name": "main", "allow_force_push": True}]
    assert answers.protection_of({}, protected, rules, "main").reviews == 2
    assert answers.protection_of({}, protected, [], "main").force_push
    owners = [{"name": "main", "code_owner_approval_required": True}]
    assert answers.protection_of({}, owners, [], "main").reviews == 1


def test_an_upcoming_release_is_not_out() -> None:
    releases: list[Mapping[str, Any]] = [
        {"tag_name": "v2", "released_at": "2027-01-01T00:00:00Z", "upcoming_release": True},
        {"tag_name": "v1", "released_at": "2026-01-01T01:00:00+01:00"},
    ]
    release = answers.newest_release(releases)
    assert release is not None
    assert (release.tag, release.at) == ("v1", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("id_", "number"),
    [("gid://gitlab/Project/12", 12), ("gid://gitlab/Project/12#web", 12), ("12", 12),
     ("gid://gitlab/Group/12", None), ("teams", None), ("", None), ("-1", None), ("9" * 5_000, None)],
)  # fmt: skip
def test_numbers_in_ids(id_: str, number: int | None) -> None:
    assert answers.number_in(id_, "Project") == number


@pytest.mark.parametrize(
    ("path", "is_wanted"),
    [("README.md", True), (".gitlab/CODEOWNERS", True), ("services/pay/go.mod", True),
     ("a/b/c/Dockerfile", True), ("a/b/c/d/Dockerfile", False),
     ("src/main.py", False), ("services/README.md", False)],
)  # fmt: skip
def test_wanted_files(path: str, is_wanted: bool) -> None:
    assert wanted(path) is is_wanted
