"""A compass.yml describes one component; ids that only Compass knows lead to entities all the same."""

from __future__ import annotations

import pytest

from tests.integrations.files.looking import Reads, claims, said

ARI = "ari:cloud:compass:13cc:component/dd5a/"
FULL = f"""\
configVersion: 1
name: Payments API
id: {ARI}AAAA-1
description: Takes money.
typeId: SERVICE
ownerId: ari:cloud:identity::team/6eae-b363
fields: {{tier: 1, lifecycle: Active, isMonorepoProject: false}}
links:
  - {{name: null, type: REPOSITORY, url: "https://github.com/Acme/Pay.git"}}
  - {{name: Chat, type: CHAT_CHANNEL, url: "https://acme.slack.com/archives/C047L8AGUKT"}}
  - {{name: On call, type: ON_CALL, url: "https://acme.pagerduty.com/service-directory/PABC123"}}
  - {{name: Board, type: OTHER_LINK, url: nowhere}}
relationships:
  DEPENDS_ON: ["{ARI}BBBB-2", "{ARI}CCCC-3"]
labels: ["language:go", Source:GitHub]
customFields:
  - {{name: platform, type: text, value: web}}
  - {{name: reviewed, type: boolean, value: false}}
"""
TEAM = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: payments, annotations: {idp.dev/aliases: "compass-team:6eae-b363"}}
spec: {type: team, children: []}
"""


def test_a_component_in_full(reads: Reads) -> None:
    ledger = f"name: ledger\nid: {ARI}bbbb-2\ntypeId: CLOUD_RESOURCE\n"
    look = reads({"pay/compass.yml": FULL, "z/compass.yaml": ledger, "org.yaml": TEAM})
    assert said(look) == [
        'pay/compass.yml:12: warning: the link was left out: "nowhere" is no URL. Write a whole URL.'
    ]
    pay, other = claims(look, "compass").values()
    assert pay.aliases == ("compass:aaaa-1", "github:acme/pay", "pagerduty:pabc123")
    assert pay.fields == {
        "title": "Payments API",
        "description": "Takes money.",
        "type": "service",
        "owner": "group:default/payments",
        "tier": "1",
        "lifecycle": "active",
        "language": "go",
        "tags": ["language:go", "source:github"],
        "links": [
            {"url": "https://github.com/Acme/Pay.git", "type": "repository"},
            {"url": "https://acme.slack.com/archives/C047L8AGUKT", "title": "Chat", "type": "chat-channel"},
            {
                "url": "https://acme.pagerduty.com/service-directory/PABC123",
                "title": "On call",
                "type": "on-call",
            },
        ],
        "repository": "acme/pay",
        "slack_channel_id": "C047L8AGUKT",
        "dependsOn": ["resource:default/ledger"],
        "annotations": {"github.com/project-slug": "Acme/Pay", "pagerduty.com/service-id": "PABC123"},
        "custom.ownerId": "ari:cloud:identity::team/6eae-b363",
        "custom.dependsOn": [f"{ARI}BBBB-2", f"{ARI}CCCC-3"],
        "custom.isMonorepoProject": False,
        "custom.platform": "web",
        "custom.reviewed": False,
        "custom.tags": ["language:go", "Source:GitHub"],
    }
    assert (other.kind, other.fields["type"]) == ("Resource", "cloud-resource")


def test_an_owner_whom_nobody_knows_stays_an_id(reads: Reads) -> None:
    look = reads({"compass.yml": FULL})
    fields = claims(look, "compass")["component:payments-api"].fields
    assert "owner" not in fields
    assert "dependsOn" not in fields
    assert fields["custom.ownerId"] == "ari:cloud:identity::team/6eae-b363"


def test_types_of_the_companys_own(reads: Reads) -> None:
    look = reads({"compass.yml": "name: x\ntypeId: ari:cloud:compass:1:component-type/2/3\nfields: null\n"})
    fields = claims(look, "compass")["component:x"].fields
    assert fields == {"type": "other", "custom.typeId": "ari:cloud:compass:1:component-type/2/3"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("typeId: GADGET", 'typeId is "GADGET". Write one of service, library,'),
        ("fields: {tier: 5}", "fields.tier is the number 5. Write one of 1, 2, 3, 4."),
        (
            "fields: {lifecycle: Zombie}",
            'fields.lifecycle is "Zombie". Write one of pre-release, active, deprecated.',
        ),
        ("configVersion: 2", "configVersion is 2, which is not known. Write configVersion: 1."),
        ("customFields: [{value: 1}]", "customFields[0].name is missing. Write the field's name."),
        (
            "relationships: {DEPENDS_ON: [1]}",
            "relationships.DEPENDS_ON[0] is the number 1. Put quotes around it",
        ),
    ],
)
def test_what_compass_refuses_is_refused(reads: Reads, line: str, problem: str) -> None:
    look = reads({"compass.yml": f"name: x\nid: y\n{line}\n"})
    assert len(said(look)) == 1
    assert said(look)[0].startswith(f"compass.yml:3: error: {problem}")
    assert look.snapshots == ()
