"""A look at everything: what is seen of repositories, teams and people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from domain.entities import EVERYTHING
from integrations.hosting.facts import Access, Protection, RepositoryFacts, TeamFacts
from tests.integrations.github.stage import MANIFEST, Stage


def named(stage: Stage, name: str, **options: Any) -> RepositoryFacts:
    seen = stage.source(**options).facts()
    return next(each for each in seen.facts.repositories if each.slug == f"acme/{name}")


def test_a_repository_is_seen_with_all_that_github_tells(stage: Stage) -> None:
    api = named(stage, "payments-api")
    assert (api.description, api.homepage) == ("Takes the money", "https://docs.acme.example/payments")
    assert (api.web_url, api.visibility) == ("https://github.com/acme/payments-api", "private")
    assert (api.topics, api.language) == (("pci", "go"), "Go")
    assert api.languages == {"Go": 120_000, "Shell": 900}
    assert (api.default_branch, api.pushed_at) == ("main", datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert api.release is not None
    assert api.release.tag == "v4.2.0"
    assert api.checks is not None
    assert api.checks.state == "success"
    assert api.open_pull_requests == 5
    assert api.alerts == {"critical": 1, "high": 0, "moderate": 0, "low": 2}
    assert api.problems == ()


def test_a_branch_protection_rule_and_a_ruleset_are_both_protection(stage: Stage) -> None:
    by_rule, by_ruleset = named(stage, "payments-api").protection, named(stage, "shop").protection
    assert by_rule == Protection(True, 2, ("build", "test"), force_push=False, by="branch protection")
    assert by_ruleset == Protection(True, 1, ("ci",), force_push=False, by="ruleset")


def test_an_unguarded_branch_is_known_to_be_unguarded(stage: Stage) -> None:
    assert named(stage, "old-till").protection == Protection(protected=False, force_push=True)


def test_texts_of_the_files_that_matter_come_along(stage: Stage) -> None:
    api = named(stage, "payments-api")
    assert set(api.files) == {"README.md", "CODEOWNERS", "go.mod", "docs/index.md"}
    assert api.files["go.mod"] == MANIFEST
    assert "docs/Dockerfile" in api.paths


def test_parts_of_a_monorepo_are_found_on_the_third_level(stage: Stage) -> None:
    shop = named(stage, "shop")
    assert set(shop.files) == {
        "package.json", "android/build.gradle", "services/cart/Dockerfile", "services/search/go.mod",
    }  # fmt: skip


def test_people_who_merge_are_counted_and_bots_are_not(stage: Stage) -> None:
    assert named(stage, "payments-api").mergers == {"anasilva": 6, "kwame-m": 3}


def test_merges_need_not_be_counted(stage: Stage) -> None:
    assert named(stage, "payments-api", merges=False).mergers == {}


def test_teams_come_with_their_parent_members_and_rights(stage: Stage) -> None:
    facts = stage.source().facts().facts
    payments = next(each for each in facts.teams if each.slug == "acme/team-payments")
    assert payments == TeamFacts(
        id=payments.id,
        slug="acme/team-payments",
        name="Payments",
        parent="acme/money",
        members=("anasilva", "kwame-m"),
        web_url="https://github.com/orgs/acme/teams/team-payments",
    )
    assert facts.teams_complete
    api = next(each for each in facts.repositories if each.slug == "acme/payments-api")
    assert api.teams == (Access("acme/money", "read"), Access("acme/team-payments", "admin"))


def test_people_come_with_name_and_address(stage: Stage) -> None:
    ana = next(each for each in stage.source().facts().facts.people if each.login == "anasilva")
    assert (ana.name, ana.email) == ("Ana Silva", "ana.silva@acme.example")


def test_an_empty_repository_has_no_branch_and_no_checks(stage: Stage) -> None:
    empty = named(stage, "empty")
    assert (empty.default_branch, empty.pushed_at, empty.checks, empty.paths) == ("", None, None, ())


def test_forks_are_left_out_unless_asked_for(stage: Stage) -> None:
    without = {each.slug for each in stage.source().facts().facts.repositories}
    with_forks = {each.slug for each in stage.source(forks=True).facts().facts.repositories}
    assert with_forks - without == {"acme/fork-of-react"}


def test_patterns_choose_repositories(stage: Stage) -> None:
    seen = stage.source(include=["*a*", "Empty"], exclude="payments-*", archived=False).facts()
    assert {each.slug for each in seen.facts.repositories} == {"acme/empty"}


def test_a_whole_look_is_complete_and_says_what_it_cost(stage: Stage) -> None:
    seen = stage.source().facts()
    assert seen.facts.repositories_within == (EVERYTHING,)
    assert seen.requests == stage.graphql_requests() == 5
    assert seen.quota is not None
    assert (seen.quota.limit, seen.quota.left) == (5_000, 5_000 - stage.github.graph.spent)


def test_an_empty_organization_is_seen_as_empty(stage: Stage) -> None:
    organization = stage.github.organization
    for part in (organization.repositories, organization.teams, organization.people):
        part.clear()
    seen = stage.source().facts()
    assert (seen.facts.repositories, seen.facts.teams, seen.facts.people) == ((), (), ())
    assert seen.facts.repositories_within == (EVERYTHING,)


def test_files_that_a_catalog_file_names_come_along(stage: Stage) -> None:
    catalog = """
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: payments}
spec:
  definition:
    $text: ./proto/v1/payments.proto
---
spec: {definition: {$openapi: "specs/v2.yaml"}}
---
spec: {definition: {$text: "https://elsewhere.example/x.yaml"}}
---
spec: {definition: {$text: ../../outside.yaml}, other: {$json: missing.json}}
"""
    files = {
        "catalog-info.yaml": catalog,
        "proto/v1/payments.proto": "syntax = 3;\n",
        "specs/v2.yaml": "v: 2\n",
    }
    stage.github.changes.push("payments-api", files)
    api = named(stage, "payments-api")
    assert api.files["proto/v1/payments.proto"] == "syntax = 3;\n"
    assert api.files["specs/v2.yaml"] == "v: 2\n"
    assert {"missing.json", "outside.yaml"}.isdisjoint(api.files)
    assert "proto/v1/payments.proto" in api.paths
    assert api.problems == ()
