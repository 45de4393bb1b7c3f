"""A cortex.yaml describes a service, a team or a domain in the `info` of an OpenAPI document."""

from __future__ import annotations

from domain.entities import Json
from tests.integrations.files.looking import Reads, claims, said

SERVICE = """\
openapi: 3.0.1
info:
  title: Payments API
  description: Takes money.
  x-cortex-tag: payments-api
  x-cortex-type: service
  x-cortex-owners:
    - {type: EMAIL, email: ana@acme.example, description: lead}
    - {type: group, name: payments, provider: CORTEX}
    - {type: slack, channel: pay-alerts, notificationsEnabled: true}
  x-cortex-groups: ["tier:1", exposure:internal]
  x-cortex-service-groups: [Legacy]
  x-cortex-link:
    - {name: Runbook, type: RUNBOOK, url: "https://acme.example/runbook"}
    - {name: Gone, type: OTHER, url: n/a}
  x-cortex-git:
    github: {repository: Acme/Pay, alias: default, basepath: services/pay}
  x-cortex-slack: {channels: [{name: "#payments"}]}
  x-cortex-oncall:
    pagerduty: {id: PABC123, type: SERVICE}
    opsgenie: {id: pay, type: SCHEDULE}
  x-cortex-dependency:
    - {tag: ledger, method: GET, path: /x}
    - tag: pay-queue
  x-cortex-domain-parents: [{tag: money}]
  x-cortex-custom-metadata: {cost-center: 42, reviewed: true}
  x-cortex-slos: {datadog: [{id: x}]}
paths: {}
"""
TEAM = """\
openapi: 3.0.1
info:
  title: Team Payments
  x-cortex-tag: payments
  x-cortex-type: team
  x-cortex-slack-channels: [{name: team-payments, notificationsEnabled: false}]
  x-cortex-team:
    members:
      - {name: Ana Silva, email: ana@acme.example}
      - {name: Bo, email: bo@acme.example, role: lead}
    groups: [{name: pay, provider: GITHUB}]
  x-cortex-parents: [{tag: engineering}]
  x-cortex-children: [{tag: payments-web}]
---
openapi: 3.0.1
info: {title: Money, x-cortex-tag: money, x-cortex-type: domain, x-cortex-parents: [{tag: business}]}
"""


def fields(look: Reads, ref: str, text: str) -> dict[str, Json]:
    return dict(claims(look({"cortex.yaml": text}), "cortex")[ref].fields)


def test_a_service_in_full(reads: Reads) -> None:
    look = reads({"cortex.yaml": SERVICE, "in/cortex.yaml": TEAM})
    assert said(look) == [
        'cortex.yaml:15: warning: the link was left out: "n/a" is no URL. Write a whole URL.'
    ]
    pay = claims(look, "cortex")["component:payments-api"]
    assert pay.aliases == ("github:acme/pay", "pagerduty:pabc123")
    assert pay.fields == {
        "title": "Payments API",
        "description": "Takes money.",
        "type": "service",
        "owner": "group:default/payments",
        "tags": ["tier:1", "exposure:internal", "legacy"],
        "tier": "1",
        "links": [{"url": "https://acme.example/runbook", "title": "Runbook", "type": "runbook"}],
        "repository": "acme/pay",
        "repository_path": "services/pay",
        "channel": "payments",
        "dependsOn": ["component:default/ledger", "component:default/pay-queue"],
        "domain": "domain:default/money",
        "annotations": {"github.com/project-slug": "Acme/Pay", "pagerduty.com/service-id": "PABC123"},
        "custom.tags": ["tier:1", "exposure:internal", "Legacy"],
        "custom.oncall": {"opsgenie": {"id": "pay", "type": "SCHEDULE"}},
        "custom.owners": [
            {"type": "EMAIL", "email": "ana@acme.example", "description": "lead"},
            {"type": "group", "name": "payments", "provider": "CORTEX"},
            {"type": "slack", "channel": "pay-alerts", "notificationsEnabled": True},
        ],
        "custom.cost-center": 42,
        "custom.reviewed": True,
        "custom.slos": {"datadog": [{"id": "x"}]},
    }


def test_teams_and_domains(reads: Reads) -> None:
    look = reads({"cortex.yaml": TEAM})
    team, money = claims(look, "cortex").values()
    assert (team.kind, team.name) == ("Group", "payments")
    assert team.fields == {
        "title": "Team Payments",
        "type": "team",
        "channel": "team-payments",
        "members": ["user:default/ana", "user:default/bo"],
        "parent": "group:default/engineering",
        "children": ["group:default/payments-web"],
        "custom.team": {"groups": [{"name": "pay", "provider": "GITHUB"}]},
    }
    assert (money.kind, money.fields["subdomainOf"]) == ("Domain", "domain:default/business")
    assert said(look) == []


HEAD = "openapi: 3.0.1\ninfo:\n  title: X\n  x-cortex-tag: x\n"


def test_people_own_what_no_group_owns_and_githubs_teams_are_found(reads: Reads) -> None:
    people = f"{HEAD}  x-cortex-owners: [{{type: email, email: bo@acme.example}}]\n"
    assert fields(reads, "component:x", people)["owner"] == "user:default/bo"
    org = "apiVersion: backstage.io/v1alpha1\nkind: Group\nspec: {type: team, children: []}\n"
    org += "metadata: {name: pay, annotations: {github.com/team-slug: acme/payments}}\n"
    teams = f"{HEAD}  x-cortex-owners: [{{type: group, name: acme/payments, provider: GITHUB}}]\n"
    look = reads({"org.yaml": org, "cortex.yaml": teams})
    assert claims(look, "cortex")["component:x"].fields["owner"] == "group:default/pay"


def test_types_of_the_companys_own_and_other_shapes(reads: Reads) -> None:
    found = fields(
        reads,
        "component:x",
        f"{HEAD}  x-cortex-type: Event-Topic\n"
        "  x-cortex-dependency: {cortex: [{tag: a}], aws: {tags: []}}\n"
        "  x-cortex-git: {gitlab: {repository: acme/money/x}, azure: {project: p}}\n"
        "  x-cortex-oncall: {pagerduty: {id: 12435, type: SCHEDULE}}\n",
    )
    assert found["type"] == "event-topic"
    assert found["dependsOn"] == ["component:default/a"]
    assert found["repository"] == "acme/money/x"
    assert found["custom.git"] == {"azure": {"project": "p"}}
    assert found["custom.oncall"] == {"pagerduty": {"id": 12435, "type": "SCHEDULE"}}
    assert found["custom.dependency"] == {"aws": {"tags": []}}


def test_tiers_relations_and_tags_that_are_no_names(reads: Reads) -> None:
    look = reads(
        {
            "cortex.yaml": "openapi: 3.0.1\ninfo:\n  title: '@acme/pay'\n  x-cortex-tag: '@acme/pay'\n"
            "  x-cortex-owners: [{type: group, name: Acme/payments}]\n"
            "  x-cortex-service-groups: [tier-4]\n"
            "  x-cortex-relationships:\n"
            "    - {type: depends-on, destinations: [{tag: fraud}]}\n"
            "    - {type: pages, destinations: [{tag: ops}]}\n",
            "in/cortex.yaml": f"{HEAD}  x-cortex-custom-metadata: {{tier: tier-2, team: {{size: 3}}}}\n"
            "  x-cortex-groups: ['tier:3']\n  x-cortex-dependency: [{tag: '@acme/pay'}]\n",
        }
    )
    pay, other = claims(look, "cortex").values()
    assert (pay.name, pay.fields["title"], pay.aliases) == ("acme-pay", "@acme/pay", ("@acme/pay",))
    assert (pay.fields["owner"], pay.fields["tier"]) == ("group:default/payments", "4")
    assert pay.fields["dependsOn"] == ["component:default/fraud"]
    assert pay.fields["custom.relationships"] == [{"type": "pages", "destinations": [{"tag": "ops"}]}]
    assert (other.fields["tier"], other.fields["custom.team"]) == ("2", {"size": 3})
    assert other.fields["dependsOn"] == ["component:default/acme-pay"]


def test_an_unknown_kind_of_owner_is_refused(reads: Reads) -> None:
    look = reads(
        {"cortex.yaml": f"{HEAD}  x-cortex-owners:\n    - {{type: squad, name: a}}\n    - {{name: b}}\n"}
    )
    assert said(look) == [
        'cortex.yaml:6: error: info.x-cortex-owners[0].type is "squad". Write one of group, email, slack.',
        "cortex.yaml:7: error: the owner has no type. Write type: group, email or slack.",
    ]
