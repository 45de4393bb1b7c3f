"""What a terminal shows and what a script reads."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from blocks.as_json import json_for
from blocks.plain import text_for
from domain.answers import Answer
from tests.blocks import samples
from tests.blocks.explored import ANSWERS
from tests.blocks.samples import AMBIGUOUS, FOUND, HELP, LISTING, MISSING, NOW, SHOWN, UNCLEAR, found

KINDS = (
    *("path", "path", "why", "why"),
    *("impact", "dependence", "dependence", "search", "audit", "audit"),
    *("gaps", "gaps"),
    *("passages", "shelf"),
    *("oncall", "oncall", "duties"),
    *("operations", "operations"),
    *("spotted", "spotted", "spotted"),
    *("found", "shown", "ambiguous", "missing", "list", "help", "unclear"),
    *("sources", "intended", "synced", "checked", "done", "suggestions", "people"),
)


def test_the_first_line_answers_and_the_rest_is_aligned() -> None:
    assert text_for(FOUND, now=NOW).split("\n") == [
        "Payments API is owned by Payments team · #team-payments",
        "  What    service · tier 1 · production",
        "  People  Ana Silva, Bo Li",
        "  Source  declared in repos/payments-api/catalog-info.yaml:1, read 3 min ago",
        "          CODEOWNERS says platform-team in CODEOWNERS:3, read 3 min ago",
    ]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_a_terminal_gets_no_markup(answer: Answer) -> None:
    assert not set(text_for(answer, now=NOW)) & {"*", "`"}


def test_a_terminal_is_never_written_to_by_a_name() -> None:
    text = text_for(found(samples.entity(title="red\x1b[31m\u202e\nforged line")), now=NOW)
    assert text.startswith("red[31m forged line is owned by")


def test_lists_are_tables() -> None:
    assert text_for(LISTING, now=NOW).split("\n") == [
        "Payments team owns 7 services",
        "Services:",
        "  Payments  service · tier 1 · production · Payments team",
        "  Ledger    service · tier 1 · production · ⚠ nobody owns it",
        "Page 2 of 3; next: what does team-payments own page 3",
    ]
    assert text_for(AMBIGUOUS, now=NOW).split("\n")[1].endswith("component:default/payments · your team's")
    assert "Did you mean" in text_for(MISSING, now=NOW)


def test_the_rest_of_the_answers_have_their_words() -> None:
    assert "Depends on  Ledger" in text_for(SHOWN, now=NOW)
    assert "who owns <thing>" in text_for(HELP, now=NOW)
    assert "list services tier 1" in text_for(UNCLEAR, now=NOW)


@pytest.mark.parametrize(("answer", "kind"), list(zip(ANSWERS, KINDS, strict=True)))
def test_every_answer_is_one_json_object_of_its_kind(answer: Answer, kind: str) -> None:
    shown = json.loads(json.dumps(json_for(answer, now=NOW)))
    assert shown["kind"] == kind
    assert shown["text"] == text_for(answer, now=NOW)


def test_found_is_documented_as_it_is() -> None:
    shown = json.loads(json.dumps(json_for(FOUND, now=NOW)))
    assert shown["entity"] == {
        "ref": "component:default/payments-api",
        "name": "payments-api",
        "title": "Payments API",
        "kind": "Component",
        "vanished_at": None,
    }
    assert shown["owner"]["ref"] == "group:default/team-payments"
    assert shown["owner"]["name"] == "team-payments"
    assert shown["owner"]["people"][0]["slack_user_id"] == "U0ANA"
    assert [source["source"] for source in shown["sources"]] == ["backstage", "codeowners"]
    assert shown["sources"][0] == {
        "field": "owner",
        "source": "backstage",
        "origin": "repos/payments-api/catalog-info.yaml:1",
        "observed_at": "2026-03-04T11:57:00+00:00",
        "age_seconds": 180,
        "age": "3 min ago",
        "confidence": 1.0,
        "reason": "",
        "vanished_at": None,
        "value": "group:default/team-payments",
        "wins": True,
    }


def test_no_owner_is_null() -> None:
    assert json_for(replace(FOUND, owner=None), now=NOW)["owner"] is None


def test_picks_and_suggestions_have_one_shape() -> None:
    ambiguous, missing = (json.loads(json.dumps(json_for(each, now=NOW))) for each in (AMBIGUOUS, MISSING))
    assert missing["suggestions"] == missing["candidates"]
    for shown in (ambiguous, missing):
        assert shown["candidates"][0].keys() >= {"ref", "name", "title", "kind", "owner", "ask"}


def test_a_list_counts_and_pages() -> None:
    shown = json.loads(json.dumps(json_for(LISTING, now=NOW)))
    assert [item["ref"] for item in shown["items"]] == [
        "component:default/payments",
        "component:default/ledger",
    ]
    assert [item["owner"] for item in shown["items"]] == ["group:default/team-payments", None]
    assert (shown["total"], shown["page"], shown["pages"]) == (7, 2, 3)
