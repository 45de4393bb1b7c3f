"""What a look at Datadog does to a catalog in which people declared their services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from catalog_store.search.index import CatalogIndex
from domain.entities import Claim, Fact, Record
from domain.refs import parse_ref
from integrations.files.source import FilesSource
from tests.catalog_builder import knows, person, resource, service, team
from tests.integrations.datadog.conftest import ACME, NOW, DatadogStage
from workflows.ports import Look

Syncs = Callable[..., Look]


@pytest.fixture
def syncs(stage: DatadogStage, sqlite_catalog: Catalog) -> Syncs:
    """Return what looks once and applies what was seen."""

    def sync(**block: Any) -> Look:
        look = stage.open(**block).fetch()
        sqlite_catalog.apply_all(look.snapshots, actor="test")
        return look

    return sync


def known(catalog: Catalog, ref: str) -> Record:
    record = catalog.record(parse_ref(ref))
    assert record is not None, f"{ref} is not in the catalog"
    return record


def told(catalog: Catalog, ref: str, field: str) -> list[Fact]:
    return list(known(catalog, ref).facts_on(field))


def needs(catalog: Catalog, ref: str) -> list[str]:
    """Return what an entity depends on, as people are answered."""
    index = CatalogIndex.build(catalog.entities(), 1)
    node = index.node(parse_ref(ref))
    assert node is not None
    return sorted(str(index.ref(int(each))) for each in index.related(node, "dependsOn"))


def annotated(name: str, datadog: str, **fields: Any) -> Claim:
    """Return a declared service that says how Datadog calls it."""
    return service(name, f"datadog:{datadog}", **fields)


def calls(stage: DatadogStage, **called: tuple[str, ...]) -> None:
    stage.empty()
    stage.datadog.calls = {"prod": dict(called)}


def test_edges_lead_to_the_declared_services_whatever_datadog_calls_them(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    knows(sqlite_catalog, annotated("checkout-service", "shop"), annotated("payments-api", "pay"))
    calls(stage, shop=("pay", "vouchers"))
    stage.datadog.definitions = [{"schema-version": "v2.2", "dd-service": "shop", "team": "team-checkout"}]
    syncs()
    assert needs(sqlite_catalog, "component:checkout-service") == [
        "component:default/payments-api",
        "component:default/vouchers",
    ]
    (fact,) = told(sqlite_catalog, "component:checkout-service", "dependsOn")
    assert (fact.source, fact.confidence) == ("datadog/apm", 0.9)
    assert fact.reason == "calls them, by APM traces of env prod"
    assert [str(each.ref) for each in sqlite_catalog.entities()] == [
        "component:default/checkout-service", "component:default/payments-api", "component:default/vouchers",
    ]  # fmt: skip


def test_edges_that_are_declared_and_traced_are_told_by_both(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    pay = service("pay", dependsOn=["component:default/ledger"])
    knows(sqlite_catalog, pay, service("ledger"))
    calls(stage, pay=("ledger", "fx-rates"))
    syncs()
    assert needs(sqlite_catalog, "component:pay") == [
        "component:default/fx-rates",
        "component:default/ledger",
    ]
    assert [each.source for each in told(sqlite_catalog, "component:pay", "dependsOn")] == [
        "backstage",
        "datadog/apm",
    ]


def test_what_only_gets_calls_may_be_declared_as_another_kind(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    knows(sqlite_catalog, resource("search-cluster"), service("session-cache"), resource("pay-db"))
    calls(stage, search=("search-cluster", "session-cache", "pay-db"))
    syncs()
    assert needs(sqlite_catalog, "component:search") == [
        "component:default/session-cache",
        "resource:default/pay-db",
        "resource:default/search-cluster",
    ]
    assert len(list(sqlite_catalog.entities())) == 4


def test_a_definition_written_later_takes_over_what_the_traces_found(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    calls(stage, pay=("ledger",))
    syncs()
    assert not told(sqlite_catalog, "component:pay", "owner")
    stage.datadog.definitions = [{"schema-version": "v2.2", "dd-service": "pay", "team": "team-payments"}]
    syncs()
    assert [each.source for each in told(sqlite_catalog, "component:pay", "owner")] == ["datadog"]
    stage.datadog.definitions = []
    syncs()
    assert not known(sqlite_catalog, "component:pay").entity.vanished_at
    assert needs(sqlite_catalog, "component:pay") == ["component:default/ledger"]
    assert len(list(sqlite_catalog.entities())) == 2


def test_a_worker_is_not_taken_for_the_service_whose_repository_and_pager_it_shares(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    pay = service("pay", "github:acme/pay", "pagerduty:ppay")
    knows(sqlite_catalog, pay, service("pay-worker"))
    pager = {"pagerduty": {"service-url": "https://acme.pagerduty.com/service-directory/PPAY"}}
    links = [{"name": "Source", "type": "repo", "url": "https://github.com/acme/pay"}]
    shared = {"schema-version": "v2.2", "links": links, "integrations": pager}
    calls(stage)
    stage.datadog.definitions = [{**shared, "dd-service": "pay-worker", "team": "team-payments"}]
    syncs()
    assert sqlite_catalog.known_as("datadog:pay-worker") == (parse_ref("component:pay-worker"),)
    assert not told(sqlite_catalog, "component:pay", "owner")


def test_people_and_teams_are_those_that_are_declared(
    stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog
) -> None:
    ana = person("ana", "mailto:ana.silva@acme.example")
    knows(sqlite_catalog, ana, team("team-payments"))
    before = stage.datadog.users
    stage.datadog.users = [each for each in before if each.email.startswith("ana.")]
    stage.datadog.teams = stage.datadog.teams[:1]
    syncs()
    found = known(sqlite_catalog, "user:ana").entity.fields
    assert (found["memberOf"], found["accounts"]) == (["group:default/team-payments"], {"datadog": "active"})
    groups = [each for each in sqlite_catalog.entities() if each.ref.kind == "group"]
    assert [each.ref.short for each in groups] == ["group:team-payments"]


def test_acme_in_full(syncs: Syncs, sqlite_catalog: Catalog) -> None:
    files = FilesSource([ACME / "catalog"]).fetch()
    sqlite_catalog.apply_all(files.snapshots, actor="test")
    before = {each.ref for each in sqlite_catalog.entities()}
    look = syncs()
    assert look.findings == ()
    new = {each.ref.short for each in sqlite_catalog.entities() if each.ref not in before}
    assert new == {
        "component:voucher-beta", "resource:loyalty-redis",
        "resource:api.acquirer-one.example", "resource:api.acquirer-two.example",
    }  # fmt: skip
    pay = known(sqlite_catalog, "component:payments-api").entity.fields
    assert pay["owner"] == "group:default/team-payments"
    assert "component:default/fx-rates" in needs(sqlite_catalog, "component:payments-api")
    states = {each["state"] for each in pay["slos"].values()}  # type: ignore[attr-defined]
    assert states == {"breached", "ok"}
    assert pay["monitors"]["datadog"]["alert"] == 1  # type: ignore[index]


def test_a_second_look_changes_nothing(stage: DatadogStage, syncs: Syncs, sqlite_catalog: Catalog) -> None:
    stage.now = NOW
    syncs()
    stage.later(minutes=15)
    made = sqlite_catalog.apply_all(stage.open().fetch().snapshots, actor="test")
    assert [each.number for each in made if each.number] == []
