"""What a token may not read is left out and said; what was known by it stays."""

from __future__ import annotations

import pytest

from domain.errors import OutsideFailure
from tests.integrations.adapter_suite import SECRET
from tests.integrations.sentry.stage import SentryStage, saw, sources_of
from workflows.ports import Task

ALL = ["sentry", "sentry/people", "sentry/access", "sentry/ownership", "sentry/errors", "sentry/releases"]


@pytest.mark.parametrize(
    ("scopes", "without", "needs"),
    [
        ({"member:read"}, "sentry/people", "member:read"),
        ({"team:read"}, "sentry/people", "team:read"),
        ({"event:read"}, "sentry/errors", "event:read"),
        ({"project:read"}, "sentry/ownership", "project:read"),
        ({"project:read", "project:releases"}, "sentry/releases", "project:releases"),
    ],
)
def test_without_a_scope_its_claimant_is_absent(
    stage: SentryStage, scopes: set[str], without: str, needs: str
) -> None:
    stage.crowd(3, teams=())
    stage.sentry.scopes -= scopes
    look = stage.open().fetch(Task())
    assert without not in sources_of(look)
    assert set(sources_of(look)) >= set(ALL) - {without, "sentry/ownership"}
    note = next(each for each in look.notes if needs in each)
    assert "403" in note
    assert "what is known of them stays" in note
    assert SECRET not in note


def test_rules_are_asked_for_no_longer_when_all_are_refused(stage: SentryStage) -> None:
    stage.crowd(50, teams=())
    stage.sentry.scopes -= {"project:read"}
    stage.open().fetch(Task())
    assert sum("/ownership/" in each for each in stage.faults.requests) == 3


def test_a_rule_names_nobody_where_people_may_not_be_read(stage: SentryStage) -> None:
    stage.sentry.state.projects[1].ownership = "* ana@acme.example"
    stage.sentry.scopes -= {"member:read"}
    assert saw(stage.open().fetch(Task()), "ownership").claims == ()


def test_without_the_organization_there_is_nothing(stage: SentryStage) -> None:
    stage.sentry.scopes -= {"org:read"}
    with pytest.raises(OutsideFailure, match="403"):
        stage.open().fetch(Task())


def test_a_token_that_is_revoked_in_the_middle_is_no_note(stage: SentryStage) -> None:
    source = stage.open()

    def revoked(_done: int, _total: int | None, what: str) -> None:
        if what == "members":
            stage.sentry.token = "another"

    with pytest.raises(OutsideFailure, match="401"):
        source.fetch(Task(progress=revoked))


@pytest.mark.parametrize(
    ("scope", "row"),
    [
        ("project:read", "project:read (ownership rules)"),
        ("team:read", "team:read (who is in a team)"),
        ("member:read", "member:read (people)"),
        ("event:read", "event:read (errors)"),
    ],
)
def test_doctor_names_the_scope_that_is_missing(stage: SentryStage, scope: str, row: str) -> None:
    stage.sentry.scopes -= {scope}
    rows = {each.name: each for each in stage.open().validate()}
    assert [each.name for each in rows.values() if not each.granted] == [row]
    assert rows[row].optional
    assert rows[row].remedy.startswith("Give the internal integration the permission ")


def test_doctor_tries_nothing_that_is_not_there(stage: SentryStage) -> None:
    stage.empty()
    rows = stage.open().validate()
    assert all(each.granted for each in rows)
    assert [each.name for each in rows[2:8]] == [
        "org:read", "project:read (ownership rules)", "team:read (who is in a team)", "member:read (people)",
        "event:read (errors)", "project:releases (releases)",
    ]  # fmt: skip


def test_an_item_without_an_id_is_a_finding_and_nothing_is_gone(stage: SentryStage) -> None:
    stage.sentry.state.projects[2].slug = ""
    look = stage.open().fetch(Task())
    assert [str(each) for each in look.findings] == [
        "sentry: projects: error: item 1 of a page has no slug. It was left out; see it in Sentry."
    ]
    assert not saw(look).complete
    assert not saw(look, "access").complete
    assert not saw(look, "errors").complete
    assert saw(look, "people").complete
