"""Searching over everything: what is found, in which order, and by what."""

from __future__ import annotations

import pytest

from domain.answers import Found, Listing, Missing, Unclear
from domain.finding import Search
from tests.catalog_builder import api, service, team
from tests.questions.conversation import Conversation


@pytest.fixture
def acme(chat: Conversation) -> Conversation:
    chat.knows(
        team("payments", title="Payments"),
        service("refund", owner="payments"),
        service("refund-worker", owner="payments", tags=["batch"], language="rust"),
        service("auto-refund", owner="growth"),
        service("ledger", "refunds", owner="payments", tags=["pci"], language="rust"),
        api("refunds-v2"),
        service("refnud", tags=["pci"]),
    )
    return chat


def hits(answer: Search) -> list[tuple[str, str]]:
    return [(hit.thing.name, hit.said or hit.by) for hit in answer.hits]


def test_the_surest_come_first_and_each_says_by_what(acme: Conversation) -> None:
    answer = acme.expect(Search, "find refund")
    assert hits(answer)[:5] == [
        ("refund", "name"), ("ledger", "prefix"), ("refunds-v2", "prefix"), ("refund-worker", "prefix"),
        ("auto-refund", "words"),
    ]  # fmt: skip
    assert ("refnud", "typo") in hits(answer)


def test_tags_languages_and_owners_lead_to_things(acme: Conversation) -> None:
    tagged = sorted(hits(acme.expect(Search, "search for pci")))
    assert tagged == [("ledger", "tag pci"), ("refnud", "tag pci")]
    assert hits(acme.expect(Search, "find rust pci")) == [("ledger", "language rust, tag pci")]
    found = hits(acme.expect(Search, "anything about payments"))
    assert found[0] == ("payments", "name")
    assert ("refund", "owner Payments") in found


def test_kinds_are_mixed_unless_one_is_said(acme: Conversation) -> None:
    assert {hit.thing.ref.kind for hit in acme.expect(Search, "find refund").hits} == {"component", "api"}
    assert hits(acme.expect(Search, "find refund apis")) == [("refunds-v2", "prefix")]


def test_a_list_is_a_list_and_a_question_a_question(acme: Conversation) -> None:
    assert acme.expect(Listing, "find services language rust").total == 2
    assert isinstance(acme.ask("find me the owner of ledger"), Found)


def test_nothing_is_told_with_how_to_add_it(acme: Conversation) -> None:
    assert "idp import" in acme.expect(Missing, "find zebra").remedy
    assert "find payouts" in acme.expect(Unclear, "find").suggestions


def test_pages(chat: Conversation) -> None:
    chat.knows(*(service(f"cart-{number:02}") for number in range(45)))
    pages = [chat.expect(Search, f"find cart page {page}") for page in (1, 2, 3)]
    names = [hit.thing.name for page in pages for hit in page.hits]
    assert len(names) == len(set(names)) == 45
    assert (pages[2].page, pages[2].pages, pages[2].ask) == (3, 3, "find cart")


@pytest.mark.parametrize("words", ["find ' '", "find <@U0>", "find !!", "find " + "x" * 900, "find the"])
def test_odd_words_get_an_answer(acme: Conversation, words: str) -> None:
    assert acme.ask(words) is not None
