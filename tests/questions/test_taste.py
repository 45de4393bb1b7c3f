"""What stands first in a pick list, and why: the asker's team's, the most asked for, the most critical."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.answers import Ambiguous, Asker, Found
from domain.refs import Ref
from questions.taste import REMEMBERED, Usage
from tests.catalog_builder import person, service, team
from tests.questions.conversation import Conversation

ANA = Asker(slack_user_id="U1")
NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def talk(chat: Conversation) -> Conversation:
    chat.knows(
        team("shop"),
        team("bank"),
        person("ana", memberOf=["group:default/bank"], slack_user_id="u1"),
        service("cart-a", owner="shop", tier="3"),
        service("cart-b", owner="shop", tier="1"),
        service("cart-longer", owner="bank", tier="4"),
        service("x/stock", owner="shop"),
        service("y/stock", owner="bank"),
    )
    return chat


def listed(talk: Conversation, words: str, asker: Asker = ANA) -> list[tuple[str, str]]:
    answer = talk.expect(Ambiguous, words, asker)
    return [(each.thing.ref.name, each.reason) for each in answer.candidates]


def test_what_the_askers_team_owns_is_first(talk: Conversation) -> None:
    assert listed(talk, "who owns cart") == [("cart-longer", "your team's"), ("cart-b", ""), ("cart-a", "")]


def test_for_a_stranger_the_tier_decides_among_equals(talk: Conversation) -> None:
    expected = [("cart-b", "most critical"), ("cart-a", ""), ("cart-longer", "")]
    assert listed(talk, "who owns cart", Asker()) == expected
    assert listed(talk, "who owns cart", Asker(slack_user_id="U9")) == expected


def test_what_is_asked_for_most_comes_before_tiers(talk: Conversation) -> None:
    for _ in range(3):
        talk.expect(Found, "who owns cart-a")
    assert listed(talk, "who owns cart", Asker())[0] == ("cart-a", "asked for most")
    assert listed(talk, "who owns cart")[:2] == [("cart-longer", "your team's"), ("cart-a", "asked for most")]


def test_of_two_of_one_name_the_askers_is_first(talk: Conversation) -> None:
    answer = talk.expect(Ambiguous, "show stock", ANA)
    assert [(each.thing.ref.namespace, each.reason) for each in answer.candidates] == [
        ("y", "your team's"),
        ("x", ""),
    ]


def test_old_questions_count_less() -> None:
    now = NOW
    usage = Usage(lambda: now)
    old, new = Ref("component", "default", "old"), Ref("component", "default", "new")
    for _ in range(8):
        usage.note(old)
    assert usage.often() == [old]
    now += timedelta(days=21)
    for _ in range(3):
        usage.note(new)
    assert usage.often() == [new]


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    usage = Usage(lambda: NOW)
    favourite = Ref("component", "default", "favourite")
    for _ in range(3):
        usage.note(favourite)
    for number in range(REMEMBERED + 10):
        usage.note(Ref("component", "default", f"c{number}"))
    assert usage.often() == [favourite]
    assert len(usage._weights) <= REMEMBERED
