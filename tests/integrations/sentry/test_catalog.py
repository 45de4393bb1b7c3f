"""What Sentry sees, joined with what a company declares, in a real catalog."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.entities import Record
from domain.refs import Ref, parse_ref
from tests.catalog_builder import knows, person, service, team
from tests.integrations.sentry.stage import SentryStage
from workflows.ports import Task


def applied(catalog: Catalog, stage: SentryStage, **block: str) -> None:
    catalog.apply_all(stage.opened_with(block).fetch(Task()).snapshots, actor="test")


def record(catalog: Catalog, text: str) -> Record:
    found = catalog.record(parse_ref(text))
    assert found is not None, [str(each.ref) for each in catalog.entities()]
    return found


def components(catalog: Catalog) -> set[str]:
    return {each.ref.name for each in catalog.entities() if each.kind == "Component"}


@pytest.mark.parametrize("annotation", ["sentry:payments-api", "sentry:acme/payments-api"])
@pytest.mark.parametrize("standing", ["seen", "remark"])
def test_either_spelling_of_the_annotation_is_found(
    sqlite_catalog: Catalog, stage: SentryStage, annotation: str, standing: str
) -> None:
    knows(sqlite_catalog, service("pay", annotation))
    applied(sqlite_catalog, stage, projects=standing)
    fields = record(sqlite_catalog, "component:default/pay").entity.fields
    figures, releases = fields["error_issues"], fields["releases"]
    assert isinstance(figures, dict)
    assert isinstance(releases, dict)
    assert figures["sentry:acme/payments-api"]["trend"] == "rising"
    assert releases["sentry:acme/payments-api"]["version"] == "1.5.0"
    assert "payments-api" not in components(sqlite_catalog)


def test_projects_that_nobody_declares_become_components_or_not(
    sqlite_catalog: Catalog, stage: SentryStage
) -> None:
    applied(sqlite_catalog, stage, projects="remark")
    assert components(sqlite_catalog) == set()
    applied(sqlite_catalog, stage)
    assert components(sqlite_catalog) == {"payments-api", "shop", "attic"}


def test_people_and_teams_are_one_with_the_declared(sqlite_catalog: Catalog, stage: SentryStage) -> None:
    knows(
        sqlite_catalog,
        team("team-payments", "sentry-team:payments"),
        person("asilva", "mailto:ana@acme.example"),
    )
    applied(sqlite_catalog, stage)
    ana = record(sqlite_catalog, "user:default/asilva").entity
    assert ana.fields["accounts"] == {"sentry": "active"}
    users = {each.ref.name for each in sqlite_catalog.entities() if each.kind == "User"}
    assert users == {"asilva", *(f"{each}-acme.example" for each in ("bo", "new", "never", "many"))}
    assert sqlite_catalog.known_as("group:default/payments") == (Ref("group", "default", "team-payments"),)


def test_rules_go_before_access_and_behind_codeowners(sqlite_catalog: Catalog, stage: SentryStage) -> None:
    stage.sentry.state.projects[1].ownership = "* #payments"
    applied(sqlite_catalog, stage)
    facts = record(sqlite_catalog, "component:default/shop").facts_on("owner")
    assert [(each.source, each.value) for each in facts] == [
        ("sentry/ownership", "group:default/payments"),
        ("sentry/access", "group:default/web"),
    ]
    knows(sqlite_catalog, service("shop", owner="search"), source="github/codeowners")
    facts = record(sqlite_catalog, "component:default/shop").facts_on("owner")
    assert facts[0].source == "github/codeowners"


def test_a_project_that_is_renamed_is_followed(sqlite_catalog: Catalog, stage: SentryStage) -> None:
    source = stage.open()
    sqlite_catalog.apply_all(source.fetch(Task()).snapshots, actor="test")
    stage.sentry.changes.rename("attic", "loft")
    sqlite_catalog.apply_all(source.fetch(Task()).snapshots, actor="test")
    (found,) = sqlite_catalog.known_as("sentry:acme/loft")
    assert len(components(sqlite_catalog)) == 3
    figures = record(sqlite_catalog, str(found)).entity.fields["error_issues"]
    assert isinstance(figures, dict)
    assert set(figures) == {"sentry:acme/loft"}


def test_what_may_not_be_read_any_more_stays(sqlite_catalog: Catalog, stage: SentryStage) -> None:
    applied(sqlite_catalog, stage)
    stage.sentry.scopes -= {"event:read", "member:read"}
    applied(sqlite_catalog, stage)
    fields = record(sqlite_catalog, "component:default/payments-api").entity.fields
    assert "error_issues" in fields
    assert record(sqlite_catalog, "user:default/ana-acme.example").entity.vanished_at is None


def test_figures_alone_make_no_change_set(sqlite_catalog: Catalog, stage: SentryStage) -> None:
    source = stage.open()
    sqlite_catalog.apply_all(source.fetch(Task()).snapshots, actor="test")
    stage.sentry.changes.throw("shop", "Boom", times=50)
    made = sqlite_catalog.apply_all(source.fetch(Task()).snapshots, actor="test")
    assert {each.number for each in made} == {None}
