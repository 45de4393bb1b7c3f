"""Answers with holes: fields that fail, that are not there, or that the credential may not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.errors import OutsideFailure
from tests.integrations.github.stage import Stage


def test_a_field_that_fails_costs_that_field_alone(stage: Stage) -> None:
    stage.github.troubles.broken = {("shop", "latestRelease"), ("payments-api", "vulnerabilityAlerts")}
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    assert facts["acme/payments-api"].alerts is None
    assert facts["acme/payments-api"].problems == (
        "vulnerabilityAlerts: Something went wrong while executing your query.",
    )
    assert facts["acme/payments-api"].files["go.mod"]
    assert facts["acme/shop"].problems[0].startswith("latestRelease: ")
    assert facts["acme/old-till"].problems == ()


def test_a_repository_that_github_cannot_show_whole_does_not_vanish(stage: Stage) -> None:
    stage.github.troubles.broken = {("shop", "pullRequests")}
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    shop = facts["acme/shop"]
    assert (shop.visibility, shop.open_pull_requests, shop.protection) == ("internal", None, None)
    assert "Something went wrong" in shop.problems[0]
    assert facts["acme/payments-api"].open_pull_requests == 5


def test_what_the_token_may_not_see_is_unknown_and_not_absent(stage: Stage) -> None:
    stage.github.troubles.forbidden = {
        "Repository.vulnerabilityAlerts", "Ref.branchProtectionRule", "Commit.statusCheckRollup",
    }  # fmt: skip
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    till = facts["acme/old-till"]
    assert (till.alerts, till.protection, till.checks) == (None, None, None)
    assert len(till.problems) == 3


def test_a_github_of_another_age_lacks_fields_and_is_read_all_the_same(stage: Stage) -> None:
    stage.github.troubles.undefined = {"Ref.rules", "User.organizationVerifiedDomainEmails"}
    seen = stage.source().facts()
    api = next(each for each in seen.facts.repositories if each.slug == "acme/payments-api")
    assert api.protection is not None
    assert api.protection.reviews == 2
    assert seen.facts.people[0].email == "ana.silva@acme.example"


def test_a_github_that_lacks_what_every_github_has_is_told_as_such(stage: Stage) -> None:
    stage.github.troubles.undefined = {"Repository.isTemplate"}
    with pytest.raises(OutsideFailure, match="Field 'isTemplate' doesn't exist"):
        stage.source().facts()
    assert stage.graphql_requests() == 1


def test_a_token_without_the_scope_for_addresses_reads_all_but_them(new_stage: Callable[..., Stage]) -> None:
    stage = new_stage(tokens={"ghp_playground": frozenset({"repo", "read:org"})})
    people = stage.source().facts().facts.people
    assert (people[0].login, people[0].email) == ("anasilva", "")


def test_unknown_fields_and_values_survive(stage: Stage) -> None:
    def newer(body: dict[str, Any]) -> None:
        for node in ((body["data"].get("organization") or {}).get("repositories") or {}).get("nodes", ()):
            node.update({"visibility": "SECRET", "isQuantum": True})
            if node["defaultBranchRef"]:
                (node["defaultBranchRef"]["target"]["statusCheckRollup"] or {}).update({"state": "PONDERING"})

    stage.github.troubles.rewrite = newer
    api = next(each for each in stage.source().facts().facts.repositories if each.slug == "acme/payments-api")
    assert api.visibility == "secret"
    assert api.checks is not None
    assert api.checks.state == "none"


def test_an_answer_without_its_budget_is_an_answer(stage: Stage) -> None:
    def no_rate(body: dict[str, Any]) -> None:
        body["data"].pop("rateLimit", None)

    stage.github.troubles.rewrite = no_rate
    seen = stage.source().facts()
    assert (len(seen.facts.repositories), seen.quota) == (4, None)


def test_pull_requests_that_may_not_be_read_take_nothing_else_with_them(stage: Stage) -> None:
    stage.github.troubles.forbidden = {"Repository.pullRequests"}
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    api = facts["acme/payments-api"]
    assert (api.open_pull_requests, api.mergers) == (None, {})
    assert api.protection is not None
    assert api.files["go.mod"]


def test_addresses_that_may_not_be_read_take_nobody_with_them(stage: Stage) -> None:
    stage.github.troubles.forbidden = {"User.organizationVerifiedDomainEmails"}
    facts = stage.source().facts().facts
    assert (facts.people[0].email, len(facts.people), facts.teams_complete) == (
        "ana.silva@acme.example",
        3,
        True,
    )


@pytest.mark.parametrize("field", ["Organization.teams", "Organization.membersWithRole", "Team.members"])
def test_teams_that_may_not_be_seen_are_not_taken_for_gone(stage: Stage, field: str) -> None:
    stage.github.troubles.forbidden = {field}
    facts = stage.source().facts().facts
    assert not facts.teams_complete
    assert len(facts.repositories) == 4


def test_single_sign_on_is_called_by_its_name_in_an_answer_too(stage: Stage) -> None:
    def protected(body: dict[str, Any]) -> None:
        error = {"type": "FORBIDDEN", "path": ["organization"], "extensions": {"saml_failure": True}}
        body.update({"data": {"organization": None}, "errors": [{**error, "message": "protected by SAML"}]})

    stage.github.troubles.rewrite = protected
    with pytest.raises(OutsideFailure, match="for acme has not passed the organization's single sign-on"):
        stage.source().facts()


def test_what_is_null_where_github_may_answer_null_survives(stage: Stage) -> None:
    always = {"id", "name", "nameWithOwner", "owner", "url", "createdAt", "updatedAt"}

    def empty(body: dict[str, Any]) -> None:
        for node in ((body["data"].get("organization") or {}).get("repositories") or {}).get("nodes", ()):
            node.update({name: None for name in node if name not in always})

    stage.github.troubles.rewrite = empty
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    assert facts["acme/payments-api"].alerts is None
    assert facts["acme/payments-api"].paths == ()


def test_a_text_that_is_too_long_counts_as_there_without_its_text(stage: Stage) -> None:
    stage.github.changes.push("shop", {"README.md": "x" * 400_001, "Dockerfile": "FROM scratch\n"})
    shop = next(each for each in stage.source().facts().facts.repositories if each.slug == "acme/shop")
    assert "README.md" in shop.paths
    assert "README.md" not in shop.files
    assert "Dockerfile" in shop.files
