"""Syncs and suggestions in Slack: who may, what is said at once, and what comes of it later."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from domain.refs import parse_ref
from playground.person import Person
from tests.handlers.conftest import Office, eventually
from tests.handlers.test_asking import ask

THINGS = tuple(f"parcel-{number}" for number in range(10))


@pytest.fixture
def stocked(office: Office) -> Iterator[Office]:
    """A shelf of ten things; whatever a test did to the source is made good again after it."""
    for old in office.shelf.folder.glob("*.json"):
        old.unlink()
    for name in THINGS:
        office.shelf.put(name, tier="1")
    yield office
    office.catalog.sources.resume("shelf")


def number_in(text: str) -> str:
    found = re.search(r"#(\d+)", text)
    assert found, text
    return found[1]


@pytest.mark.parametrize(
    "words", ["sync shelf", "sync check", "sync check shelf", "sync undo 1", "undo change set 1"]
)
def test_only_administrators_may(stocked: Office, room: str, words: str) -> None:
    reply = ask(stocked.enter("bo"), words, room)
    assert reply.ephemeral
    assert reply.text == "Only administrators of the portal may do this\nAsk Ana Silva."
    assert not reply.buttons


def test_everybody_may_see_how_sources_stand(stocked: Office, room: str) -> None:
    reply = ask(stocked.enter("bo"), "sync", room)
    assert reply.all_text.startswith("1 source, all well\n*shelf* ")
    assert "Sync shelf" in reply.buttons


@pytest.mark.usefixtures("stocked")
def test_a_check_says_what_each_source_may(ana: Person, room: str) -> None:
    begun = ask(ana, "sync check", room)
    assert begun.all_text == "Checking every source now.\nI will say here what came of it."
    outcome = ana.sees("1 source checked, all well", room)
    assert outcome.ephemeral
    assert "✓ reach the shelf" in outcome.all_text
    assert "! move things: it is nailed down; a look works without it" in outcome.all_text
    ana.clicks("Check again", outcome)
    ana.sees("Checking shelf now", room)
    assert "names no source 'cellar'" in ask(ana, "sync check cellar", room).text


@pytest.mark.usefixtures("stocked")
def test_the_card_of_sources_has_a_button_that_checks(ana: Person, room: str) -> None:
    card = ask(ana, "sync", room)
    ana.clicks("Check", card)
    ana.sees("1 source checked, all well", room)


def test_a_sync_says_what_came_of_it_and_is_undone(stocked: Office, ana: Person, room: str) -> None:
    stocked.shelf.put("fresh", tier="2")
    begun = ask(ana, "sync shelf", room)
    assert begun.all_text == "Looking at shelf now.\nI will say here what came of it."
    outcome = ana.sees("*shelf* is synced:", room)
    assert outcome.ephemeral
    assert outcome.buttons == ["Undo", "Details"]
    assert "created" in outcome.all_text
    number = number_in(outcome.all_text)

    ana.clicks("Details", outcome)
    details = ana.sees(f"Change set #{number}: shelf", room)
    assert "*Created*" in details.all_text
    assert "*fresh*" in details.all_text

    ask(ana, f"sync undo {number}", room)
    asked = ana.sees("To do this in a terminal: `idp sync undo", room)
    assert asked.buttons == ["Undo", "Details"]
    ana.clicks("Undo", asked)
    undone = ana.sees(f"Change set #{number} is undone by #", room)
    assert "shelf is paused" in undone.all_text
    assert "*shelf* paused" in ask(ana, "sources", room).all_text
    ana.clicks("Undo", asked)
    ana.sees("was undone by", room)


def test_a_look_that_would_empty_the_catalog_asks_first(stocked: Office, ana: Person, room: str) -> None:
    ask(ana, "sync shelf", room)
    ana.sees("*shelf* is synced:", room)
    for name in THINGS[2:]:
        (stocked.shelf.folder / f"{name}.json").unlink()
    ask(ana, "sync shelf", room)
    refused = ana.sees("*shelf* was not synced: 8 of 1", room)
    assert "things of shelf would vanish: parcel-2, parcel-3" in refused.all_text
    assert refused.buttons == ["Apply anyway", "How sources stand"]
    ask(ana, "sync shelf dry run", room)
    ana.sees("8 would vanish", room)
    ana.clicks("Apply anyway", refused)
    ana.sees("*shelf* is synced: 8 vanished", room)


def test_what_fails_says_why_and_can_be_tried_again(stocked: Office, ana: Person, room: str) -> None:
    stocked.shelf.steer("away", "the shelf is <painted>")
    ask(ana, "sync shelf", room)
    failed = ana.sees("*shelf* was not synced: the shelf is &lt;painted&gt;", room)
    assert "Wait for the shelf." in failed.all_text
    assert "1 of them in trouble" in ask(ana, "sync", room).all_text
    stocked.shelf.leave("away")
    ana.clicks("Try again", failed)
    ana.sees("*shelf* is synced:", room)


@pytest.mark.usefixtures("stocked")
def test_what_there_is_not_is_said(ana: Person, room: str) -> None:
    assert "names no source 'cellar'\nSources: shelf" in ask(ana, "sync cellar", room).text
    assert "There is no change set #999999." in ask(ana, "sync undo 999999", room).all_text
    assert "Which change set?" in ask(ana, "sync undo", room).all_text
    assert "more than a source's name" in ask(ana, "sync shelf tomorrow", room).all_text


def test_a_mention_hears_of_it_in_its_thread_and_nobody_else_may_undo(
    stocked: Office, ana: Person, room: str
) -> None:
    bo = stocked.enter("bo")
    stocked.shelf.put("note", tier="3")
    ana.types("@idp sync shelf", room)
    outcome = ana.sees("*shelf* is synced:", room)
    assert not outcome.ephemeral
    assert outcome.thread_ts
    bo.clicks("Undo", outcome)
    assert bo.sees("Only administrators", room).ephemeral
    assert stocked.catalog.sources.get("shelf").paused == ""


def test_suggestions_are_decided_by_buttons(stocked: Office, ana: Person, room: str) -> None:
    ask(ana, "sync shelf", room)
    ana.sees("*shelf* is synced:", room)
    pairs = [
        (parse_ref("component:parcel-0"), parse_ref("component:parcel-1"), "<likeness>", 0.9),
        (parse_ref("component:parcel-0"), parse_ref("component:ledger"), "both are heavy", 0.8),
    ]
    assert stocked.catalog.suggest(pairs) == 2
    bo = stocked.enter("bo")
    shown = ask(bo, "suggestions", room)
    assert "2 pairs may be one thing each." in shown.all_text
    assert "*component:parcel-0* and *component:parcel-1* (component): &lt;likeness&gt;, 90 % alike" in (
        shown.all_text
    )
    bo.clicks("Keep apart", shown)
    bo.sees("Only administrators", room)

    shown = ask(ana, "duplicates", room)
    ana.clicks("Merge", shown)
    left = ana.sees("1 pair may be one thing each.", room)
    assert left.ts == shown.ts
    assert "merged by user:default/ana" in left.all_text
    ana.clicks("Keep apart", left)
    ana.sees("Nothing looks like two names of one thing.", room)
    eventually(lambda: not stocked.catalog.suggestions(), "both are decided")
    assert stocked.catalog.known_as("component:default/parcel-1") == (parse_ref("component:parcel-0"),)
