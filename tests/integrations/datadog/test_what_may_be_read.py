"""Keys that may not read everything: what is left out, what is said of it, and what stays known."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.errors import OutsideFailure
from playground.vendors.datadog import PERMISSIONS
from tests.integrations.datadog.conftest import DatadogStage, Looks, claimants, snapshot

EVERYBODY = [
    "datadog", "datadog/teams", "datadog/people", "datadog/apm", "datadog/slos", "datadog/monitors",
]  # fmt: skip


@pytest.mark.parametrize(
    ("permission", "absent"),
    [
        ("teams_read", {"datadog/teams", "datadog/people"}),
        ("user_access_read", {"datadog/people"}),
        ("apm_read", {"datadog/apm"}),
        ("slos_read", {"datadog/slos"}),
        ("monitors_read", {"datadog/monitors"}),
    ],
)
def test_what_may_not_be_read_is_left_out_and_told(
    stage: DatadogStage, looks: Looks, permission: str, absent: set[str]
) -> None:
    assert claimants(looks()) == EVERYBODY
    stage.datadog.permissions.discard(permission)
    look = looks()
    assert set(EVERYBODY) - set(claimants(look)) == absent
    assert any(f"left out, for want of {permission}: " in note for note in look.notes)

    rows = stage.open().validate()
    (refused,) = [each for each in rows if not each.granted]
    assert refused.name.startswith(f"{permission}: ")
    assert refused.optional
    assert permission in refused.remedy


def test_without_the_definitions_there_is_no_look(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.permissions.discard("apm_service_catalog_read")
    with pytest.raises(OutsideFailure, match="403") as failure:
        looks()
    assert "apm_service_catalog_read" in failure.value.hint
    (refused,) = [each for each in stage.open().validate() if not each.granted]
    assert refused.name.startswith("apm_service_catalog_read")
    assert not refused.optional


def test_wrong_keys_are_told_from_missing_permissions(stage: DatadogStage) -> None:
    stage.datadog.app_key = "revoked"
    rows = stage.open().validate()
    assert [each.granted for each in rows[:2]] == [True, False]
    assert rows[1].name == "credential DD_API_KEY and DD_APP_KEY"
    stage.faults.always = 403  # as some sites answer
    rows = stage.open().validate()
    assert not rows[1].granted
    assert "site" in rows[1].remedy


def test_every_permission_has_a_row(stage: DatadogStage) -> None:
    names = [each.name.partition(":")[0] for each in stage.open().validate()]
    assert set(PERMISSIONS) <= set(names)
    fewer = stage.open(people=False, teams=False, slos=False, monitors=False, environments=[]).validate()
    assert len(fewer) == len(names) - 5


def test_what_was_known_stays_when_a_permission_is_taken_away(
    stage: DatadogStage, sqlite_catalog: Catalog
) -> None:
    source = stage.open()
    sqlite_catalog.apply_all(source.fetch().snapshots, actor="test")
    before = {str(each.ref): dict(each.fields) for each in sqlite_catalog.entities()}
    stage.datadog.permissions = {"apm_service_catalog_read"}
    sqlite_catalog.apply_all(source.fetch().snapshots, actor="test")
    assert {str(each.ref): dict(each.fields) for each in sqlite_catalog.entities()} == before


def test_a_site_without_entities_still_tells_its_definitions(stage: DatadogStage, looks: Looks) -> None:
    stage.datadog.without_entities = True
    look = looks()
    assert len(snapshot(look).claims) == len(stage.datadog.definitions)
    assert not snapshot(look).complete
    assert any("entities of v3 left out" in note for note in look.notes)

    stage.faults.requests.clear()
    government = looks(site="ddog-gov.com")
    assert snapshot(government).complete
    assert "v2/catalog/entity" not in stage.asked
