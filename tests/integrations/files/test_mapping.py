"""Backstage's nesting becomes flat fields; labels and annotations become the catalog's own words."""

from __future__ import annotations

import hashlib
import textwrap

import pytest

from domain.entities import Entity
from integrations.files.export import export_backstage
from tests.integrations.files.looking import Reads, claims, said

COMPONENT = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Pay-API
  namespace: money
  title: Payments API
  description: Moves money.
  labels: {tier: Tier-1, language: go, acme.example/cost: "7"}
  annotations:
    slack.com/channel: "#pay-ops"
    idp.dev/aliases: "Payments, pay"
    github.com/project-slug: Acme/Pay
    pagerduty.com/service-id: PABC
    sentry.io/project-slug: acme/pay
    jira/project-key: PAY
    backstage.io/kubernetes-id: pay
    github.com/team-slug: acme/not-an-alias-of-a-component
    other/one: x
  tags: [go, pci, go]
  links: [{url: "https://a.example", title: Runbook}]
  data_class: secret
spec:
  type: service
  lifecycle: production
  owner: team-pay
  system: money-system
  domain: money-domain
  providesApis: [pay-v1, default/pay-v2, pay-v1]
  dependsOn: ["resource:db", "component:other/ledger"]
  consumesApis: []
  slo: {target: 99.9}
"""
FIELDS = {
    "title": "Payments API",
    "description": "Moves money.",
    "tier": "1",
    "language": "go",
    "labels": {"acme.example/cost": "7"},
    "channel": "pay-ops",
    "repository": "acme/pay",
    "annotations": {
        "github.com/project-slug": "Acme/Pay",
        "pagerduty.com/service-id": "PABC",
        "sentry.io/project-slug": "acme/pay",
        "jira/project-key": "PAY",
        "backstage.io/kubernetes-id": "pay",
        "github.com/team-slug": "acme/not-an-alias-of-a-component",
        "other/one": "x",
    },
    "tags": ["go", "pci"],
    "links": [{"url": "https://a.example", "title": "Runbook"}],
    "custom.metadata.data_class": "secret",
    "type": "service",
    "lifecycle": "production",
    "owner": "group:money/team-pay",
    "system": "system:money/money-system",
    "domain": "domain:money/money-domain",
    "providesApis": ["api:money/pay-v1", "api:default/pay-v2"],
    "dependsOn": ["resource:money/db", "component:other/ledger"],
    "custom.slo": {"target": 99.9},
}


def test_a_component_in_all_its_fields(reads: Reads) -> None:
    look = reads({"catalog-info.yaml": COMPONENT})
    assert said(look) == []
    claim = claims(look)["component:money/pay-api"]
    assert (claim.name, claim.kind, claim.origin) == ("Pay-API", "Component", "catalog/catalog-info.yaml:1")
    assert claim.fields == FIELDS
    assert claim.aliases == (
        "payments", "pay", "github:acme/pay", "pagerduty:pabc", "sentry:acme/pay", "jira:pay",
        "kubernetes:pay",
    )  # fmt: skip


def test_people_and_teams(reads: Reads) -> None:
    text = """\
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata:
          name: ana
          title: Dr. Ana Silva
          annotations: {slack.com/user-id: U0ANA, github.com/user-login: AnaS}
        spec:
          profile: {displayName: Ana Silva, email: Ana@acme.example, jobTitle: SRE}
          memberOf: [team-pay]
        ---
        apiVersion: backstage.io/v1beta1
        kind: Group
        metadata:
          name: team-pay
          annotations:
            slack.com/channel-id: C0PAY
            slack.com/usergroup-id: S0PAY
            github.com/team-slug: acme/pay
        spec:
          {type: team, children: [], parent: dept, members: [ana, user:other/bo], profile: {email: pay@a.io}}
    """
    look = reads({"org.yaml": textwrap.dedent(text)})
    assert said(look) == []
    ana, team = claims(look)["user:ana"], claims(look)["group:team-pay"]
    assert ana.fields["title"] == "Ana Silva"
    assert ana.fields["custom.metadata.title"] == "Dr. Ana Silva"
    assert ana.fields["custom.profile"] == {"jobTitle": "SRE"}
    assert (ana.fields["email"], ana.fields["slack_user_id"]) == ("Ana@acme.example", "U0ANA")
    assert ana.fields["memberOf"] == ["group:default/team-pay"]
    assert ana.aliases == ("github-user:anas", "slack:u0ana", "mailto:ana@acme.example")
    assert team.aliases == ("github-team:acme/pay", "slack:s0pay", "slack:c0pay", "mailto:pay@a.io")
    assert team.fields["members"] == ["user:default/ana", "user:other/bo"]
    assert team.fields["parent"] == "group:default/dept"
    assert "children" not in team.fields
    assert "apiVersion" not in team.fields


def test_a_tier_may_stand_in_another_label_which_stays(reads: Reads) -> None:
    text = """\
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: a, labels: {acme.example/tier: T2}, annotations: {gitlab.com/project-slug: Acme/A}}
        spec: {type: service, lifecycle: production, owner: x}
    """
    claim = claims(reads({"catalog-info.yml": textwrap.dedent(text)}))["component:a"]
    assert (claim.fields["tier"], claim.fields["labels"]) == ("2", {"acme.example/tier": "T2"})
    assert claim.fields["repository"] == "acme/a"
    assert claim.aliases == ("gitlab:acme/a",)


def test_the_name_that_datadog_has_for_it_leads_to_it(reads: Reads) -> None:
    metadata = "{name: payments-api, annotations: {datadoghq.com/service-name: Pay-Prod}}"
    spec = "{type: service, lifecycle: production, owner: x}"
    text = f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {metadata}\nspec: {spec}\n"
    (claim,) = claims(reads({"catalog-info.yaml": text})).values()
    assert claim.aliases == ("datadog:pay-prod",)


def test_a_source_location_is_another_address_of_the_repository(reads: Reads) -> None:
    text = COMPONENT.replace(
        "other/one: x", "backstage.io/source-location: url:https://github.com/acme/Old-Pay/tree/main/"
    )
    (claim,) = claims(reads({"catalog-info.yaml": text})).values()
    assert {"github:acme/pay", "github:acme/old-pay"} <= set(claim.aliases)
    assert claim.fields["repository"] == "acme/pay"


def test_a_kind_of_its_own_may_mean_something_else_by_owner(reads: Reads) -> None:
    text = "apiVersion: a.example/v1\nkind: Robot\nmetadata: {name: r}\nspec: {owner: false, system: [1]}\n"
    claim = claims(reads({"catalog-info.yaml": text}))["robot:r"]
    assert claim.fields == {"apiVersion": "a.example/v1", "custom.owner": False, "custom.system": [1]}


@pytest.mark.parametrize(
    ("component", "alias"),
    [
        ("", "jira:pay"),
        (", jira/component: ' '", "jira:pay"),
        (", jira/component: Card Vault", "jira:pay/card vault"),
    ],
)
def test_a_jira_component_is_that_and_not_its_project(reads: Reads, component: str, alias: str) -> None:
    text = f"""\
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: vault
          annotations: {{jira/project-key: PAY{component}}}
        spec: {{type: service, lifecycle: production, owner: team-pay}}
    """
    look = reads({"catalog-info.yaml": textwrap.dedent(text)})
    assert said(look) == []
    assert claims(look)["component:vault"].aliases == (alias,)


def test_an_integration_key_becomes_an_alias_that_does_not_tell_it(reads: Reads) -> None:
    key = "0123456789abcdef0123456789abcdef"
    text = COMPONENT.replace("other/one: x", f'pagerduty.com/integration-key: " {key} "')
    look = reads({"catalog-info.yaml": text})
    claim = claims(look)["component:money/pay-api"]
    hashed = hashlib.sha256(key.encode()).hexdigest()[:16]
    assert f"pagerduty-key:{hashed}" in claim.aliases
    assert key not in repr(look)

    entity = Entity(claim.ref, claim.name, claim.kind, claim.fields, claim.aliases)
    exported = "".join(export_backstage([entity]))
    assert key not in exported
    again = claims(reads({"catalog-info.yaml": exported}))["component:money/pay-api"]
    assert set(again.aliases) == set(claim.aliases)
    assert dict(again.fields) == dict(claim.fields)


@pytest.mark.parametrize("written", ['""', '" "'])
def test_an_integration_key_that_is_empty_is_nothing(reads: Reads, written: str) -> None:
    text = COMPONENT.replace("other/one: x", f"pagerduty.com/integration-key: {written}")
    claim = claims(reads({"catalog-info.yaml": text}))["component:money/pay-api"]
    assert not any("key" in each for each in claim.aliases)
    assert "pagerduty.com/integration-key" not in str(claim.fields)
