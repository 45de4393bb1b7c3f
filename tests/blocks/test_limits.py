"""Any answer at all is inside Slack's limits, and nothing in it pings, links or moves a terminal's cursor."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocks import limits
from blocks.as_json import json_for
from blocks.home import failed_home
from blocks.message import defect_message, failure_message, message_for, shared
from blocks.plain import text_for
from blocks.views import answer_view
from domain.answers import Answer
from playground.blockkit import check_blocks, check_view
from tests.blocks.explored import ANSWERS
from tests.blocks.hostile import answers, word
from tests.blocks.samples import NOW, texts

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).resolve().parents[3] / "shared" / "specs"))
SPECIAL = re.compile(r"<[^<>]*>")
OURS = re.compile(
    r"<#[CGD]\w+(\|[^<>|]*)?>|<@[UWB]\w+>|<https?://[^<>|\s]+\|[^<>|]+>|<!date\^\d+\^[^<>|]+\|[^<>|]+>"
)
generously = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def schema(name: str) -> jsonschema.Draft7Validator:
    path = SPECS / f"slack-blockkit.{name}.schema.json"
    if not path.exists():
        pytest.skip(f"no {path.name} to hold the blocks to")
    return jsonschema.Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def check_message(blocks: list[dict[str, Any]], text: str) -> None:
    """Hold a message to Slack's limits: the playground's judgement, our own total, no stray markup."""
    check_blocks(blocks)
    assert 0 < len(text) <= limits.FALLBACK_TEXT
    assert sum(map(len, texts(blocks))) <= limits.MESSAGE_TEXT
    marked = [block["text"] for block in marked_texts(blocks)]
    for each in (*marked, text):
        assert all(OURS.fullmatch(special) for special in SPECIAL.findall(each)), each
        assert not re.search(r"&(?!amp;|lt;|gt;)", SPECIAL.sub("", each)), each


def marked_texts(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        here = [value] if value.get("type") == "mrkdwn" else []
        return here + [found for each in value.values() for found in marked_texts(each)]
    return [found for each in value for found in marked_texts(each)] if isinstance(value, list) else []


@generously
@given(answers, st.none() | word)
def test_any_answer_is_a_message_that_slack_takes(answer: Answer, share: str | None) -> None:
    message = message_for(answer, now=NOW, share=share)
    check_message(message.blocks, message.text)
    assert all(text.get("verbatim") for text in marked_texts(message.blocks)), "@here would ping"
    json.dumps(message.blocks, ensure_ascii=False).encode()


@generously
@given(answers, word, word)
def test_any_answer_can_be_shared_and_shown_in_a_view(answer: Answer, words: str, asker: str) -> None:
    public = shared(message_for(answer, now=NOW), words, asker)
    check_message(public.blocks, public.text)
    assert not any("<@" in text["text"] for text in marked_texts(public.blocks)), (
        "a public answer calls nobody"
    )
    check_view(answer_view(public), kinds=("modal",))


@generously
@given(answers)
def test_any_answer_is_text_that_no_terminal_obeys(answer: Answer) -> None:
    lines = text_for(answer, now=NOW).split("\n")
    assert lines[0].strip()
    assert all(
        not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line) for line in lines
    )
    json.dumps(json_for(answer, now=NOW))


@generously
@given(word, word)
def test_bad_news_is_inside_the_limits_too(what: str, hint: str) -> None:
    message = failure_message(what, hint)
    check_message(message.blocks, message.text)
    check_view(failed_home(message), kinds=("home",))


@generously
@given(st.text(st.sampled_from("ab&<;>"), max_size=60), st.integers(2, 40))
def test_a_cut_never_halves_an_entity(foreign: str, limit: int) -> None:
    text = foreign.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    short = limits.cut_mrkdwn(text, limit)
    assert len(short) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", short)


def test_a_cut_never_halves_a_link() -> None:
    assert limits.cut_mrkdwn("see <https://a.example|docs> here", 20) == "see…"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_answers_have_the_shape_of_slacks_own_types(answer: Answer) -> None:
    message = message_for(answer, now=NOW, share="who owns payments")
    schema("Message").validate({"text": message.text, "blocks": message.blocks})
    schema("AppView").validate(answer_view(message))


def test_a_defect_has_the_shape_of_slacks_own_types() -> None:
    message = defect_message("K7QF-2M")
    schema("Message").validate({"text": message.text, "blocks": message.blocks})
    assert "K7QF-2M" in message.text
