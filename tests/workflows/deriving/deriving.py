"""Words to tell what rules derive: `derived(component("pay", files=["Dockerfile"]))["type"]`."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.entities import Claim, Entity, Fact, Finding, Json, Record
from domain.refs import parse_ref
from workflows.deriving.blocks import RuleBlock
from workflows.deriving.derive import derive
from workflows.deriving.rules import Rules

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
Said = dict[str, tuple[Json, str]]


def record(ref: str, *aliases: str, left: Json = None, **fields: Json) -> Record:
    """Return a thing of which one source says all fields; `__` in names is a dot.

    `left` are workloads that another source saw once.
    """
    said = {name.replace("__", "."): value for name, value in fields.items()}
    found = parse_ref(ref, "component")
    facts = [Fact(name, value, "github", NOW, 0.9, "", wins=True) for name, value in said.items()]
    if left is not None:
        facts.append(Fact("workloads", left, "kubernetes", NOW, 0.9, "", wins=False, vanished_at=NOW))
    kind = {"api": "API"}.get(found.kind, found.kind.title())
    return Record(Entity(found, found.name, kind, said, aliases), tuple(facts))


def workload(kind: str = "Deployment", environment: str = "production") -> Json:
    return {
        "cluster": "c",
        "namespace": "n",
        "kind": kind,
        "name": "pay",
        "environment": environment,
        "images": [],
    }


def manifest(path: str, ecosystem: str, *frameworks: str) -> Json:
    return {"path": path, "ecosystem": ecosystem, "name": "x", "frameworks": list(frameworks)}


def rule(when: str, because: str = "we say so", **more: object) -> RuleBlock:
    return RuleBlock.model_validate({"when": when, "because": because, "set": {"tier": "1"}, **more})


def claims(
    *records: Record, rules: tuple[RuleBlock, ...] = (), told: list[Finding] | None = None
) -> list[Claim]:
    heard: list[Finding] = []
    found = derive(records, Rules.of(rules), now=NOW, tell=heard.append)
    if told is None:
        assert heard == []
    else:
        told += heard
    return found


def derived(*records: Record, rules: tuple[RuleBlock, ...] = ()) -> Said:
    """Return what is derived of the first record: by field the value and the reason."""
    found = {claim.ref: claim for claim in claims(*records, rules=rules)}
    claim = found.get(records[0].entity.ref)
    return (
        {name: (value, claim.grounds[name].reason) for name, value in claim.fields.items()} if claim else {}
    )
