"""Generates a company: components with an owner, a system, three dependencies and five tags each.

Always the same for the same size, so that two runs measure the same work.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

from domain.entities import Claim, Snapshot
from domain.refs import Ref

_FIRST = (
    *("account", "billing", "booking", "card", "cart", "catalog", "checkout", "claims", "customer"),
    *("delivery", "fraud", "identity", "invoice", "ledger"),
)
_SECOND = (
    *("audit", "cache", "batch", "event", "export", "gateway", "import", "index", "journal", "limits"),
    *("mail", "notify", "policy", "price", "quota", "report"),
)
_THIRD = ("api", "worker", "web", "job", "service", "sync", "store", "stream", "proxy", "agent")


def name_of(number: int) -> str:
    """Return a component's name, natural and unique: `checkout-quota-worker-1234`."""
    rest, third = divmod(number, len(_THIRD))
    rest, second = divmod(rest, len(_SECOND))
    rest, first = divmod(rest, len(_FIRST))
    return f"{_FIRST[first]}-{_SECOND[second]}-{_THIRD[third]}-{rest}"


def yaml_of(components: int) -> Iterator[str]:
    """Yield the company as Backstage documents: components, and the teams and systems that they name."""
    draw = random.Random(1)
    for number in range(components):
        depends = "".join(
            f"    - component:default/{name_of(draw.randrange(components))}\n" for _ in range(3)
        )
        tags = "".join(f"    - tag-{tag}\n" for tag in draw.sample(range(200), 5))
        yield (
            f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name_of(number)}\n"
            f"  title: Component number {number}\n"
            f"  annotations:\n    github.com/project-slug: bench/{name_of(number)}\n"
            f"  tags:\n{tags}spec:\n  type: service\n  lifecycle: production\n"
            f"  owner: group:default/team-{number % 300}\n  system: system-{number % 500}\n"
            f"  dependsOn:\n{depends}---\n"
        )
    for number in range(300):
        yield (
            f"apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-{number}\n"
            f"spec:\n  type: team\n  children: []\n---\n"
        )
    for number in range(500):
        yield (
            f"apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: system-{number}\n"
            f"spec:\n  owner: team-{number % 300}\n---\n"
        )


def snapshot_of(components: int) -> Snapshot:
    """Return the same company as a snapshot, for measures that do not time the reading."""
    draw = random.Random(1)
    claims = [
        Claim(
            Ref("component", "default", name_of(number)),
            name_of(number),
            "Component",
            {
                "title": f"Component number {number}",
                "description": f"Does part {number} of the work of a company that has a great many parts",
                "type": "service",
                "lifecycle": "production",
                "tier": str(number % 4 + 1),
                "owner": f"group:default/team-{number % 300}",
                "system": f"system:default/system-{number % 500}",
                "dependsOn": sorted(
                    {f"component:default/{name_of(draw.randrange(components))}" for _ in range(3)}
                ),
                "tags": [f"tag-{tag}" for tag in draw.sample(range(200), 5)],
                "repository": f"bench/{name_of(number)}",
            },
            aliases=(f"github:bench/{name_of(number)}", f"pagerduty:p{number:07d}"),
            origin=f"bench.yaml:{number + 1}",
        )
        for number in range(components)
    ]
    for kind, count in (("Group", 300), ("System", 500)):
        claims += [
            Claim(Ref(kind.lower(), "default", name), name, kind, {"type": "team"})
            for name in (f"{'team' if kind == 'Group' else 'system'}-{number}" for number in range(count))
        ]
    return Snapshot("backstage", datetime(2026, 1, 1, tzinfo=UTC), tuple(claims))
