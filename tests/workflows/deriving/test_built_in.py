"""What the built-in rules make of facts, each with its reason."""

from __future__ import annotations

import pytest

from domain.entities import Json, Standing
from tests.workflows.deriving.deriving import Said, claims, derived, manifest, record, workload
from workflows.deriving.built_in import BUILT_IN

RUNS = [workload()]


def said(found: Said, name: str) -> Json:
    return found.get(name, (None, ""))[0]


@pytest.mark.parametrize(
    ("facts", "type_"),
    [
        ({"repo__template": True, "repo__files": ["Dockerfile"]}, "template"),
        ({"workloads": [workload("CronJob"), workload("Job")]}, "job"),
        ({"workloads": [workload("CronJob"), workload("Deployment")]}, "service"),
        ({"workloads": RUNS, "repo__manifests": [manifest("package.json", "npm", "Next.js")]}, "website"),
        (
            {"workloads": RUNS, "repo__manifests": [manifest("package.json", "npm", "react", "express")]},
            "service",
        ),
        ({"repo__files": ["package.json", "netlify.toml"]}, "website"),
        ({"repo__files": ["mkdocs.yml", "README.md"], "repo__language": "HTML"}, "documentation"),
        ({"repo__files": ["mkdocs.yml", "pyproject.toml"]}, "library"),
        ({"repo__files": ["package.json", "docusaurus.config.ts"]}, "documentation"),
        ({"repo__files": ["serverless.yml", "package.json"]}, "service"),
        ({"repo__files": ["services/pay/Dockerfile"]}, "service"),
        ({"repo__manifests": [manifest("package.json", "npm", "vue")]}, "website"),
        ({"repo__manifests": [manifest("pom.xml", "maven", "Spring Boot")]}, "service"),
        ({"repo__manifests": [manifest("Dockerfile", "docker")], "repo__language": "Go"}, "service"),
        ({"repo__files": ["network/main.tf", "README.md"]}, "infrastructure"),
        ({"repo__files": ["Chart.yaml"]}, "infrastructure"),
        ({"repo__files": ["main.tf", "go.mod"], "repo__language": "Go"}, "library"),
        ({"repo__language": "HCL"}, "infrastructure"),
        ({"repo__files": ["Cargo.toml"]}, "library"),
        ({"repo__manifests": [{"path": "go.mod", "ecosystem": "go", "application": True}]}, "service"),
        ({"repo__manifests": [{"path": "go.mod", "ecosystem": "go", "application": False}]}, "library"),
        ({"repo__files": ["README.md"]}, "documentation"),
        ({"repo__files": ["README.md"], "repo__language": "Perl"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_type(facts: dict[str, Json], type_: str | None) -> None:
    assert said(derived(record("pay", **facts)), "type") == type_


@pytest.mark.parametrize(
    ("facts", "lifecycle"),
    [
        ({"repo__archived": True}, "archived"),
        ({"repo__archived": True, "environments": ["prod-eu"]}, "deprecated"),
        ({"repo__archived": False, "repo__topics": ["Deprecated"]}, "deprecated"),
        ({"workloads": RUNS}, "production"),
        ({"environments": ["staging", "live"]}, "production"),
        ({"environments": ["preprod"]}, "experimental"),
        ({"environments": ["pre-prod", "non-prod", "dev"]}, "experimental"),
        ({"repo__release": {"tag": "v0.3.1"}}, "experimental"),
        ({"repo__release": {"tag": "v1.0"}}, "production"),
        ({"repo__created_at": "2026-01-02T00:00:00Z"}, "experimental"),
        ({"repo__created_at": "2025-01-02T00:00:00Z"}, None),
        ({"repo__created_at": "long ago"}, None),
    ],
)  # fmt: skip
def test_lifecycle(facts: dict[str, Json], lifecycle: str | None) -> None:
    assert said(derived(record("pay", **facts)), "lifecycle") == lifecycle


def test_what_left_production_is_at_its_end() -> None:
    assert derived(record("pay", left=RUNS))["lifecycle"] == (
        "deprecated", "it ran in production, and does so no more",
    )  # fmt: skip
    assert said(derived(record("pay", workloads=RUNS, left=RUNS)), "lifecycle") == "production"


@pytest.mark.parametrize(
    ("aliases", "facts", "tier"),
    [
        (["pagerduty:p1"], {"workloads": RUNS, "public": True}, "1"),
        (["pagerduty:p1"], {"workloads": RUNS}, "2"),
        ([], {"workloads": RUNS, "public": True}, "2"),
        ([], {"workloads": RUNS, "public": False}, "3"),
        (["pagerduty:p1"], {"environments": ["dev"], "public": True}, "4"),
        (["pagerduty:p1"], {"public": True}, None),
    ],
)
def test_tier(aliases: list[str], facts: dict[str, Json], tier: str | None) -> None:
    assert said(derived(record("pay", *aliases, **facts)), "tier") == tier


@pytest.mark.parametrize(
    ("facts", "language", "why"),
    [
        (
            {"repo__language": "Go", "repo__languages": {"Go": 840, "Shell": 160}},
            "go", "84 % of its repository's code is Go",
        ),
        ({"repo__language": "C#"}, "c#", "most of its repository's code is C#"),
        ({"repo__files": ["pom.xml"]}, "java", "its package is one of maven"),
        (
            {"repository_path": "web", "repo__language": "Go", "repo__files": ["web/package.json"]},
            "javascript", "its package is one of npm",
        ),
        (
            {"repository_path": "web", "repo__language": "TypeScript", "repo__files": ["web/package.json"]},
            "typescript", "its package is one of npm",
        ),
        (
            {"repo__manifests": [{"path": "b/pom.xml", "ecosystem": "maven", "language": "Kotlin"}]},
            "kotlin", "its package is one of maven",
        ),
        ({"repo__files": ["pom.xml", "go.mod"]}, None, ""),
    ],
)  # fmt: skip
def test_language(facts: dict[str, Json], language: str | None, why: str) -> None:
    found = derived(record("pay", **facts))
    assert found.get("language") == (language and (language, why))


def test_the_framework_is_the_one_that_stands_on_the_others() -> None:
    manifests = [
        manifest("package.json", "npm", "react", "Next.js"),
        manifest("z/pom.xml", "maven", "Quarkus"),
    ]
    assert derived(record("pay", repo__manifests=manifests[:1]))["framework"] == (
        "next", "its package manifest names next",
    )  # fmt: skip
    assert said(derived(record("pay", repo__manifests=manifests)), "framework") == "quarkus"
    assert (
        said(derived(record("pay", repo__manifests=[manifest("x", "npm", "Home-Grown")])), "framework")
        == "home-grown"
    )


def test_a_system_is_what_workloads_topics_or_names_say() -> None:
    checkout = record("system:checkout")
    shop = record("system:web/shop", title="Web Shop")
    pay = record("pay", part_of=["Else", "Checkout"], repo__topics=["system-other"])
    assert derived(pay, checkout)["system"] == (
        "system:default/checkout", "its workloads say that they are part of Checkout",
    )  # fmt: skip
    assert said(derived(record("pay", part_of=["Web Shop"]), shop), "system") == "system:web/shop"
    assert said(derived(record("pay", part_of=["New Thing"])), "system") == "system:default/new-thing"
    topics: list[Json] = ["go", "System-Checkout", "domain-money"]
    found = derived(record("pay", repo__topics=topics), checkout)
    assert found["system"][0] == "system:default/checkout"
    assert found["domain"] == ("domain:default/money", "the topic domain-money of its repository names it")
    named = record("pay", repository="acme/checkout-api")
    assert derived(named, checkout)["system"] == (
        "system:default/checkout", "its repository's name begins with checkout, a system's name",
    )  # fmt: skip
    assert "system" not in derived(named)
    assert "system" not in derived(record("checkouts"), checkout)


def test_a_claim_is_a_remark_with_grounds_for_each_field() -> None:
    [claim] = claims(record("component:shop/pay", workloads=RUNS, repo__files=["Dockerfile"]))
    assert (claim.id, claim.standing) == ("component:shop/pay", Standing.REMARK)
    assert dict(claim.fields) == {"type": "service", "lifecycle": "production", "tier": "3"}
    assert claim.grounds.keys() == claim.fields.keys()
    assert claim.confidence == min(each.confidence for each in claim.grounds.values()) == 0.3
    assert claim.grounds["type"].reason == "it has a Dockerfile and runs as Deployment"


def test_nothing_is_said_of_other_kinds() -> None:
    assert claims(record("api:pay", repo__files=["Dockerfile"]), record("group:pay"), record("pay")) == []


def test_every_row_can_hold_and_has_words() -> None:
    assert {row.field for row in BUILT_IN} == {"type", "lifecycle", "tier"}
    for row in BUILT_IN:
        assert 0 < row.confidence < 1
        assert row.because
