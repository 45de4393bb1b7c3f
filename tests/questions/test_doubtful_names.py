"""Names that come near something else than what was meant: no confident wrong answer, and a way on."""

from __future__ import annotations

import pytest

from domain.answers import Asker, Found, Help, Listing, Missing, Shown, Unclear
from tests.catalog_builder import entity, person, service, team
from tests.questions.conversation import Conversation, asks, rows


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        team("team-ledger", title="Ledger Team", email="ledger@acme.example", slack_channel_id="C0LEDGER"),
        team("team-loyalty", title="Loyalty", members=["ana"]),
        person("ana", title="Ana", slack_user_id="U0ANA"),
        service("ledger", owner="team-ledger", title="Ledger"),
        service("general-ledger", owner="team-ledger"),
        service("gifts", owner="team-loyalty", dependsOn=["component:points"]),
        service("points", owner="team-loyalty", title="Loyalty Points"),
        service("service-template", owner="team-ledger"),
        entity("Component", "friend", title="Refer a Friend", owner="team-loyalty"),
    )
    return chat


@pytest.mark.parametrize("subject", ["<#C0GENERAL|general>", "#general", "<#C0GENERAL>"])
def test_a_channel_is_no_part_of_a_name(shop: Conversation, subject: str) -> None:
    assert isinstance(shop.ask(f"who owns {subject}"), Missing)


def test_a_mention_is_shown_as_it_was_seen(shop: Conversation) -> None:
    answer = shop.expect(Found, "who owns <@U0ANA|ana>")
    assert (answer.words, answer.matched) == ("@ana", "")


def test_a_path_means_no_thing_that_has_its_words(shop: Conversation) -> None:
    answer = shop.expect(Missing, "who owns acme/ledger")
    assert asks(answer)[0] == "who owns component:default/ledger"


@pytest.mark.parametrize("subject", ["the", "a", "service", "the service"])
def test_a_word_for_a_kind_names_nothing(shop: Conversation, subject: str) -> None:
    assert not isinstance(shop.ask(f"who owns {subject}"), Found)


def test_what_depends_on_a_team_means_what_is_called_like_it(shop: Conversation) -> None:
    answer = shop.expect(Listing, "what depends on loyalty")
    assert (answer.headline, rows(answer)) == ("1 service depends on Loyalty Points", ["gifts"])
    assert shop.expect(Listing, "what depends on @ana").headline == (
        "Ana is a person: only what they own has dependencies"
    )


@pytest.mark.parametrize(
    "words",
    ["who owns led\u200bger", "who owns \u202eledger", "who owns ledger :fire:", "who owns :eyes: ledger"],
)
def test_what_is_not_seen_or_only_decorates_is_not_read(shop: Conversation, words: str) -> None:
    assert shop.found(words) == ("component:ledger", "group:team-ledger")


@pytest.mark.parametrize(
    "subject",
    [
        "ledger and gifts",
        "the ledger service and our gifts",
        "ledger gifts",
        "ledger, gifts",
        "ledger & gifts",
    ],
)
def test_several_things_at_once_are_offered_one_by_one(shop: Conversation, subject: str) -> None:
    answer = shop.expect(Missing, f"who owns {subject}")
    assert asks(answer)[:2] == ["who owns component:default/ledger", "who owns component:default/gifts"]


def test_things_that_need_each_other_are_told_apart(chat: Conversation) -> None:
    chat.knows(
        service("a", dependsOn=["component:b", "component:c"]),
        service("b", dependsOn=["component:a"]), service("c"),
    )  # fmt: skip
    answer = chat.expect(Listing, "what does a depend on")
    assert answer.headline == "a depends on 2 services"
    assert [(part.heading, [each.name for each in part.rows]) for part in answer.sections] == [
        ("", ["c"]),
        ("In a circle: needs a too", ["b"]),
    ]


@pytest.mark.parametrize(
    "words", ["weather at ledger", "what is up with ledger", "what is wrong with ledger"]
)
def test_what_is_no_question_leads_to_those_on_the_name_at_its_end(shop: Conversation, words: str) -> None:
    assert shop.expect(Unclear, words).suggestions[:2] == ("who owns ledger", "show ledger")


@pytest.mark.parametrize(("words", "name"), [("who am i", "ana"), ("what is my team", "team-loyalty")])
def test_the_asker_is_known(shop: Conversation, words: str, name: str) -> None:
    assert shop.expect(Shown, words, Asker("U0ANA")).record.entity.name == name
    assert shop.expect(Missing, words, Asker("U0NEW")).remedy


def test_help_takes_several_words(shop: Conversation) -> None:
    assert "who owns <thing>" in [topic.usage for topic in shop.expect(Help, "help who owns").topics]
