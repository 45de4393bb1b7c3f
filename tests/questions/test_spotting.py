"""`who owns this: …`: a pasted text's things and owners, as a conversation."""

from __future__ import annotations

import pytest

from domain.answers import Answer, Found, Missing, Spotted
from questions.clues import READ
from questions.spotting import LISTED
from tests.catalog_builder import person, service, system, team
from tests.questions.conversation import Conversation


@pytest.fixture
def acme(chat: Conversation) -> Conversation:
    chat.knows(
        team("pay", title="Pay team"),
        person("ana", title="Ana Silva"),
        service("payments-api", "github:acme/payments-api", owner="pay"),
        service("ledger", "host:ledger.acme.example", owner="pay"),
        service("checkout", owner="pay"),
        system("checkout", owner="pay"),
        service("search"),
        *(service(f"worker-{each}", owner="pay") for each in range(20)),
    )
    return chat


def spots(answer: Answer) -> dict[str, str]:
    """Return what in the text led to each thing, the surest first."""
    assert isinstance(answer, Spotted), answer
    return {spot.found.entity.ref.short: f"{spot.what} {spot.text}" for spot in answer.spots}


PHRASINGS = (
    "who owns this: T", "who owns this T", "Who owns this?! T", "which team owns this: T", "who owns these T",
    "who maintains this: T", "who runs this T", "what team has this: T", "who is responsible for this: T",
    "who's responsible for this: T", "who is behind this: T", "owner of this: T", "owners of these: T",
    "who is the owner of this T", "whose is this: T", "whose are these: T", "whose is the following T",
    "who do I ask about this: T", "whom should we contact about this: T", "who should I ping for this: T",
    "please who owns this: T", "hey, who owns this: T", "could you tell me who owns this: T",
    "who looks after this: T", "who is in charge of these: T", "who owns the following T",
    "who handles this: T",
)  # fmt: skip


@pytest.mark.parametrize("words", PHRASINGS)
def test_it_is_asked_in_many_ways(acme: Conversation, words: str) -> None:
    text = "service=payments-api throws since https://ledger.acme.example/x broke"
    led = spots(acme.ask(words.replace("T", text)))
    assert led == {
        "component:ledger": "link https://ledger.acme.example/x",
        "component:payments-api": "label service=payments-api",
    }


@pytest.mark.parametrize(
    "words",
    ["who owns this payments-api", "who owns this service", "who owns ledger", "whose is this ledger",
     "who owns this", "what is this", "who owned this on 2026-03-01", "who owns the ledger service"],
)  # fmt: skip
def test_a_name_after_this_is_a_name(acme: Conversation, words: str) -> None:
    assert not isinstance(acme.ask(words), Spotted)


def test_a_text_longer_than_a_question_is_read_with_its_lines(acme: Conversation) -> None:
    padding = "\n".join(f"lorem ipsum dolor {each}" for each in range(200))
    led = spots(acme.ask(f"who owns this:\n{padding}\n[ledger] failed"))
    assert led == {"component:ledger": "name ledger"}


def test_each_thing_is_listed_once_and_no_more_than_fit(acme: Conversation) -> None:
    answer = acme.questions.spot(" ".join(f"worker-{each} `worker-{each}`" for each in range(20)))
    assert len(answer.spots) == LISTED
    assert answer.more == 20 - LISTED


def test_what_two_things_are_called_leads_to_both(acme: Conversation) -> None:
    assert [*spots(acme.questions.spot("service=checkout"))] == ["component:checkout", "system:checkout"]


def test_nothing_is_guessed(acme: Conversation) -> None:
    for text in ("paymens-api is down", "payments is down", "please search again", "Ana Silva says hi"):
        assert acme.questions.spot(text).spots == (), text


def test_what_was_looked_up_in_vain_is_told(acme: Conversation) -> None:
    answer = acme.questions.spot("https://sandwich.example/menu and MENU-12")
    assert answer.looked_at == ("https://sandwich.example/menu", "MENU-12")
    assert not answer.unread
    assert acme.questions.spot("x " * READ).unread


def test_a_thing_without_an_owner_is_told_as_such(acme: Conversation) -> None:
    (spot,) = acme.questions.spot("service=search").spots
    assert spot.found.owner is None


def test_a_link_leads_to_one_thing_for_sure_or_to_none(acme: Conversation) -> None:
    found = acme.questions.linked("https://github.com/acme/payments-api/pull/3")
    assert isinstance(found, Found)
    assert found.entity.ref.short == "component:payments-api"
    for url in (
        "https://github.com/acme/payments",
        "payments-api",
        "https://x.example/payments-api",
        "https://[",
    ):
        assert acme.questions.linked(url) is None, url
    assert isinstance(acme.ask("who owns https://github.com/acme/paymens"), Missing)
