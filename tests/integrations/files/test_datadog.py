"""Datadog's descriptors of every version become claims."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integrations.files.checkouts import Checkout
from integrations.files.repositories import read_checkouts
from tests.integrations.files.looking import Reads, claims, said

FIRST = """\
schema-version: v1
info: {dd-service: pay, display-name: Payments, description: Takes money., service-tier: Tier 1}
org: {team: payments, application: checkout}
contact: {email: pay@acme.example, slack: "https://acme.slack.com/archives/payments"}
external-resources: [{name: Runbook, type: runbook, url: "https://acme.example/run"}]
tags: ["language:go"]
integrations: {pagerduty: "https://acme.pagerduty.com/service-directory/PABC123", github: "https://github.com/acme/pay"}
extensions: {cost: 1}
"""
SECOND = """\
schema-version: v2
dd-service: pay
team: payments
contacts: [{type: email, contact: pay@acme.example}]
repos: [{name: Source, provider: github, url: "https://github.com/acme/pay/tree/main/api"}]
docs: [{name: Architecture, provider: wiki, url: "https://acme.example/arch"}]
links: [{name: Board, type: dashboard, url: "https://acme.example/board"}]
integrations: {pagerduty: "https://acme.pagerduty.com/service-directory/PABC123"}
"""
LATEST = """\
schema-version: v2.2
dd-service: pay
team: payments
application: checkout
description: Takes money.
tier: High
lifecycle: production
type: web
languages: [go, python]
contacts: [{name: Chat, type: slack, contact: "https://acme.slack.com/archives/payments"}]
links: [{name: Source, type: repo, provider: GitHub, url: "https://gitlab.com/acme/money/pay"}]
tags: ["a:b"]
integrations:
  pagerduty: {service-url: "https://acme.pagerduty.com/service-directory/PABC123"}
  opsgenie: {service-url: "https://www.opsgenie.com/service/123e4567", region: EU}
ci-pipeline-fingerprints: [abc]
extensions: {cost: {center: 1}}
"""
ENTITIES = """\
apiVersion: v3
kind: service
metadata:
  name: Pay
  displayName: Payments
  description: Takes money.
  owner: payments
  additionalOwners: [{name: sre, type: operator}]
  tags: [team:x]
  contacts: [{name: Chat, type: slack, contact: "https://acme.slack.com/archives/payments"}]
  links: [{name: Source, type: repo, url: "https://github.com/acme/pay"}]
spec:
  lifecycle: production
  tier: "1"
  type: grpc
  languages: [go]
  dependsOn: [datastore:ledger, "queue:jobs", service:fraud, library:money]
  componentOf: [system:checkout, service:shop]
integrations:
  pagerduty: {serviceURL: "https://acme.pagerduty.com/service-directory/PABC123"}
  opsgenie: {serviceURL: "https://www.opsgenie.com/service/1"}
datadog:
  codeLocations: [{repositoryURL: "https://github.com/acme/pay", paths: ["**"]}]
  logs: [{name: all, query: "*"}]
extensions: {cost: 1}
---
apiVersion: v3
kind: datastore
metadata: {name: ledger, owner: "user:ana"}
spec: {type: postgres, componentOf: [system:checkout], dependencyOf: [service:shop]}
---
apiVersion: v3
kind: queue
metadata: {name: jobs}
---
apiVersion: v3
kind: api
metadata: {name: pay-api}
spec:
  type: openapi
  interface: {fileRef: "https://github.com/acme/pay/openapi.yaml"}
  implementedBy: [service:pay]
---
apiVersion: v3
kind: system
metadata: {name: checkout}
spec: {type: internal, components: [service:pay], componentOf: [system:shop]}
---
apiVersion: v3
kind: mobile-app
metadata: {name: shop-app}
spec: {dependsOn: [service:pay]}
"""


def test_the_first_version(reads: Reads) -> None:
    look = reads({"service.datadog.yaml": FIRST})
    assert said(look) == []
    pay = claims(look, "datadog")["component:pay"]
    assert pay.aliases == ("github:acme/pay", "pagerduty:pabc123")
    assert pay.fields == {
        "type": "service",
        "title": "Payments",
        "description": "Takes money.",
        "tier": "1",
        "owner": "group:default/payments",
        "system": "system:default/checkout",
        "channel": "payments",
        "links": [{"url": "https://acme.example/run", "title": "Runbook", "type": "runbook"}],
        "tags": ["language:go"],
        "language": "go",
        "repository": "acme/pay",
        "annotations": {"github.com/project-slug": "acme/pay", "pagerduty.com/service-id": "PABC123"},
        "custom.contacts": [{"type": "email", "contact": "pay@acme.example"}],
        "custom.cost": 1,
    }


def test_the_second_version(reads: Reads) -> None:
    look = reads({"service.datadog.yml": SECOND})
    assert said(look) == []
    pay = claims(look, "datadog")["component:pay"]
    assert pay.aliases == ("github:acme/pay", "pagerduty:pabc123")
    links = pay.fields["links"]
    assert isinstance(links, list)
    assert [each["type"] for each in links] == ["repo", "doc", "dashboard"]


def test_the_latest_definition(reads: Reads) -> None:
    look = reads({"service.datadog.yaml": LATEST})
    assert said(look) == []
    pay = claims(look, "datadog")["component:pay"]
    assert pay.aliases == ("gitlab:acme/money/pay", "pagerduty:pabc123")
    assert {
        name: pay.fields[name] for name in ("type", "tier", "language", "lifecycle", "channel", "system")
    } == {
        "type": "web",
        "tier": "High",
        "language": "go",
        "lifecycle": "production",
        "channel": "payments",
        "system": "system:default/checkout",
    }
    assert {name: value for name, value in pay.fields.items() if name.startswith("custom.")} == {
        "custom.languages": ["go", "python"],
        "custom.contacts": [
            {"name": "Chat", "type": "slack", "contact": "https://acme.slack.com/archives/payments"}
        ],
        "custom.integrations": {
            "opsgenie": {"service-url": "https://www.opsgenie.com/service/123e4567", "region": "EU"}
        },
        "custom.ci-pipeline-fingerprints": ["abc"],
        "custom.cost": {"center": 1},
    }


def test_entities(reads: Reads) -> None:
    look = reads({"entity.datadog.yaml": ENTITIES})
    assert said(look) == []
    found = claims(look, "datadog")
    assert list(found) == [
        "component:pay", "resource:ledger", "resource:jobs", "api:pay-api", "system:checkout",
        "mobileapp:shop-app",
    ]  # fmt: skip
    pay = found["component:pay"]
    assert pay.name == "Pay"
    assert pay.fields["dependsOn"] == [
        "resource:default/ledger", "resource:default/jobs", "component:default/fraud",
        "component:default/money",
    ]  # fmt: skip
    assert (pay.fields["system"], pay.fields["subcomponentOf"]) == (
        "system:default/checkout", "component:default/shop",
    )  # fmt: skip
    assert (pay.fields["tier"], pay.fields["title"], pay.fields["type"]) == ("1", "Payments", "grpc")
    assert pay.aliases == ("github:acme/pay", "pagerduty:pabc123")
    assert pay.fields["custom.additionalOwners"] == [{"name": "sre", "type": "operator"}]
    assert found["resource:ledger"].fields == {
        "owner": "user:default/ana",
        "type": "postgres",
        "system": "system:default/checkout",
        "dependencyOf": ["component:default/shop"],
    }
    assert found["resource:jobs"].fields == {"type": "queue"}
    assert found["api:pay-api"].fields == {
        "type": "openapi",
        "definition": "https://github.com/acme/pay/openapi.yaml",
        "custom.implementedBy": ["service:pay"],
    }
    assert found["system:checkout"].fields == {
        "type": "internal",
        "custom.components": ["service:pay"],
        "custom.componentOf": ["system:shop"],
    }
    assert found["mobileapp:shop-app"].kind == "MobileApp"


def test_what_the_spec_says_counts_before_tags(reads: Reads) -> None:
    text = (
        "apiVersion: v3\nkind: service\nmetadata: {name: a, tags: ['tier:essentials']}\nspec: {tier: '0'}\n"
    )
    assert claims(reads({"entity.datadog.yaml": text}), "datadog")["component:a"].fields["tier"] == "0"


LINKED = """\
schema-version: v2.2
dd-service: pay
links:
  - {name: Chart, type: repo, url: "https://github.com/acme/charts/tree/main/pay"}
  - {name: Source, type: repo, url: "https://github.com/acme/pay"}
---
schema-version: v2.2
dd-service: other
links: [{name: Source, type: repo, url: "https://github.com/acme/other"}]
"""


@pytest.mark.parametrize(
    ("repository", "expected"),
    [("Acme/Pay", ("acme/pay", "acme/other")), ("acme/catalog", ("acme/catalog", "acme/other"))],
)
def test_of_linked_repositories_the_one_around_the_file_counts(
    repository: str, expected: tuple[str, str]
) -> None:
    checkout = Checkout("R", repository, "github", {"service.datadog.yaml": LINKED})
    read = read_checkouts([checkout], source="github", observed_at=datetime(2026, 1, 5, tzinfo=UTC))
    claimed = next(each.claims for each in read.snapshots if each.source == "github/datadog")
    assert tuple(each.fields["repository"] for each in claimed) == expected


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("dd-service: pay\n", 1, "schema-version is empty, which is not known. Write schema-version: v2.2"),
        ("schema-version: v9\ndd-service: pay\n", 1, 'schema-version is "v9", which is not known.'),
        (
            "apiVersion: v4\nkind: service\nmetadata: {name: a}\n",
            1,
            'apiVersion is "v4", which is not known.',
        ),
        ("schema-version: v2.2\ndd-service: a\ntype: engine\n", 3, 'type is "engine". Write one of web, db,'),
        (
            "apiVersion: v3\nkind: My Kind\nmetadata: {name: a}\n",
            2,
            'kind is "My Kind". Use lower-case letters',
        ),
        ("schema-version: v2\n", 1, "dd-service is missing. Write the service's name."),
    ],
)
def test_what_is_not_known_is_said(reads: Reads, text: str, line: int, problem: str) -> None:
    look = reads({"service.datadog.yaml": text})
    assert len(said(look)) == 1
    assert said(look)[0].startswith(f"service.datadog.yaml:{line}: error: {problem}")
    assert look.snapshots == ()
