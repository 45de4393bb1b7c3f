"""What impact, dependence, search and history look like: the first line answers, the buttons go on."""

from __future__ import annotations

from dataclasses import replace

from blocks.as_json import json_for
from blocks.message import message_for
from blocks.plain import text_for
from tests.blocks.explored import AUDIT, AUDIT_OF_ALL, DEPENDENCE, IMPACT, SEARCH
from tests.blocks.samples import NOW, texts


def test_impact_counts_first_then_names_whom_to_warn() -> None:
    lines = text_for(IMPACT, now=NOW).split("\n")
    assert lines[0] == "14 things of 1 owner would feel it if Ledger failed, 3 of tier 1."
    assert lines[1] == "  Warn Payments team (#team-payments)"
    assert "⚠ Nobody owns these · 1 thing:" in lines
    assert "  Web   service · tier 1 · production · 2 steps, through Cart" in lines
    assert lines[-1] == "Page 1 of 2; next: impact of component:default/ledger page 2"


def test_impact_offers_the_next_steps_and_calls_nobody() -> None:
    blocks = message_for(IMPACT, now=NOW, share="impact of ledger").blocks
    shown = list(texts(blocks))
    assert {"Next page", "What depends on Ledger?", "Who is on call for Ledger?", "Share to channel"} <= {
        *shown
    }
    assert not any("<!subteam" in text for text in shown)


def test_impact_as_json_has_where_each_owner_is_reached() -> None:
    answer = json_for(IMPACT, now=NOW)
    assert (answer["kind"], answer["total"], answer["worst_tier"], answer["whole"]) == (
        "impact",
        14,
        "1",
        True,
    )
    groups = answer["groups"]
    assert isinstance(groups, list)
    assert groups[0]["owner"]["slack_channel_id"] == "C0PAY"
    assert [(item["distance"], item["through"]) for item in groups[0]["items"]] == [
        (1, None), (2, "component:default/cart"),
    ]  # fmt: skip


def test_yes_or_no_comes_first() -> None:
    yes = text_for(DEPENDENCE, now=NOW).split("\n")
    assert yes[0] == "Yes: Cart depends on Ledger, through Pay."
    assert yes[1] == "  Cart (service) calls Pay (API) · says catalog file"
    no = text_for(replace(DEPENDENCE, steps=(), backwards=2), now=NOW)
    assert no.startswith(
        "No, as far as the catalog knows: Cart does not depend on Ledger. It is the other way round"
    )
    assert json_for(DEPENDENCE, now=NOW)["depends"] is True


def test_each_hit_says_by_what() -> None:
    assert text_for(SEARCH, now=NOW).split("\n")[:3] == [
        "41 things for “pay”.",
        "  Pay   service · tier 1 · production · Payments team · begins so",
        "  Cart  service · tier 1 · production · Payments team · tag pay",
    ]


def test_an_act_says_when_who_what_and_how_to_take_it_back() -> None:
    lines = text_for(AUDIT, now=NOW).split("\n")
    assert lines[0] == "11 changes to Payments API, the newest 3 hours ago."
    assert lines[1] == "  Wed 4 Mar 09:00 UTC · changed · by Ana Silva, backstage · #12"
    assert lines[2:6] == [
        "    owner: group:default/old → Payments team", "    tags: +c, -a", "    tier: nothing → 1",
        "    and 1 more field",
    ]  # fmt: skip
    assert "sync undo 12" in lines[6]


def test_change_sets_have_their_counts_and_examples() -> None:
    lines = text_for(AUDIT_OF_ALL, now=NOW).split("\n")
    assert lines[0] == "1 change set since 25 Feb 2026, the newest just now."
    assert lines[1] == "  Wed 4 Mar 12:00 UTC · 4 created · by on schedule, github, undoing #12 · #13"
    assert lines[2] == "    component:payments-api created and 3 more"
