"""What a pasted text leads to, the search's modal and menu, and the card under a link."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from blocks import limits, names
from blocks.message import message_for
from blocks.plain import text_for
from blocks.searching import grouped, search_view
from blocks.unfurls import card_for
from domain.answers import Answer
from playground.blockkit import check_blocks, check_view, option_problems
from tests.blocks.hostile import answers, founds, things
from tests.blocks.samples import FOUND, IN_VAIN, NOW, ON_CALL, SPOTTED, SPOTTED_ONE, buttons, texts, thing
from tests.blocks.test_limits import check_message, generously


def shown(answer: Answer) -> list[str]:
    return list(texts(message_for(answer, now=NOW, share="who owns this").blocks))


def test_several_are_a_line_each_with_what_led_there() -> None:
    lines = shown(SPOTTED)
    assert lines[0] == "5 things are named here, of *Payments team*."
    assert "named by the link `github.com/acme/pay/pull/3`" in lines[1]
    assert lines[2].startswith("Nobody owns *Payments API*")
    assert "and 3 more things" in lines
    assert "who owns component:default/payments-api" in buttons(message_for(SPOTTED, now=NOW).blocks).values()


def test_one_is_its_card_and_can_be_shared_as_a_question() -> None:
    blocks = message_for(SPOTTED_ONE, now=NOW, share="who owns this").blocks
    assert shown(SPOTTED_ONE)[0].startswith("*Payments API* is owned by *Payments team*")
    assert buttons(blocks)["Share to channel"] == "who owns component:default/payments-api"


def test_none_says_what_was_looked_up_and_offers_the_search() -> None:
    assert shown(IN_VAIN)[0] == "Nothing in it leads to anything in the catalog."
    assert "`https://sandwich.example/menu`" in shown(IN_VAIN)[1]
    assert names.SEARCH_OPEN in json.dumps(message_for(IN_VAIN, now=NOW).blocks)
    assert "too long to be read to its end" in text_for(IN_VAIN, now=NOW)


def test_the_menu_puts_kinds_together_and_says_whose_each_is() -> None:
    offers = [("a", thing("pay", "Pay")), ("b", thing("pay", "Pay", "API")), ("c", thing("led", "Led"))]
    services, apis = grouped(offers)
    assert list(texts(services["options"])) == [
        "Pay · service · Payments team",
        "Led · service · Payments team",
    ]
    assert services["label"] == {"type": "plain_text", "text": "Services"}
    assert list(texts(apis["options"])) == ["Pay · Payments team"]


@generously
@given(st.lists(st.tuples(st.text(min_size=1, max_size=limits.OPTION_VALUE), things), max_size=9))
def test_any_menu_is_one_that_slack_takes(offers: list[tuple[str, Any]]) -> None:
    if groups := grouped(offers * 20):
        assert option_problems({"option_groups": groups}) == []


@generously
@given(answers)
def test_the_search_holds_any_answer(answer: Answer) -> None:
    check_view(search_view(message_for(answer, now=NOW)))


def test_a_card_names_nobody_in_a_way_that_calls() -> None:
    card: Any = card_for(replace(FOUND, on_call=ON_CALL), NOW)
    told = json.dumps(card)
    assert "Payments team" in told
    assert "on call: Ana Silva" in told
    assert "<@" not in told
    assert "button" not in told


@generously
@given(founds)
def test_any_card_is_inside_the_limits(found: Any) -> None:
    card: Any = card_for(found, NOW)
    check_blocks(card["blocks"])
    check_message(card["blocks"], "x")
