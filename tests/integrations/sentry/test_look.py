"""What a look at Sentry sees: projects, teams, people, and who owns what by which evidence."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.entities import EVERYTHING, Claim, Grounds, Standing
from domain.errors import BadConfiguration
from integrations.sentry import INTEGRATION
from integrations.sentry.options import SentryOptions
from integrations.sentry.things import language_of
from tests.integrations.sentry.stage import SentryStage, of, saw, sources_of
from workflows.ports import Opening, Task


def test_every_kind_of_evidence_is_a_claimant_and_complete(stage: SentryStage) -> None:
    look = stage.open().fetch(Task())
    assert sources_of(look) == [
        "sentry", "sentry/people", "sentry/access", "sentry/ownership", "sentry/errors", "sentry/releases",
    ]  # fmt: skip
    assert {each.within for each in look.snapshots} == {(EVERYTHING,)}
    assert look.findings == ()
    assert look.quota is not None
    assert look.quota.limit == 40


def test_projects_are_components_under_every_name_that_annotations_have(stage: SentryStage) -> None:
    claim = next(each for each in saw(stage.open().fetch(Task())).claims if each.name == "payments-api")
    id_ = stage.sentry.state.projects[0].id
    assert claim.standing is Standing.SEEN
    assert claim.id == f"service/{id_}"
    assert claim.aliases == (f"sentry:{id_}", "sentry:acme/payments-api", "sentry:payments-api")
    page = f"{stage.playground.url}/vendors/sentry/organizations/acme/projects/payments-api/"
    assert claim.fields == {
        "title": "Payments API",
        "type": "service",
        "language": "python",
        "links": [{"url": page, "title": "Sentry"}],
    }
    assert "python-fastapi" in claim.grounds["language"].reason


def test_projects_may_be_mere_evidence(stage: SentryStage) -> None:
    look = stage.open(projects="remark").fetch(Task())
    claims = [each for each in saw(look).claims if each.kind == "Component"]
    assert {each.standing for each in claims} == {Standing.REMARK}
    assert of(look, "payments-api", "").same_as == ("sentry:acme/payments-api", "sentry:payments-api")


def test_projects_can_be_left_out(stage: SentryStage) -> None:
    look = stage.open(include=["*"], exclude=["attic", "SH*"]).fetch(Task())
    names = {each.name for each in saw(look).claims if each.kind == "Component"}
    assert names == {"payments-api"}
    assert len(saw(look, "errors").claims) == 1


def test_members_stand_as_sentry_says(stage: SentryStage) -> None:
    people = {str(each.fields["email"]): each for each in saw(stage.open().fetch(Task()), "people").claims}
    accounts = {email.partition("@")[0]: each.fields["accounts"] for email, each in people.items()}
    assert accounts == {
        "ana": {"sentry": "active"},
        "bo": {"sentry": "active"},
        "new": {"sentry": "invited"},
        "never": {"sentry": "deactivated"},
        "many": {"sentry": "deactivated"},
    }
    bo = people["bo@acme.example"]
    assert "mailto:bo@acme.example" in bo.aliases
    assert bo.fields["memberOf"] == ["group:default/payments", "group:default/web"]
    assert bo.fields["title"] == "Bo Berg"
    assert "title" not in people["new@acme.example"].fields


def test_teams_are_groups_and_an_empty_one_costs_no_request(stage: SentryStage) -> None:
    look = stage.open().fetch(Task())
    groups = {each.name: each for each in saw(look).claims if each.kind == "Group"}
    assert set(groups) == {"payments", "web", "empty"}
    assert "sentry-team:payments" in groups["payments"].aliases
    assert not [each for each in stage.faults.requests if "/empty/members/" in each]


def owner(claim: Claim) -> tuple[object, Grounds]:
    return claim.fields["owner"], claim.grounds["owner"]


def test_the_only_team_of_a_project_may_own_it(stage: SentryStage) -> None:
    said, why = owner(of(stage.open().fetch(Task()), "payments-api", "access"))
    assert said == "group:default/payments"
    assert why.confidence == 0.5
    assert why.reason == "#payments is the only team that has the project in Sentry"


def test_of_several_teams_the_one_with_the_fewest_projects_may(stage: SentryStage) -> None:
    said, why = owner(of(stage.open().fetch(Task()), "shop", "access"))
    assert said == "group:default/web"
    assert why.confidence == 0.35
    assert why.reason == "#web has the project in Sentry, and the fewest projects (1); #payments has it, too"


def test_a_tie_says_nothing_and_so_does_no_team(stage: SentryStage) -> None:
    stage.sentry.state.projects[0].teams = []
    look = stage.open().fetch(Task())
    assert saw(look, "access").claims == ()


def test_a_team_that_has_nearly_everything_speaks_for_nothing(stage: SentryStage) -> None:
    stage.crowd(8, teams=("web",))
    look = stage.open().fetch(Task())
    assert {each.fields["owner"] for each in saw(look, "access").claims} == {"group:default/payments"}
    _said, why = owner(of(look, "shop", "access"))
    assert why.reason.endswith("but for teams that have most projects")


@pytest.mark.parametrize(
    ("platform", "language"),
    [
        ("python-django", "python"), ("go", "go"), ("java-spring-boot", "java"),
        ("dotnet-aspnetcore", "csharp"), ("apple-swift", "swift"), ("flutter", "dart"),
        ("javascript-react", ""), ("node-express", ""),
        ("android", ""), ("apple-ios", ""), ("golang", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_platform_tells_the_language_where_it_has_one(platform: str, language: str) -> None:
    assert language_of(platform) == language


@pytest.mark.parametrize(
    ("url", "web", "settings"),
    [
        ("https://sentry.io", "https://acme.sentry.io", "https://acme.sentry.io/settings"),
        ("https://de.sentry.io/", "https://acme.sentry.io", "https://acme.sentry.io/settings"),
        (
            "https://s.example/api/0",
            "https://s.example/organizations/acme",
            "https://s.example/settings/acme",
        ),
        (
            "https://notsentry.io",
            "https://notsentry.io/organizations/acme",
            "https://notsentry.io/settings/acme",
        ),
    ],
)
def test_links_lead_to_where_people_see_it(url: str, web: str, settings: str) -> None:
    options = SentryOptions.model_validate({"organization": "acme", "url": url})
    assert (options.web_url, options.settings_url) == (web, settings)


def test_the_token_must_be_there() -> None:
    options = INTEGRATION.options.model_validate({"organization": "acme"})
    with pytest.raises(BadConfiguration, match="SENTRY_TOKEN") as failure:
        INTEGRATION.open(Opening("sentry", options, lambda _name: None))
    assert "SENTRY_TOKEN_FILE" in failure.value.hint


@pytest.mark.parametrize(
    "block",
    [
        {}, {"organization": "a/b"}, {"organization": "acme", "url": "http://sentry.acme.example"},
        {"organization": "acme", "url": "https://me:secret@sentry.io"},
        {"organization": "acme", "token": "x"},
        {"organization": "acme", "seen_within_days": 1}, {"organization": "acme", "url": "sentry.io"},
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_meant_is_refused(block: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        INTEGRATION.options.model_validate(block)
