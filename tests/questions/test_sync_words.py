"""Words on sources: how they stand is an answer, what is to be done is an intention."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.answers import Asker, Listing, Unclear
from domain.sources import SourceState
from domain.syncs import Intended, Sources, SourceStanding, Suggestions
from questions.asking import Questions
from tests.catalog_builder import SEEN, service
from tests.questions.conversation import Conversation, rows

STANDINGS = (SourceStanding(SourceState("github", looked_at=SEEN, change_set=1), {"created": 1}),)


@pytest.fixture
def ask(chat: Conversation) -> Questions:
    chat.knows(service("payments"), service("cart"))
    later = SEEN + timedelta(minutes=5)
    return Questions(chat.catalog, chat.index, clock=lambda: later, sources=lambda **_: STANDINGS)


@pytest.mark.parametrize(
    "words",
    ["sync", "sources", "sync status", "source status", "show the sources", "list sources", "syncs",
     "how are the sources doing?", "status of all sources", "please show sync status"],
)  # fmt: skip
def test_how_sources_stand_is_asked_in_many_ways(ask: Questions, words: str) -> None:
    assert ask.answer(words) == Sources(STANDINGS)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("sync github", ()), ("Sync GitHub", ()), ("run a sync of github", ()), ("resync github now", ()),
        ("sync github full", ("full",)), ("sync github --full --force", ("full", "force")),
        ("sync github as a dry run", ("dry run",)), ("sync github dry-run", ("dry run",)),
    ],
)  # fmt: skip
def test_a_sync_is_an_intention(ask: Questions, words: str, options: tuple[str, ...]) -> None:
    answer = ask.answer(words, Asker("U1"))
    assert isinstance(answer, Intended), answer
    assert (answer.action, answer.target, answer.options) == ("sync", "github", options)


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("sync check", "*"), ("check the sources", "*"), ("sync check all sources", "*"),
        ("test sources", "*"), ("sync check github", "github"), ("Sync check GitHub", "github"),
        ("check the source github", "github"), ("sync check the source github", "github"),
    ],
)  # fmt: skip
def test_a_check_is_an_intention(ask: Questions, words: str, target: str) -> None:
    answer = ask.answer(words)
    assert isinstance(answer, Intended)
    assert (answer.action, answer.target) == ("check", target)
    assert answer.command == f"idp sync check {'' if target == '*' else target}".strip()


def test_a_check_of_several_is_unclear(ask: Questions) -> None:
    answer = ask.answer("sync check github tomorrow")
    assert isinstance(answer, Unclear)
    assert answer.suggestions == ("sync check github",)


@pytest.mark.parametrize("words", ["sync undo 1", "undo change set #1", "undo 1", "revert the change set 1"])
def test_an_undo_says_what_is_at_stake(ask: Questions, words: str) -> None:
    answer = ask.answer(words)
    assert isinstance(answer, Intended), answer
    assert (answer.action, answer.target) == ("undo", "1")
    assert answer.about.startswith("backstage, ")
    assert answer.about.endswith("by test: 2 created")


@pytest.mark.parametrize(
    "words", ["sync undo", "sync undo all", "sync undo 7", "sync changes 1 2", "sync changes"]
)
def test_which_change_set_must_be_clear(ask: Questions, words: str) -> None:
    answer = ask.answer(words)
    assert isinstance(answer, Unclear), answer
    assert answer.suggestions[-1] == "sync"
    assert f"{' '.join(words.split()[:2])} 1" in answer.suggestions


def test_a_change_set_is_a_list(ask: Questions) -> None:
    answer = ask.answer("what changed in change set 1")
    assert isinstance(answer, Listing), answer
    assert [(part.heading, [row.name for row in part.rows]) for part in answer.sections] == [
        ("Created", ["cart", "payments"])
    ]
    assert answer.headline.startswith("Change set #1: backstage, ")
    assert (answer.total, answer.ask) == (2, "sync changes 1")


def test_a_long_change_set_has_pages(chat: Conversation) -> None:
    chat.knows(*(service(f"part-{number:02}") for number in range(45)))
    last = chat.expect(Listing, "sync changes 1 page 3")
    assert (last.page, last.pages, last.total) == (3, 3, 45)
    assert sum(len(part.rows) for part in last.sections) == 5


@pytest.mark.parametrize("words", ["suggestions", "duplicates", "near matches", "show the open suggestions"])
def test_suggestions_are_asked_in_several_ways(ask: Questions, words: str) -> None:
    assert ask.answer(words) == Suggestions(())


def test_more_than_a_source_is_not_guessed(ask: Questions) -> None:
    answer = ask.answer("sync github tomorrow")
    assert isinstance(answer, Unclear)
    assert answer.suggestions == ("sync github",)


def test_a_page_of_a_great_change_set_has_its_part_of_each_kind(chat: Conversation) -> None:
    chat.knows(*(service(f"s{number:04}", owner="a") for number in range(2_500)))
    chat.knows(
        *(service(f"s{number:04}", owner="b") for number in range(2, 2_500)), service("new", owner="b")
    )
    first = chat.expect(Listing, "sync changes 2")
    assert (first.total, first.pages) == (2_499, 125)
    assert [section.heading for section in first.sections] == ["Created", "Changed"]
    every = [
        row for page in range(1, 126) for row in rows(chat.expect(Listing, f"sync changes 2 page {page}"))
    ]
    assert sorted(every) == sorted(["new", *(f"s{number:04}" for number in range(2, 2_500))])
