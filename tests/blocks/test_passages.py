"""How documentation is shown: code as code, foreign text harmless, buttons to go on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from blocks.as_json import json_for
from blocks.message import message_for
from blocks.passages import quotation
from blocks.pens import BACKQUOTE, Mrkdwn, Terminal
from domain.passages import PassageHit
from tests.blocks.samples import NOW, PASSAGES, SHELF, buttons, texts, thing


def shown(answer: object) -> str:
    return "\n".join(texts(message_for(answer, now=NOW).blocks))  # type: ignore[arg-type] # samples are answers


def test_the_passage_is_quoted_under_its_headings_with_code_as_code() -> None:
    lines = shown(PASSAGES).splitlines()
    assert lines[0] == "*Rotate keys*: Payments API runbook"
    assert lines[1] == "<https://git.example/docs/runbook.md#rotate-keys|Runbook &gt; Rotate keys>"
    assert "```\npayctl rotate_keys &lt;env&gt;\n    --now\n\npayctl verify\n```" in "\n".join(lines)
    assert "Keys live at `PAYMENTS_VAULT_PATH`." in lines


def test_next_steps() -> None:
    ref = "component:default/payments-api"
    assert buttons(message_for(PASSAGES, now=NOW, share="docs x").blocks) == {
        "Show Payments API": f"show {ref}",
        "Who owns Payments API?": f"who owns {ref}",
        "Docs for Payments API": f"docs for {ref}",
        "Share to channel": "docs x",
    }


def test_a_fence_inside_code_ends_nothing() -> None:
    hit = PASSAGES.hits[0]
    hostile = replace(hit.passage, text="```\na ```` b\n<!channel>\n```\n\n`x ` y`")
    said = quotation(hostile, (), Mrkdwn(public=True))
    assert said[:4] == ["```", f"a {BACKQUOTE * 4} b", "&lt;!channel&gt;", "```"]
    assert "```" not in "\n".join(said[4:])


def test_a_long_passage_is_quoted_from_where_the_words_are() -> None:
    text = "\n\n".join(
        [*(f"Paragraph {n} " + "lorem ipsum " * 12 for n in range(12)), "Then rotate the keys."]
    )
    long = replace(PASSAGES.hits[0].passage, text=text)
    assert quotation(long, ("rotate", "keys"), Terminal()) == ["…", "Then rotate the keys."]


def test_an_old_look_is_warned_of_in_the_first_block() -> None:
    hit = PASSAGES.hits[0]
    old = replace(hit.passage, page=replace(hit.passage.page, seen_at=NOW - timedelta(days=4)))
    answer = replace(PASSAGES, hits=(PassageHit(old, hit.thing),))
    first = next(texts(message_for(answer, now=NOW).blocks))
    assert "⚠ Last read 4 days ago; it may have changed since." in first


def test_nothing_found_names_the_pages_and_the_channel() -> None:
    nothing = replace(PASSAGES, hits=(), subject=thing("payments-api", "Payments API"), pages=SHELF.pages)
    said = shown(nothing)
    assert said.startswith("Nothing on “rotate keys” in the docs of *Payments API*")
    assert "Its pages: <https://git.example/README.md|Payments>" in said
    assert "<#C0PAY|team-payments>" in said


def test_a_shelf_lists_its_pages_with_links() -> None:
    said = shown(SHELF)
    assert said.startswith("*Payments API* has 2 pages of documentation")
    assert "• <https://git.example/docs/runbook.md|Runbook> · `docs/runbook.md`" in said


def test_scripts_get_the_whole_passage() -> None:
    found = json_for(PASSAGES, now=NOW)
    assert (found["kind"], found["answered"]) == ("passages", True)
    passages = found["passages"]
    assert isinstance(passages, list)
    [passage] = passages
    assert passage["passage"] == PASSAGES.hits[0].passage.text
    assert passage["url"] == "https://git.example/docs/runbook.md#rotate-keys"
    assert json_for(SHELF, now=NOW)["kind"] == "shelf"
