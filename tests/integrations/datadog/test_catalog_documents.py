"""Definitions of all versions and entities of v3 become services, and what else they describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from domain.entities import Finding, Standing
from integrations.datadog.documents import documents
from integrations.datadog.pages import Read
from integrations.datadog.services import described
from tests.integrations.datadog.conftest import DatadogStage, Looks, seen, snapshot


def defines(stage: DatadogStage, *documents: Mapping[str, Any]) -> None:
    """Let the organization have these definitions and entities alone."""
    stage.empty()
    stage.datadog.definitions = [dict(each) for each in documents if "apiVersion" not in each]
    stage.datadog.entities = [dict(each) for each in documents if "apiVersion" in each]


def test_a_definition_of_the_latest_version(looks: Looks) -> None:
    pay = seen(looks())["service/payments-api"]
    assert (str(pay.ref), pay.standing) == ("component:default/payments-api", Standing.SEEN)
    assert pay.aliases == ("datadog:payments-api", "github:acme/payments-api")
    said = {"owner", "system", "tier", "lifecycle", "type", "language", "channel", "repository"}
    assert {name: value for name, value in pay.fields.items() if name in said} == {
        "owner": "group:default/team-payments",
        "system": "system:default/payments-platform",
        "tier": "1",
        "lifecycle": "production",
        "type": "web",
        "language": "go",
        "channel": "team-payments",
        "repository": "acme/payments-api",
    }
    assert pay.origin == "https://app.datadoghq.eu/software?entity=service%3Apayments-api"


def test_earlier_versions(looks: Looks) -> None:
    found = seen(looks())
    assert found["service/checkout-service"].fields["description"] == (
        'Walks an order from "pay now" to "thank you".'
    )
    links: Any = found["service/orders-api"].fields["links"]
    assert [each["type"] for each in links] == ["repo", "doc"]


def test_the_very_first_version(stage: DatadogStage, looks: Looks) -> None:
    info = {"dd-service": "old-one", "display-name": "The old one", "service-tier": "Tier 3"}
    defines(stage, {"schema-version": "v1", "info": info, "org": {"team": "team-ledger"}})
    (claim,) = seen(looks()).values()
    assert claim.aliases == ("datadog:old-one",)
    assert (claim.fields["title"], claim.fields["tier"]) == ("The old one", "3")
    assert claim.fields["owner"] == "group:default/team-ledger"


def test_an_entity_of_the_third_version_with_what_it_is_made_of(looks: Looks) -> None:
    found = seen(looks())
    ledger = found["service/ledger"]
    assert ledger.fields["dependsOn"] == ["resource:default/ledger-db"]
    assert ledger.fields["system"] == "system:default/core-ledger"
    assert ledger.fields["custom.additionalOwners"] == [{"name": "team-sre", "type": "operator"}]
    store, system = found["datastore/default/ledger-db"], found["system/default/core-ledger"]
    assert (store.kind, store.aliases) == ("Resource", ("datadog:ledger-db",))
    assert (system.kind, system.aliases) == ("System", ("datadog-system:core-ledger",))


@pytest.mark.parametrize(
    ("written", "shown", "owner"),
    [("v2.2", "v2.2", "team-payments"), ("v1", "v3", "team-payments"), ("v3", "v3", "team-ledger")],
)
def test_a_service_in_both_lists_is_taken_as_it_was_written(written: str, shown: str, owner: str) -> None:
    schema = {"schema-version": "v2.2", "dd-service": "both", "team": "team-payments"}
    meta = {"ingested-schema-version": written}
    entity = {"apiVersion": shown, "kind": "service", "metadata": {"name": "Both", "owner": "team-ledger"}}
    found, doubts = documents(
        Read(({"attributes": {"schema": schema, "meta": meta}},)),
        Read(({"id": "e"},), ({"id": "e", "attributes": {"schema": entity}},)),
    )
    (claim,) = described(found, (), "https://app.datadoghq.eu").claims
    assert claim.fields["owner"] == f"group:default/{owner}"
    assert doubts == ()


def test_an_entity_without_its_document_is_what_the_list_says() -> None:
    about = {"kind": "service", "name": "pay", "owner": "team-risk", "displayName": "Pay", "tags": ["a"]}
    found, _ = documents(Read(()), Read(({"id": "e", "attributes": about},)))
    (claim,) = described(found, (), "https://app.datadoghq.eu").claims
    assert (claim.fields["owner"], claim.fields["title"]) == ("group:default/team-risk", "Pay")


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("team-payments", "group:default/team-payments"),
        ("Payments Engineering", "group:default/team-payments"),
        ("group:team-payments", "group:default/team-payments"),
        ("Nobody's Team", "group:default/nobody-s-team"),
        ("ana.silva@acme.example", "user:default/ana.silva-acme.example"),
        ("user:ana", "user:default/ana"),
    ],
)
def test_an_owner_is_a_team_by_its_handle_or_title(
    stage: DatadogStage, looks: Looks, words: str, ref: str
) -> None:
    stage.datadog.definitions = [{"schema-version": "v2.1", "dd-service": "mine", "team": words}]
    assert seen(looks())["service/mine"].fields["owner"] == ref


def test_a_name_in_telemetry_is_the_services_where_a_store_has_it_too(
    stage: DatadogStage, looks: Looks
) -> None:
    store = {"apiVersion": "v3", "kind": "datastore", "metadata": {"name": "ledger"}}
    elsewhere = {"apiVersion": "v3", "kind": "service", "metadata": {"name": "ledger", "namespace": "eu"}}
    defines(stage, {"schema-version": "v2.2", "dd-service": "ledger"}, store, elsewhere)
    found = {key: each.aliases for key, each in seen(looks()).items()}
    assert found == {
        "service/ledger": ("datadog:ledger",),
        "datastore/default/ledger": ("datadog-datastore:ledger",),
        "service/eu/ledger": ("datadog-service:eu/ledger",),
    }


def test_what_two_services_name_leads_to_neither(stage: DatadogStage, looks: Looks) -> None:
    links = [{"name": "Source", "type": "repo", "url": "https://github.com/acme/mono"}]
    pager = {"pagerduty": {"service-url": "https://acme.pagerduty.com/service-directory/PMONO"}}
    both = {"schema-version": "v2.2", "links": links, "integrations": pager}
    defines(stage, {**both, "dd-service": "one"}, {**both, "dd-service": "two"})
    claims = seen(looks()).values()
    assert [each.aliases for each in claims] == [("datadog:one",), ("datadog:two",)]
    assert {each.fields["repository"] for each in claims} == {"acme/mono"}


def test_what_cannot_be_read_of_a_document_is_left_out_of_it(stage: DatadogStage, looks: Looks) -> None:
    odd = {"schema-version": "v2.2", "dd-service": "odd", "team": "team-risk", "type": "quantum", "tags": [1]}
    defines(stage, odd)
    look = looks()
    assert seen(look)["service/odd"].fields["owner"] == "group:default/team-risk"
    assert snapshot(look).complete
    assert [(each.path, each.severity) for each in look.findings] == [("service:odd", "warning")] * 2
    assert {each.problem for each in look.findings} == {'type is "quantum"', "tags[0] is the number 1"}


def test_later_versions_are_read_as_the_last_that_is_known(stage: DatadogStage, looks: Looks) -> None:
    entity = {"apiVersion": "v4", "kind": "service", "metadata": {"name": "new", "owner": "team-risk"}}
    defines(stage, {"schema-version": "v2.7", "dd-service": "newer", "team": "team-sre"}, entity)
    found = seen(looks())
    assert found["service/newer"].fields["owner"] == "group:default/team-sre"
    assert found["service/new"].fields["owner"] == "group:default/team-risk"


def test_a_document_without_a_name_is_a_finding_and_nothing_is_taken_for_gone(
    stage: DatadogStage, looks: Looks
) -> None:
    defines(
        stage, {"schema-version": "v2.2", "team": "team-sre"}, {"schema-version": "v2", "dd-service": "a"}
    )
    look = looks()
    assert list(seen(look)) == ["service/a"]
    remedy = "Give it one in Datadog, or delete it."
    assert Finding("service definitions[0]", 0, "it has no name", remedy) in look.findings
    assert not snapshot(look).complete
    assert snapshot(look, "/teams").complete


def test_a_second_definition_of_one_service_is_left_out(stage: DatadogStage, looks: Looks) -> None:
    one = {"schema-version": "v2.2", "dd-service": "pay", "team": "team-payments"}
    defines(stage, one, {**one, "dd-service": "PAY", "team": "team-risk"})
    look = looks()
    assert seen(look)["service/pay"].fields["owner"] == "group:default/team-payments"
    assert "PAY is there a second time" in {each.problem for each in look.findings}
