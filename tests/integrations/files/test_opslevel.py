"""An opslevel.yml declares components, or says who owns the repository around it."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.entities import Standing
from integrations.files.checkouts import Checkout
from integrations.files.repositories import read_checkouts
from tests.integrations.files.looking import Reads, claims, component, said

FULL = """\
version: 1
component:
  name: Payments API
  type: Service
  description: Takes money.
  lifecycle: generally_available
  tier: tier_1
  product: Checkout
  owner: payments_team
  system: money
  language: Go
  framework: gin
  aliases: [pay, Pay API]
  tags:
    - {key: db, value: mysql}
    - {key: Go-Version, value: 1.22}
  tools:
    - {name: PagerDuty, category: incidents, url: "https://acme.pagerduty.com/services/PTOOL12"}
    - {name: Logs, category: logs, url: "https://logs.acme.example/pay", environment: Production}
    - {name: Broken, category: other, url: nowhere}
  repositories:
    - {name: "github.com:acme/Pay", path: /api/, display_name: Pay}
    - {name: acme/pay-config, provider: github}
  dependencies:
    - {alias: order_service, notes: pub sub}
    - {alias: elsewhere}
  alert_sources:
    - {type: pagerduty, external_id: PALERT1}
  properties: {reviewed: true}
"""
ORDERS = "version: 1\nservice:\n  name: Order Service\n"


def test_a_component_in_full(reads: Reads) -> None:
    look = reads({"a/opslevel.yml": FULL, "z/opslevel.yml": ORDERS})
    assert said(look) == [
        'a/opslevel.yml:20: warning: the tool Broken was left out: "nowhere" is no URL. Write a whole URL.'
    ]
    pay, orders = claims(look, "opslevel").values()
    assert (str(pay.ref), pay.name, pay.kind) == (
        "component:default/payments-api",
        "payments-api",
        "Component",
    )
    assert pay.origin == "catalog/a/opslevel.yml:1"
    assert pay.aliases == ("pay", "pay api", "payments_api", "github:acme/pay", "pagerduty:palert1")
    assert pay.fields == {
        "title": "Payments API",
        "type": "service",
        "description": "Takes money.",
        "lifecycle": "generally_available",
        "tier": "1",
        "owner": "group:default/payments_team",
        "system": "system:default/money",
        "language": "Go",
        "tags": ["db:mysql", "go-version:1-22"],
        "links": [
            {"url": "https://acme.pagerduty.com/services/PTOOL12", "title": "PagerDuty", "type": "incidents"},
            {"url": "https://logs.acme.example/pay", "title": "Logs (Production)", "type": "logs"},
        ],
        "dependsOn": ["component:default/order-service", "component:default/elsewhere"],
        "repository": "acme/pay",
        "repository_path": "api",
        "annotations": {"github.com/project-slug": "acme/Pay", "pagerduty.com/service-id": "PALERT1"},
        "custom.tags": ["db:mysql", "Go-Version:1.22"],
        "custom.product": "Checkout",
        "custom.framework": "gin",
        "custom.reviewed": True,
        "custom.alert_sources": [{"type": "pagerduty", "external_id": "PALERT1"}],
        "custom.repositories": [
            {"name": "github.com:acme/Pay", "path": "/api/", "display_name": "Pay"},
            {"name": "acme/pay-config", "provider": "github"},
        ],
    }
    assert orders.fields == {"title": "Order Service", "type": "service"}


def test_owners_are_found_among_what_is_declared(reads: Reads) -> None:
    team = "apiVersion: backstage.io/v1alpha1\nkind: Group\n"
    team += "metadata: {name: pay, title: Payments Team}\nspec: {type: team, children: []}\n"
    look = reads({"org.yaml": team, "opslevel.yml": "version: 1\nservice: {name: a, owner: payments team}\n"})
    assert claims(look, "opslevel")["component:a"].fields["owner"] == "group:default/pay"


def test_several_components_and_documents(reads: Reads) -> None:
    look = reads(
        {"opslevel.yml": "version: 1\ncomponents:\n  - name: a\n  - name: b\n---\nservice: {name: c}\n"}
    )
    assert list(claims(look, "opslevel")) == ["component:a", "component:b", "component:c"]
    assert said(look) == []


REPOSITORY = "---\nversion: 1\nrepository:\n  owner: dx_sdks\n  tier: Tier 3\n  tags:\n"


def test_a_repository_is_a_resource_where_nobody_lists_it(reads: Reads) -> None:
    look = reads({"opslevel.yml": REPOSITORY})
    claim = claims(look, "opslevel")["resource:catalog"]
    assert claim.fields == {"type": "repository", "owner": "group:default/dx_sdks", "tier": "3"}


def test_a_repository_that_a_host_lists_gets_a_remark() -> None:
    files = {"opslevel.yml": REPOSITORY, "jobs/opslevel.yml": ORDERS, "CODEOWNERS": "* @acme/x\n"}
    now = datetime(2026, 1, 5, tzinfo=UTC)
    read = read_checkouts(
        [Checkout("R1", "acme/Pay", "github", files), Checkout("R2", "other/pay", "github", files)],
        source="github",
        observed_at=now,
    )
    found = {each.id: each for each in read.snapshots[1].claims}
    assert list(found) == ["R1#component:default/order-service", "R1", "R2"]
    remark = found["R1"]
    assert (remark.standing, remark.same_as) == (Standing.REMARK, ("github:acme/pay",))
    assert (str(remark.ref), remark.kind) == ("component:default/pay", "Component")
    assert remark.fields == {"owner": "group:default/dx_sdks", "tier": "3"}
    assert remark.origin == "acme/Pay/opslevel.yml:2"
    assert found["R1#component:default/order-service"].fields["repository_path"] == "jobs"
    assert [str(each.ref) for each in read.declared["R1"]] == ["component:default/order-service"]


def test_rules_speak_of_opslevels_components_too(reads: Reads) -> None:
    look = reads({"CODEOWNERS": "* @acme/pay\n", "opslevel.yml": ORDERS, "catalog-info.yaml": component("b")})
    assert sorted(claims(look, "codeowners")) == ["component:b", "component:order-service"]
