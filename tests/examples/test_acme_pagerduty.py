"""Holds Acme's PagerDuty in step with Acme's catalog, and shows what the one makes of the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.search.live import LiveIndex
from domain.entities import Entity
from domain.refs import parse_ref
from integrations.files.source import FilesSource
from integrations.pagerduty import INTEGRATION
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.pagerduty import Account, PagerDuty, load_pagerduty
from workflows.ports import Look, Opening
from workflows.suggesting import Suggesting
from workflows.sync_report import Outcome, SyncReport

ACME = Path(__file__).parents[2] / "examples" / "acme"
SEED = ACME / "vendors" / "pagerduty.yaml"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
STRANGER = "ola.hansen@nightwatch.example"


@cache
def declared(kind: str) -> list[dict[str, Any]]:
    texts = (path.read_text("utf-8") for path in (ACME / "catalog").rglob("*.yaml"))
    documents = (
        document for text in texts if "\nkind: " in text for document in yaml.load_all(text, yaml.CSafeLoader)
    )
    return [each for each in documents if isinstance(each, dict) and each.get("kind") == kind]


@pytest.fixture(scope="module")
def account() -> Account:
    return load_pagerduty(SEED)


def test_services_are_those_that_the_catalog_names_and_four_more(account: Account) -> None:
    named = {
        annotation: each["metadata"].get("title") or each["metadata"]["name"]
        for each in declared("Component")
        if (annotation := each["metadata"].get("annotations", {}).get("pagerduty.com/service-id"))
    }
    ours = {each.id: each.name for each in account.services}
    assert {id_: ours.get(id_) for id_ in named} == named
    more = {name for id_, name in ours.items() if id_ not in named}
    assert more == {"tax-api", "label-printer-bridge", "Merchant Onboarding Service", "fax-gateway"}


def test_people_and_teams_are_the_catalogs(account: Account) -> None:
    profiles = {each["spec"]["profile"]["email"]: each["spec"]["profile"] for each in declared("User")}
    assert {each.email for each in account.users} - set(profiles) == {STRANGER}
    for each in account.users:
        if each.email != STRANGER:
            assert each.name == profiles[each.email]["displayName"]
    groups = [each for each in declared("Group") if each["spec"]["type"] == "team"]
    titles = {each["spec"]["profile"]["displayName"] for each in groups}
    assert {each.name for each in account.teams} <= titles | {each["metadata"]["name"] for each in groups}
    assert len(account.teams) == len(groups)


@pytest.fixture(scope="module")
def look() -> Iterator[Look]:
    pagerduty = PagerDuty.seeded(SEED, now=lambda: NOW)
    with Playground(Seed(), vendors=[pagerduty]) as playground:
        options = INTEGRATION.options.model_validate({"url": f"{playground.url}/vendors/pagerduty"})
        secret = {"PAGERDUTY_TOKEN": pagerduty.account.token}.get
        source = INTEGRATION.open(Opening("pagerduty", options, secret, lambda: NOW))
        yield source.fetch()
        source.close()


@pytest.fixture(scope="module")
def acme(migrated_file: Path, look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Acme's catalog after a look at PagerDuty; nobody changes it."""
    folder = tmp_path_factory.mktemp("acme")
    shutil.copy(migrated_file, folder / migrated_file.name)
    with Catalog.open(sqlite_url(folder)) as catalog:
        for each in FilesSource([ACME / "catalog"]).fetch().snapshots:
            catalog.apply(each, actor="test")
        made = tuple(catalog.apply(each, actor="test") for each in look.snapshots)
        report = SyncReport("pagerduty", Outcome.APPLIED, made)
        Suggesting(catalog, LiveIndex(catalog))(report)
        yield catalog


def entity(catalog: Catalog, ref: str) -> Entity:
    record = catalog.record(parse_ref(ref, "component"))
    assert record is not None, ref
    return record.entity


def shifts(found: Entity) -> list[dict[str, Any]]:
    oncall = found.fields["oncall"]
    assert isinstance(oncall, dict)
    return [shift for plan in oncall.values() for shift in plan["shifts"]]


def test_what_pagerduty_has_is_found_in_the_catalog(acme: Catalog) -> None:
    def known(alias: str) -> list[str]:
        return [each.short for each in acme.known_as(alias)]

    assert known("pagerduty:ppay1ap") == ["component:payments-api"]  # annotated
    assert known("pagerduty:ptaxapi") == ["component:tax-api"]  # of the same name
    assert known("pagerduty:plabels") == ["component:label-printer-bridge"]
    assert known("pagerduty-team:ptpay001") == ["group:team-payments"]  # called as the team's title
    assert known("pagerduty-user:puana") == ["user:ana"]
    assert known("pagerduty-user:puola") == ["user:ola.hansen-nightwatch.example"]  # nobody knows her


def test_a_near_name_is_asked_about(acme: Catalog) -> None:
    pairs = {(each.one, each.other) for each in acme.suggestions()}
    assert ("component:default/merchant-onboarding", "component:default/merchant-onboarding-service") in pairs


def test_who_is_on_call_and_for_what_nobody_is(acme: Catalog) -> None:
    on = shifts(entity(acme, "payments-api"))
    assert {each["level"] for each in on} == {1, 2, 3}
    assert any(each["person"] == "pagerduty-user:puravi" for each in on)  # covers for a dentist
    assert shifts(entity(acme, "label-printer-bridge")) == []
    team = entity(acme, "group:team-payments")
    assert shifts(team) == on


def test_what_is_broken(acme: Catalog) -> None:
    incidents = entity(acme, "checkout-service").fields["incidents"]
    assert isinstance(incidents, dict)
    assert [each["status"] for each in incidents.values()] == ["acknowledged"]
    assert "incidents" not in entity(acme, "payments-api").fields


def test_what_customers_see_stands_on_services(acme: Catalog) -> None:
    shop = entity(acme, "system:buying-in-the-shop")
    assert "component:default/checkout-service" in shop.texts("dependsOn")
    assert acme.record(parse_ref("system:buying-in-the-shop")) is not None


def test_the_declared_owner_goes_before_who_is_called(acme: Catalog) -> None:
    record = acme.record(parse_ref("component:payments-api"))
    assert record is not None
    first, *_, last = record.facts_on("owner")
    assert (first.source, first.wins) == ("backstage", True)
    assert (last.source, last.wins) == ("pagerduty/oncall", False)
    named = [each.short for each in acme.known_as(str(last.value))]
    assert named == ["group:team-payments"], "the team's name in PagerDuty leads to the team"


def test_every_team_is_one_team(acme: Catalog, account: Account) -> None:
    for team in account.teams:
        (found,) = acme.known_as(f"pagerduty-team:{team.id}")
        assert found.name.startswith("team-"), team.name
