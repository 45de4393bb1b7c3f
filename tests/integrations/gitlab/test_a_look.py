"""A look at a healthy GitLab: what it sees of projects, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.entities import EVERYTHING
from integrations.hosting.facts import Access, Checks, HostFacts, Protection, RepositoryFacts
from tests.integrations.gitlab.gitlab_on_loopback import SMALL, Server, one, slugs, source_at
from workflows.ports import Task

Serve = Callable[..., Server]


def project(facts: HostFacts, slug: str) -> RepositoryFacts:
    return next(each for each in facts.repositories if each.slug == slug)


def test_the_ledger_is_known_with_all_that_gitlab_shows(acme: Server) -> None:
    seen = source_at(acme.url, group=["acme", "money"]).facts(Task())
    ledger = project(seen.facts, "money/ledger")
    assert ledger.id == "gid://gitlab/Project/1"
    assert ledger.web_url == "https://gitlab.acme.example/money/ledger"
    assert ledger.topics == ("team-ledger", "sox", "java")
    assert (ledger.language, ledger.languages) == ("Java", {"Java": 881, "Python": 104, "PLSQL": 15})
    assert (ledger.visibility, ledger.archived, ledger.fork) == ("private", False, False)
    assert ledger.pushed_at == datetime(2026, 3, 2, 7, 12, tzinfo=UTC)
    assert ledger.release is not None
    assert ledger.release.tag == "v8.13.0"
    assert ledger.release.url == "https://gitlab.acme.example/money/ledger/-/releases/v8.13.0"
    assert ledger.open_pull_requests == 2
    assert ledger.checks is not None
    assert ledger.checks.state == "success"
    assert ledger.protection == Protection(True, 2, ("pipeline",), False, "branch protection")
    assert ledger.alerts == {"critical": 0, "high": 1, "moderate": 3, "low": 5}
    assert ledger.teams == (Access("acme/team-ledger", "maintain"), Access("acme/team-security", "triage"))
    assert ledger.mergers == {"fatimaeli": 3, "meilinchua": 1, "okovalenko": 1}
    assert "src/main/java/example/acme/ledger/Ledger.java" in ledger.paths
    assert set(ledger.files) == {
        ".gitlab/CODEOWNERS",
        "Dockerfile",
        "README.md",
        "build.gradle.kts",
        "catalog-info.yaml",
        "docs/index.md",
        "proto/ledger.proto",
        "reconciler/pyproject.toml",
    }
    assert "[Reconciler]" in ledger.files[".gitlab/CODEOWNERS"]
    assert ledger.problems == ()
    assert seen.facts.repositories_within == (EVERYTHING,)


def test_groups_are_teams_and_their_members_people(server: Server) -> None:
    facts = source_at(server.url).facts(Task()).facts
    assert [(team.slug, team.parent, team.members) for team in facts.teams] == [
        ("acme", "", ("idp",)),
        ("acme/pay", "acme", ("ana", "gone")),
        ("acme/pay/cards", "acme/pay", ("bo",)),
    ]
    assert facts.teams[1].web_url == "https://gitlab.acme.example/groups/acme/pay"
    assert {each.login: (each.email, each.active) for each in facts.people} == {
        "ana": ("ana@acme.example", True),
        "bo": ("", True),
        "gone": ("", False),
        "idp": ("", True),
    }
    assert facts.teams_complete


def test_ids_of_projects_groups_and_people_never_meet(server: Server) -> None:
    facts = source_at(server.url).facts(Task()).facts
    ids = [each.id for each in facts.repositories]
    ids += [each.id for each in facts.teams] + [each.id for each in facts.people]
    assert len(set(ids)) == len(ids)


def test_the_group_that_holds_a_project_administers_it_unless_it_is_only_a_folder(server: Server) -> None:
    facts = source_at(server.url).facts(Task()).facts
    assert project(facts, "acme/pay/cards/vault").teams == (Access("acme/pay/cards", "admin"),)
    assert project(facts, "acme/site").teams == ()
    server.gitlab.state.groups[3].members.clear()
    without_members = source_at(server.url).facts(Task()).facts
    assert project(without_members, "acme/pay/cards/vault").teams == ()


def test_one_group_several_and_one_by_its_number(server: Server) -> None:
    assert slugs(source_at(server.url).facts(Task())) == ["acme/pay/api", "acme/pay/cards/vault", "acme/site"]
    assert slugs(source_at(server.url, group="acme/pay/cards").facts(Task())) == ["acme/pay/cards/vault"]
    both = source_at(server.url, group=["acme/pay", "acme/pay/cards", "other"]).facts(Task())
    assert slugs(both) == ["acme/pay/api", "acme/pay/cards/vault", "other/theirs"]
    assert slugs(source_at(server.url, group=4).facts(Task())) == ["other/theirs"]


def test_what_is_taken_is_an_option(acme: Server) -> None:
    def seen(**options: Any) -> set[str]:
        return {
            slug.removeprefix("money/")
            for slug in slugs(source_at(acme.url, group="money", **options).facts(Task()))
        }

    usual = {
        "ledger",
        "fx-rates",
        "statement-builder",
        "money-kt",
        "settlement-bridge",
        "close/close-calendar",
    }
    assert seen() == usual
    assert seen(forks=True) == usual | {"ledger-viewer"}
    assert seen(archived=False) == usual - {"settlement-bridge"}
    assert seen(include="Money/Close/*") == {"close/close-calendar"}
    assert seen(exclude=["*/ledger", "*-kt"]) == usual - {"ledger", "money-kt"}


def test_without_merges_nobody_is_counted(acme: Server) -> None:
    facts = source_at(acme.url, group="money", merges=False).facts(Task()).facts
    assert all(each.mergers == {} for each in facts.repositories)
    assert not any("merged" in each for each in acme.gitlab.faults.requests)


def test_a_group_without_projects(serve: Serve) -> None:
    seen = source_at(serve({**SMALL, "projects": []}).url).facts(Task())
    assert (seen.facts.repositories, seen.facts.repositories_within) == ((), (EVERYTHING,))
    assert len(seen.facts.teams) == 3


def test_an_empty_repository(serve: Serve) -> None:
    facts = source_at(one(serve, files={}).url).facts(Task()).facts
    it = facts.repositories[0]
    assert (it.default_branch, it.paths, it.files, it.checks, it.protection) == ("", (), {}, None, None)


def test_the_community_edition_has_no_alerts_and_no_approvals(serve: Serve) -> None:
    server = serve({**SMALL, "enterprise": False, "projects": [{"path": "acme/it", "files": {"a": ""}}]})
    it = source_at(server.url).facts(Task()).facts.repositories[0]
    assert it.alerts is None
    assert it.protection == Protection(True, by="branch protection")
    assert not any("approval" in each or "graphql" in each for each in server.gitlab.faults.requests)


def test_what_the_token_may_not_see_is_left_out(acme: Server) -> None:
    acme.gitlab.denied |= {
        "GET projects/:id/protected_branches",
        "GET projects/:id/pipelines",
        "GET projects/:id/releases",
        "GET projects/:id/languages",
    }
    ledger = project(source_at(acme.url, group="money").facts(Task()).facts, "money/ledger")
    assert (ledger.protection, ledger.checks, ledger.release, ledger.languages) == (None, None, None, {})
    assert "README.md" in ledger.files


def test_merge_requests_of_the_group_may_be_hidden_and_those_of_a_project_not(acme: Server) -> None:
    acme.gitlab.denied.add("GET groups/:id/merge_requests")
    ledger = project(source_at(acme.url, group="money").facts(Task()).facts, "money/ledger")
    assert ledger.open_pull_requests == 2
    assert ledger.mergers == {"fatimaeli": 3, "meilinchua": 1, "okovalenko": 1}
    acme.gitlab.denied.add("GET projects/:id/merge_requests")
    ledger = project(source_at(acme.url, group="money").facts(Task()).facts, "money/ledger")
    assert (ledger.open_pull_requests, ledger.mergers) == (None, {})


def test_members_that_are_hidden_leave_teams_without(server: Server) -> None:
    server.gitlab.denied.add("GET groups/:id/members")
    facts = source_at(server.url).facts(Task()).facts
    assert [team.members for team in facts.teams] == [(), (), ()]
    assert facts.people == ()


def test_hidden_files_are_told(acme: Server) -> None:
    acme.gitlab.denied.add("GET projects/:id/repository/tree")
    ledger = project(source_at(acme.url, group="money").facts(Task()).facts, "money/ledger")
    assert ledger.paths == ()
    assert ledger.problems == ("its files are not for this token: it needs the role Reporter",)


@pytest.mark.parametrize(
    ("status", "state"),
    [("running", "pending"), ("failed", "failure"), ("skipped", "none"), ("quantum_leap", "none")],
)
def test_states_of_pipelines_known_and_to_come(serve: Serve, status: str, state: str) -> None:
    server = one(serve, pipelines=[{"status": "success", "days_ago": 9}, {"status": status, "days_ago": 2}])
    checks = source_at(server.url).facts(Task()).facts.repositories[0].checks
    assert isinstance(checks, Checks)
    assert checks.state == state


def test_a_branch_protected_by_a_pattern(serve: Serve) -> None:
    server = one(serve, protected=["ma*", "release/*"])
    protection = source_at(server.url).facts(Task()).facts.repositories[0].protection
    assert protection is not None
    assert protection.protected
    unprotected = (
        source_at(one(serve, protected=["release/*"]).url).facts(Task()).facts.repositories[0].protection
    )
    assert unprotected == Protection(False)


def test_progress_is_told(server: Server) -> None:
    told: list[tuple[int, int | None, str]] = []
    source_at(server.url).facts(Task(progress=lambda *each: told.append(each)))
    assert (1, 3, "reading acme/pay/cards/vault") in told
    assert (0, 3, "reading groups") in told


def test_the_rate_limit_is_noted(server: Server) -> None:
    quota = source_at(server.url).facts(Task()).quota
    assert quota is not None
    assert quota.limit == 2_000
    assert quota.left < 2_000
    assert quota.resets_at is not None


def test_a_look_goes_where_facts_become_claims(server: Server) -> None:
    look = source_at(server.url).fetch()
    assert look.snapshots[0].source == "gitlab"
    assert look.requests == len(server.gitlab.faults.requests)
    assert look.cursor
