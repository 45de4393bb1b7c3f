"""What is missing, and what was asked in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog_store.catalog import Catalog
from catalog_store.unanswered import KEPT
from domain.answers import Asker, Missing, Unclear
from domain.gaps import Gaps
from domain.visibility import OUTSIDE
from questions.tally import LONGEST, MOST, Tally, normal
from questions.wording import read
from tests.catalog_builder import person, resource, service, team
from tests.questions.conversation import Conversation

ANA = Asker(slack_user_id="U0ANA")


@pytest.fixture
def company(chat: Conversation) -> Conversation:
    chat.knows(
        team("pay", channel="team-pay"),
        team("deaf"),
        person("ana", "slack:u0ana", slack_user_id="U0ANA", memberOf=["group:default/pay"]),
        service("payments", owner="pay", tier="1"),
        service("ledger", owner="pay"),
        service("orphan", tier="2"),
        service("lost", owner="gone", tier="1"),
        service("quiet", owner="deaf", tier="3"),
        resource("db", owner="pay"),
    )
    return chat


def gaps(company: Conversation, words: str, asker: Asker = ANA) -> Gaps:
    answer = company.ask(words, asker)
    assert isinstance(answer, Gaps), answer
    return answer


def named(answer: Gaps) -> dict[str, list[str]]:
    return {gap.what: [thing.name for thing in gap.first] for gap in answer.gaps}


def test_everybodys_gaps(company: Conversation) -> None:
    assert named(gaps(company, "gaps")) == {
        "Nobody owns them": ["orphan"],
        "Their owner is not in the catalog": ["lost"],
        "Their team has neither a channel nor people": ["quiet"],
        "They have no tier": ["ledger"],
    }
    assert gaps(company, "what is missing?").total == 4


@pytest.mark.parametrize(
    "words", ["my gaps", "gaps of pay", "pay's gaps", "our gaps", "what is missing in pay"]
)
def test_the_gaps_of_a_team(company: Conversation, words: str) -> None:
    assert named(gaps(company, words)) == {"They have no tier": ["ledger"]}


def test_what_found_no_answer_is_counted_and_shown_most_asked_first(company: Conversation) -> None:
    for words in (
        "who owns warehous",
        "who owns warehous",
        "how is the weather",
        "gaps",
        "who owns payments",
    ):
        company.ask(words)
    company.catalog.note_unanswered(company.questions.tally.take())
    company.ask("who owns WAREHOUS?")
    company.catalog.note_unanswered(company.questions.tally.take())
    asked = gaps(company, "unanswered questions").unanswered
    assert [(each.words, each.count) for each in asked] == [
        ("who owns warehous", 3),
        ("how is the weather", 1),
    ]
    assert company.questions.tally.take() == {}


def test_nobody_is_named_in_what_is_counted(company: Conversation) -> None:
    assert isinstance(company.ask("what does <@U0BOB> own"), Missing | Unclear)
    assert isinstance(company.ask("who owns the mail of bob@acme.example"), Missing | Unclear)
    assert not [each for each in company.questions.tally.take() if "bob" in each]
    for secret in ("ghp_" + "a1B2" * 9, "AKIA" + "Q7Z4" * 4):
        assert secret.lower() not in normal(read(f"who owns {secret}"))
    assert len(normal(read("who owns " + "x" * 500))) <= LONGEST


def test_whom_the_catalog_does_not_know_is_no_gap(company: Conversation) -> None:
    assert isinstance(company.ask("what do I own", Asker(slack_user_id="U0NEW")), Missing)
    assert company.questions.tally.take() == {}


def test_what_only_some_may_see_is_not_told_to_all_by_their_questions(company: Conversation) -> None:
    company.knows(service("honeypot", owner="pay", visibility=["group:default/pay"]))
    assert isinstance(company.ask("who owns honeypto", ANA), Missing)
    assert company.questions.tally.take() == {}
    company.ask("who owns warehous", Asker(slack_user_id="U0NEW"))
    assert company.questions.tally.take() == {"who owns warehous": 1}


def test_counting_is_bounded() -> None:
    tally = Tally()
    for number in range(MOST + 5):
        tally.hear(read(f"who owns nothing {number}"), Missing("nothing", (), ""))
    assert len(tally.take()) == MOST


def test_counts_add_up(catalog: Catalog) -> None:
    catalog.note_unanswered({"who owns x": 2, "who owns y": 1})
    catalog.note_unanswered({"who owns x": 1})
    asked = [(each.words, each.count) for each in catalog.unanswered(9)]
    assert asked == [("who owns x", 3), ("who owns y", 1)]


def test_old_words_are_forgotten(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.note_unanswered({"who owns x": 2})
    (first,) = catalog.unanswered(1)
    monkeypatch.setattr(catalog, "_clock", lambda: first.last_at + KEPT + timedelta(days=1))
    catalog.note_unanswered({"who owns y": 1})
    assert [each.words for each in catalog.unanswered(9)] == ["who owns y"]


def test_an_outsider_is_not_told_what_others_ask(company: Conversation) -> None:
    company.catalog.note_unanswered({"who owns project x": 1})
    answer = gaps(company, "gaps", Asker(reader=OUTSIDE))
    assert (answer.gaps, answer.unanswered) == ((), ())
