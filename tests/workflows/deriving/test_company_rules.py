"""The company's own rules: before the built-in ones, of what they are for, each with its words."""

from __future__ import annotations

from domain.entities import Finding, Json
from tests.workflows.deriving.deriving import claims, derived, record, rule, workload

PAY = record("pay", tags=["kafka"], repo__files=["Dockerfile"], repo__language="Go", custom__pci=True)


def test_the_company_decides_before_the_built_in_rules_and_the_first_rule_before_the_next() -> None:
    rules = (
        rule("'kafka' in entity.tags", "our {entity.repo.language} code on Kafka", set={"type": "stream"}),
        rule("true", "all of ours", set={"type": "thing", "lifecycle": "production"}),
    )
    found = derived(PAY, rules=rules)
    assert found["type"] == ("stream", "our Go code on Kafka")
    assert found["lifecycle"] == ("production", "all of ours")
    assert found["language"][0] == "go"


def test_a_rule_is_as_sure_as_the_company_says() -> None:
    [claim] = claims(PAY, rules=(rule("entity.custom.pci", set={"owner": "team-pci"}, confidence=0.25),))
    assert claim.fields["owner"] == "group:default/team-pci"
    assert claim.grounds["owner"].confidence == 0.25


def test_a_rule_is_for_components_unless_it_says_more() -> None:
    api = record("api:pay", tags=["kafka"])
    when = "entity.kind == 'API' && 'kafka' in entity.tags"
    assert claims(api, rules=(rule(when),)) == []
    assert [claim.fields for claim in claims(api, rules=(rule(when, kinds=["api"]),))] == [{"tier": "1"}]
    assert len(claims(api, record("resource:db"), rules=(rule("true", kinds=[]),))) == 2


def test_every_rule_adds_its_tags() -> None:
    rules = (
        rule("true", "first", set={"tags": ["a", "b"]}),
        rule("true", "second", set={"tags": ["b", "c"]}),
    )
    assert derived(record("pay"), rules=rules) == {"tags": (["a", "b", "c"], "first")}


def test_a_condition_asks_for_what_is_there() -> None:
    holding = [
        "entity.name == 'pay' && entity.namespace == 'default' && entity.ref == 'component:default/pay'",
        "entity.aliases.exists(each, each.startsWith('github:'))",
        "!has(entity.repo.archived) && !has(entity.custom.nothing) && !has(entity.labels.team)",
        "entity['type'] == 'worker' && entity.custom['on-call'].size() == 2",
        "entity.labels['team.acme/name'] == 'x'",
        "entity.workloads.exists(each, each.kind == 'Deployment') && production && runs == ['Deployment']",
        "entity.replicas['a/b'].ready == 2 && entity.big > 1.0",
        "now > timestamp('2026-01-01T00:00:00Z')",
    ]
    pay = record(
        "pay", "github:acme/pay", type="worker", labels={"team.acme/name": "x"}, workloads=[workload()],
        replicas={"a/b": {"desired": 3, "ready": 2}}, big=2**70, definition="x" * 9000,
        **{"custom.on-call": ["a", "b"]},
    )  # fmt: skip
    for when in holding:
        assert derived(pay, rules=(rule(when, set={"tier": "0"}),))["tier"] == ("0", "we say so"), when


def test_what_is_not_there_makes_a_condition_false_and_is_no_mistake() -> None:
    for when in (
        "entity.nothing == 'x'", "entity.nothing != 'x'", "!(entity.nothing == 'x')", "'x' in entity.tags",
        "entity.repo.release.tag == 'v1'", "entity.workloads[0].kind == 'Deployment'",
        "entity.links.exists(each, each.icon == 'x')",
    ):  # fmt: skip
        assert derived(record("pay", links=[{"url": "x"}]), rules=(rule(when),)) == {}, when


def test_a_rule_that_cannot_be_asked_is_told_once_and_the_others_hold() -> None:
    told: list[Finding] = []
    rules = (
        rule("entity.tags > 3", "many tags"),
        rule("entity.name", "no answer"),
        rule("true", set={"type": "x"}),
    )
    found = claims(record("a", tags=["x"]), record("b", tags=["y"]), record("c"), rules=rules, told=told)
    assert [claim.fields["type"] for claim in found] == ["x", "x", "x"]
    overload = "No such overload: the operation is not defined for the given operand types"
    assert [each.problem for each in told] == [
        f"rule 1 (many tags) cannot be asked of component:a: {overload}",
        "rule 2 (no answer) cannot be asked of component:a: it comes to str, and not to true or false",
    ]  # fmt: skip
    assert {(each.path, each.severity) for each in told} == {("idp.yaml", "warning")}


def test_reasons_name_what_they_are_of() -> None:
    many: list[Json] = [f"e{number}" for number in range(5)]
    words = "in {environments}, tagged {entity.tags}, {entity.repo.release.tag}, {entity.nothing}, {else}"
    pay = record("pay", environments=many, repo__release={"tag": "v1"}, tags=["a"])
    assert derived(pay, rules=(rule("true", words),))["tier"][1] == (
        "in e0, e1, e2 and 2 more, tagged a, v1, {entity.nothing}, {else}"
    )
