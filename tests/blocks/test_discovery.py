"""What a person reads of syncs and suggestions, and what their buttons say over the wire."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from blocks import names
from blocks.as_json import json_for
from blocks.message import message_for
from blocks.plain import text_for
from domain.answers import Answer
from domain.syncs import Sources, SourceStanding
from tests.blocks import explored
from tests.blocks.samples import CHECKED, INTENDED, NOW, REFUSED, SOURCES, STATE, SUGGESTIONS, SYNCED


def lines(answer: Answer) -> list[str]:
    return text_for(answer, now=NOW).split("\n")


def pressed(answer: Answer) -> dict[str, tuple[str, str]]:
    """Return the action id and the value of each button, by its label."""
    blocks: list[Any] = message_for(answer, now=NOW).blocks
    elements = [each for block in blocks for each in block.get("elements", []) if each["type"] == "button"]
    return {each["text"]["text"]: (each["action_id"], each["value"]) for each in elements}


def test_a_check_says_what_each_source_may_and_what_to_do_where_not() -> None:
    assert lines(CHECKED)[:2] == [
        "2 sources checked, 1 of them in trouble",
        "  ✗ github in 1.2 s",
    ]
    assert "    ✓ reachable: api.github.com, credential GITHUB_TOKEN (from a file)" in lines(CHECKED)
    assert "    ✗ Contents: read: Resource not accessible" in lines(CHECKED)
    assert "    ! clock: this machine's clock is 90 s behind the vendor's" in lines(CHECKED)
    assert lines(CHECKED)[-2:] == ["  ✓ prod (Kubernetes)", "    ✓ reachable: k8s"]
    assert pressed(CHECKED) == {"Check again": (names.SYNC_CHECK, "*")}
    assert pressed(SOURCES)["Check"] == (names.SYNC_CHECK, "*")


def test_a_source_says_all_in_one_line() -> None:
    known = "1204 things · last change set #12"
    spent = "37 requests · quota 4,900 of 5,000 left, resets at 12:20 UTC"
    assert lines(SOURCES) == [
        "3 sources, 1 of them in trouble",
        f"  github fine · looked at 4 min ago · {known} (4 created, 2 changed) · {spent}",
        f"  prod failing · looked at 4 min ago · {known} · {spent}",
        "    ⚠ 403 from the API Allow list pods.",
        "  new new · never looked at",
    ]


def test_a_pause_a_look_under_way_and_what_was_left_out_are_said() -> None:
    paused = replace(STATE, paused="change set #12 was undone by cli:ana", findings=2)
    running = replace(STATE, running_since=NOW - timedelta(hours=1))
    text = text_for(Sources((SourceStanding(paused), SourceStanding(running))), now=NOW)
    assert "Paused: change set #12 was undone by cli:ana. To go on: sync github" in text
    assert "2 documents left out" in text
    assert "github running" in text
    assert "running since 1 hour ago" in text
    assert lines(Sources(()))[0].startswith("The catalog has no source yet")


def test_an_outcome_has_its_next_steps() -> None:
    assert lines(SYNCED) == ["github is synced: 4 created", "change set #12, #13 · 37 requests · 2.2 s"]
    assert pressed(SYNCED) == {
        "Undo": (names.SYNC_UNDO, "13"),
        "Details": (names.ASK, "sync changes 13"),
    }
    assert lines(REFUSED)[0] == "github was not synced: 8 of 10 things would vanish"
    assert pressed(REFUSED)["Apply anyway"] == (names.SYNC_FORCE, "github")
    dry = replace(SYNCED, outcome="previewed", counts={"vanished": 2}, change_sets=())
    assert lines(dry)[0] == "github was looked at, and nothing written: 2 would vanish"
    assert pressed(dry) == {"Sync now": (names.SYNC, "github")}
    assert pressed(replace(REFUSED, outcome="failed")) == {"Try again": (names.SYNC, "github")}


def test_what_cannot_be_taken_back_easily_is_asked_twice() -> None:
    for answer, label in ((INTENDED, "Undo"), (REFUSED, "Apply anyway"), (SUGGESTIONS, "Merge")):
        blocks: list[Any] = message_for(answer, now=NOW).blocks
        buttons = [each for block in blocks for each in block.get("elements", []) if "confirm" in each]
        assert [each["text"]["text"] for each in buttons] == [label]


def test_a_pair_says_why_and_a_decided_one_by_whom() -> None:
    assert lines(SUGGESTIONS) == [
        "3 pairs may be one thing each.",
        "  #3 component:pay and component:pay-svc (component): the same but for -svc, 97 % alike",
        "  #3 component:pay and component:pay-svc (component): kept apart by user:default/ana",
        "  and 2 more",
    ]
    assert pressed(SUGGESTIONS) == {
        "Merge": (names.MERGE, "3"),
        "Keep apart": (names.APART, "3"),
        "Ignore": (names.IGNORE, "3"),
    }


def test_every_button_is_one_that_somebody_listens_to() -> None:
    for answer in explored.ANSWERS:
        for action, _ in pressed(answer).values():
            assert (
                names.ASK_PATTERN.match(action)
                or names.ACT_PATTERN.match(action)
                or action
                in (
                    names.SHARE,
                    names.SEARCH_OPEN,
                )
            )


def test_a_terminal_is_told_the_command() -> None:
    assert lines(INTENDED)[-1] == "To do this in a terminal: idp sync undo 12"
    sync = replace(INTENDED, action="sync", target="github", options=("full", "dry run"), about="")
    assert lines(sync) == ["To do this in a terminal: idp sync github --full --dry-run"]
    assert lines(replace(sync, action="merge", target="3"))[0].endswith("idp suggestions merge 3")


def test_scripts_get_every_figure() -> None:
    told: Any = json_for(SOURCES, now=NOW)
    assert told["sources"][0]["counts"] == {"created": 4, "changed": 2, "vanished": 0}
    assert told["sources"][0]["quota"] == {
        "limit": 5_000, "left": 4_900, "resets_at": "2026-03-04T12:20:00+00:00",
    }  # fmt: skip
    assert [each["state"] for each in told["sources"]] == ["fine", "failing", "new"]
    pairs: Any = json_for(SUGGESTIONS, now=NOW)
    assert pairs["open"][0]["number"] == 3
    assert pairs["decided"][0]["decided_by"] == "user:default/ana"
    assert re.fullmatch(r"2026-03-04T12:00:00\+00:00", pairs["decided"][0]["decided_at"])
