"""How what PagerDuty has finds what the catalog knows: by annotation, by key, by name, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from domain.entities import EVERYTHING, Claim, Record, Snapshot
from domain.refs import parse_ref
from integrations.files.source import FilesSource
from tests.catalog_store.sightings import DAY, component, declared, known, leads_to, refs
from tests.integrations.pagerduty.stage import KEY, PagerDutyStage, account
from workflows.ports import Look, Task

WRITTEN = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: money
  annotations: {{{annotation}}}
spec: {{type: service, lifecycle: production, owner: group:default/payments}}
"""


@pytest.fixture
def catalog(sqlite_catalog: Catalog) -> Catalog:
    return sqlite_catalog


def apply(catalog: Catalog, look: Look) -> None:
    for each in look.snapshots:
        catalog.apply(each, actor="test")


def written(catalog: Catalog, folder: Path, annotation: str) -> None:
    """Let a catalog file declare the component `money`."""
    (folder / "catalog-info.yaml").write_text(WRITTEN.format(annotation=annotation), "utf-8")
    apply(catalog, FilesSource([folder]).fetch())


def looks(catalog: Catalog, stage: PagerDutyStage, **options: Any) -> None:
    apply(catalog, stage.open(**options).fetch(Task()))


def components(catalog: Catalog) -> list[str]:
    return [each for each in refs(catalog) if each.startswith("component:")]


def on_call(record: Record) -> list[str]:
    oncall = record.entity.fields["oncall"]
    assert isinstance(oncall, dict)
    return list(oncall)


@pytest.mark.parametrize(
    "annotation",
    ["pagerduty.com/service-id: PPAY1AP", f"pagerduty.com/integration-key: {KEY}"],
)
@pytest.mark.parametrize("standing", ["seen", "remark"])
def test_an_annotation_leads_to_the_component(
    catalog: Catalog, stage: PagerDutyStage, tmp_path: Path, annotation: str, standing: str
) -> None:
    written(catalog, tmp_path, annotation)
    looks(catalog, stage, services=standing)

    new = {"component:fax-gateway"} if standing == "seen" else set()
    assert set(components(catalog)) == {"component:money", *new}
    record = known(catalog, "money")
    assert on_call(record) == ["pagerduty:pepay"]
    assert list(record.entity.fields["incidents"]) == ["pagerduty:qinc001"]  # type: ignore[call-overload]
    assert KEY not in repr(record)


def test_the_same_name_leads_to_the_component(catalog: Catalog, stage: PagerDutyStage) -> None:
    catalog.apply(_declares(declared("Payments-API", title="Money")), actor="test")
    looks(catalog, stage)
    assert set(components(catalog)) == {"component:payments-api", "component:fax-gateway"}
    assert on_call(known(catalog, "payments-api")) == ["pagerduty:pepay"]


@pytest.mark.parametrize("standing", ["seen", "remark"])
def test_a_group_with_the_same_annotation_takes_nothing_away(
    catalog: Catalog, stage: PagerDutyStage, standing: str
) -> None:
    group = declared("payers", "pagerduty:ppay1ap", kind="Group")
    catalog.apply(_declares(declared("money", "pagerduty:ppay1ap"), group), actor="test")
    looks(catalog, stage, services=standing)
    assert on_call(known(catalog, "money")) == ["pagerduty:pepay"]


def test_what_nothing_matches_is_new_and_nothing_where_it_may_only_add(
    catalog: Catalog, stage: PagerDutyStage
) -> None:
    looks(catalog, stage, services="remark")
    assert components(catalog) == []
    looks(catalog, stage)
    assert set(components(catalog)) == {"component:payments-api", "component:fax-gateway"}
    assert leads_to(catalog, "pagerduty:ppay1ap") == ["component:payments-api"]


def test_a_renamed_service_is_followed(catalog: Catalog, stage: PagerDutyStage) -> None:
    looks(catalog, stage)
    stage.pagerduty.acts.rename("PFAX001", "Paper Gateway")
    apply(catalog, stage.open().fetch(Task(only=("service/PFAX001",))))
    assert set(components(catalog)) == {"component:payments-api", "component:paper-gateway"}
    assert leads_to(catalog, "fax-gateway") == ["component:paper-gateway"]


def test_people_are_who_they_are_by_their_address(catalog: Catalog, stage: PagerDutyStage) -> None:
    ana = declared("ana", "mailto:ana.silva@acme.example", kind="User", memberOf=["group:default/team-pay"])
    team = declared("team-pay", kind="Group", title="Payments")
    catalog.apply(_declares(ana, team), actor="test")
    looks(catalog, stage)

    assert "user:ana" in refs(catalog)
    assert leads_to(catalog, "pagerduty-user:puana") == ["user:ana"]
    assert leads_to(catalog, "pagerduty-team:pteampa") == ["group:team-pay"]
    assert [each for each in refs(catalog) if each.startswith("user:")] == [
        "user:ana", "user:kwame.mensah-acme.example", "user:mikkel.jensen-acme.example",
    ]  # fmt: skip
    group = catalog.record(parse_ref("team-pay", "group"))
    assert group is not None
    assert on_call(group) == ["pagerduty:pepay"]


def test_the_owner_is_the_weakest_evidence_and_says_why(catalog: Catalog, stage: PagerDutyStage) -> None:
    looks(catalog, stage)
    (fact,) = known(catalog, "payments-api").facts_on("owner")
    assert (fact.source, fact.wins, fact.confidence) == ("pagerduty/oncall", True, 0.6)
    assert "Payments On-Call" in fact.reason

    catalog.apply(_declares(declared("payments-api", owner="group:default/ledger")), actor="test")
    owners = known(catalog, "payments-api").facts_on("owner")
    assert [(each.value, each.wins) for each in owners] == [
        ("group:default/ledger", True), ("group:default/payments", False),
    ]  # fmt: skip


def test_an_incident_that_is_over_is_gone_and_nothing_else_is(
    catalog: Catalog, stage: PagerDutyStage
) -> None:
    looks(catalog, stage)
    before = known(catalog, "payments-api").entity.fields
    stage.pagerduty.acts.resolve("QINC001")
    apply(catalog, stage.open().fetch(Task(only=("incidents/PPAY1AP",))))
    after = known(catalog, "payments-api").entity.fields
    assert "incidents" in before
    assert {name: value for name, value in before.items() if name != "incidents"} == after


def test_a_look_at_a_part_keeps_the_structure(catalog: Catalog, stage: PagerDutyStage) -> None:
    source = stage.open()
    first = source.fetch(Task())
    apply(catalog, first)
    before = refs(catalog)
    apply(catalog, source.fetch(Task(cursor=first.cursor)))
    assert refs(catalog) == before
    assert "system:buying" in before


def test_a_deleted_service_vanishes_at_once(catalog: Catalog, stage: PagerDutyStage) -> None:
    looks(catalog, stage)
    stage.pagerduty.acts.delete("PFAX001")
    apply(catalog, stage.open().fetch(Task(only=("service/PFAX001",))))
    assert known(catalog, "fax-gateway").entity.vanished_at is not None
    assert known(catalog, "payments-api").entity.vanished_at is None


def test_two_services_of_one_name_are_two(catalog: Catalog, stage: PagerDutyStage) -> None:
    twins = [{"id": id_, "name": "Payments API", "policy": "PEPAY"} for id_ in ("PTWIN01", "PTWIN02")]
    stage.pagerduty.hold(account(services=twins, business_services=[], incidents=[]))
    looks(catalog, stage)
    assert len(components(catalog)) == 2
    assert catalog.record(component("payments-api")) is not None


def _declares(*claims: Claim) -> Snapshot:
    return Snapshot("backstage", DAY[0], claims, (EVERYTHING,))
