"""Ownership rules: how they are written, which of them are about a whole project, and whom they name."""

from __future__ import annotations

import pytest

from integrations.sentry.rules import deciding, rules_in
from tests.integrations.sentry.stage import SentryStage, of, saw
from workflows.ports import Task

TEXT = """
# checkout
path:src/checkout/*      #payments  Jane.Smith@Acme.Example
url:https://acme.example/*   #web
module:com.acme.pay      #payments
tags.transaction:"/pay/:id with \\"quotes\\"" ops@acme.example
  src/pay/*  bo@acme.example
codeowners:/docs/   #web
path:unowned/*
*    #payments
path:*.py   #web
"""


def test_rules_are_read_as_sentry_reads_them() -> None:
    assert [(each.kind, each.pattern, each.owners) for each in rules_in(TEXT)] == [
        ("path", "src/checkout/*", ("#payments", "jane.smith@acme.example")),
        ("url", "https://acme.example/*", ("#web",)),
        ("module", "com.acme.pay", ("#payments",)),
        ("tags.transaction", '/pay/:id with "quotes"', ("ops@acme.example",)),
        ("path", "src/pay/*", ("bo@acme.example",)),
        ("codeowners", "/docs/", ("#web",)),
        ("path", "unowned/*", ()),
        ("path", "*", ("#payments",)),
        ("path", "*.py", ("#web",)),
    ]


def test_the_last_rule_on_everything_decides() -> None:
    rule = deciding(rules_in("path:* #web\n** #payments\npath:src/* #web\nurl:* #web\ntags.env:* #web\n"))
    assert rule is not None
    assert (rule.line, rule.owners, rule.text) == (2, ("#payments",), "** #payments")


@pytest.mark.parametrize("text", ["", "# nothing\n", "path:src/* #web", "url:* #web", "tags.env:* #web"])
def test_rules_on_parts_decide_nothing(text: str) -> None:
    assert deciding(rules_in(text)) is None


def test_a_rule_on_everything_is_evidence_with_its_words(stage: SentryStage) -> None:
    look = stage.open().fetch(Task())
    claim = of(look, "shop", "ownership")
    assert claim.fields == {"owner": "group:default/web"}
    why = claim.grounds["owner"]
    assert (why.confidence, why.reason) == (0.6, "Sentry's ownership rule in line 3 says: * #web")
    assert why.origin.endswith("/settings/acme/projects/shop/ownership/")
    told = (
        "sentry: 2 ownership rules in 1 projects: 1 of a whole project; 1 of parts of one (path), which say"
    )
    assert look.notes[0].startswith(told)


@pytest.mark.parametrize(
    ("rules", "owner", "confidence"),
    [
        ("* ana@acme.example #web", "group:default/web", 0.6),
        ("* #gone Ana@Acme.Example", "user:default/ana-acme.example", 0.4),
        ("* #gone nobody@acme.example", None, 0),
        ("* never@acme.example", None, 0),
        ("* #web\n*", None, 0),
    ],
)
def test_who_is_named_must_be_there(
    stage: SentryStage, rules: str, owner: str | None, confidence: float
) -> None:
    stage.sentry.state.projects[1].ownership = rules
    claims = saw(stage.open().fetch(Task()), "ownership").claims
    found = [(each.fields["owner"], each.grounds["owner"].confidence) for each in claims]
    assert found == ([] if owner is None else [(owner, confidence)])


def test_rules_that_are_switched_off_say_nothing(stage: SentryStage) -> None:
    stage.sentry.state.projects[1].ownership_active = False
    look = stage.open().fetch(Task())
    assert (saw(look, "ownership").claims, saw(look, "ownership").complete) == ((), True)


@pytest.mark.parametrize(("which", "asked"), [("unclear", 2), ("all", 3), ("none", 0)])
def test_rules_are_read_where_teams_leave_it_open(stage: SentryStage, which: str, asked: int) -> None:
    look = stage.open(ownership_rules=which).fetch(Task())
    assert sum("/ownership/" in each for each in stage.faults.requests) == asked
    assert saw(look, "ownership").complete


def test_one_project_that_hides_its_rules_keeps_what_is_known_by_them(stage: SentryStage) -> None:
    stage.sentry.secret_projects.add("shop")
    look = stage.open(ownership_rules="all").fetch(Task())
    known = {f"service/{each.id}" for each in stage.sentry.state.projects if each.slug != "shop"}
    assert set(saw(look, "ownership").within) == known
    assert any("the ownership rules of 1 projects may not be read (shop)" in each for each in look.notes)
