"""What a menu offers while somebody types, and how it knows again what was picked."""

from __future__ import annotations

from domain.answers import Found
from domain.refs import Ref
from questions.offering import HANDLE, MOST, handle_of
from tests.catalog_builder import service, team
from tests.questions.conversation import Conversation


def offered(chat: Conversation, typed: str) -> list[str]:
    return [thing.ref.short for _, thing in chat.questions.offers(typed)]


def test_the_likeliest_comes_first(chat: Conversation) -> None:
    chat.knows(
        team("payments"),
        service("payments-api", "stripe-bridge"),
        service("payouts"),
        service("card-payments"),
    )
    assert offered(chat, "payments")[0] == "group:payments"
    assert offered(chat, "pay") == ["component:payouts", "group:payments", "component:payments-api"]
    assert offered(chat, "stripe") == ["component:payments-api"]
    assert offered(chat, "api payments") == ["component:payments-api"]
    assert offered(chat, "payments car") == ["component:card-payments"]
    assert offered(chat, "paymnts")[0] == "group:payments"
    assert offered(chat, "component:default/payouts") == ["component:payouts"]


def test_nothing_is_offered_for_nothing(chat: Conversation) -> None:
    chat.knows(service("payments"))
    for typed in ("", "  ", "zzzzzz", "component:", "x:y:z", "\ud800", "<!channel>", "a" * 9_000):
        assert offered(chat, typed) == [], typed


def test_no_more_are_offered_than_slack_takes(chat: Conversation) -> None:
    chat.knows(*(service(f"worker-{each}") for each in range(150)))
    assert len(offered(chat, "wor")) == MOST
    assert len(offered(chat, "worker")) == MOST


def test_what_is_only_spoken_of_is_not_offered(chat: Conversation) -> None:
    chat.knows(service("ledger", owner="ghost-team"))
    assert offered(chat, "ghost") == []


def test_what_was_picked_is_known_again_however_long_its_ref(chat: Conversation) -> None:
    long, other = "n" * 160 + "-one", "n" * 160 + "-two"
    chat.knows(service("short", owner="pay"), service(long, owner="pay"), service(other, owner="pay"))
    for name in ("short", long, other):
        handle = handle_of(Ref("component", "default", name))
        assert len(handle) <= HANDLE
        picked = chat.questions.picked(handle)
        assert isinstance(picked, Found)
        assert picked.entity.name == name
