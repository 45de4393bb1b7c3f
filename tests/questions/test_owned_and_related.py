"""What somebody owns, what depends on what, and the whole card."""

from __future__ import annotations

import pytest

from domain.answers import Asker, Listing, Missing, Shown
from domain.refs import Ref
from tests.catalog_builder import api, person, resource, service, system, team
from tests.questions.conversation import Conversation, rows


@pytest.fixture
def acme(chat: Conversation) -> Conversation:
    chat.knows(
        team("money", title="Money"),
        team("team-pay", title="Payments", parent="money"),
        person("ana", title="Ana", memberOf=["team-pay"], slack_user_id="U1"),
        system("payments", owner="team-pay"),
        service("pay", owner="team-pay", dependsOn=["resource:pay-db"], providesApis=["pay-api"]),
        service("pay-ui", system="payments"),
        api("pay-api", owner="team-pay"),
        resource("pay-db", owner="team-pay"),
        service("tool", owner="user:ana"),
        service("shop", owner="team-shop", dependsOn=["pay"], consumesApis=["pay-api"]),
        service("app", owner="team-shop", consumesApis=["pay-api"]),
    )
    return chat


def sections(listing: Listing) -> dict[str, list[str]]:
    return {section.heading: [thing.name for thing in section.rows] for section in listing.sections}


def test_a_teams_things_by_kind_inherited_ones_too(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what does team-pay own?")
    assert answer.headline == "Payments owns 5 things"
    assert sections(answer) == {
        "Services": ["pay", "pay-ui"], "APIs": ["pay-api"], "Resources": ["pay-db"], "Systems": ["payments"],
    }  # fmt: skip
    assert answer.subject is not None
    assert rows(acme.expect(Listing, answer.ask)) == rows(answer)


def test_only_of_one_kind(acme: Conversation) -> None:
    answer = acme.expect(Listing, "which services does team-pay own")
    assert answer.headline == "Payments owns 2 services"
    assert rows(acme.expect(Listing, answer.ask)) == ["pay", "pay-ui"]


def test_a_team_of_teams(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what does money own")
    assert answer.headline == "Money owns 5 things, all through Payments"
    assert list(sections(answer)) == ["Through Payments"]


@pytest.mark.parametrize("asker", [Asker("U1"), Asker(person=Ref("user", "default", "ana"))])
@pytest.mark.parametrize(
    "words", ["what do I own", "what am I responsible for?", "what does my team own", "what is mine"]
)
def test_the_askers_own_and_their_teams(acme: Conversation, words: str, asker: Asker) -> None:
    answer = acme.expect(Listing, words, asker)
    assert answer.headline == "Ana owns 1 service, and 5 things through Payments"
    assert sections(answer)["Services"] == ["tool"]


def test_my_services(acme: Conversation) -> None:
    assert rows(acme.expect(Listing, "show me my services", Asker("U1"))) == ["tool", "pay", "pay-ui"]


def test_a_stranger_is_told_how_to_be_known(acme: Conversation) -> None:
    assert "slack.com/user-id" in acme.expect(Missing, "what do I own", Asker("U9")).remedy


@pytest.mark.parametrize("who", ["@ana", "<@U1>", "<@U1|ana>", "ana", "Ana", "user:ana"])
def test_a_person(acme: Conversation, who: str) -> None:
    assert acme.expect(Listing, f"what does {who} own").headline.startswith("Ana owns 1 service")


def test_an_owner_whom_the_catalog_lacks_owns_all_the_same(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what does team-shop own")
    assert answer.headline == "team-shop owns 2 services, and no such team is in the catalog"
    assert answer.subject is None  # nothing to show
    assert rows(acme.expect(Listing, answer.ask)) == ["app", "shop"]


def test_a_team_is_meant_however_near_a_service_comes(chat: Conversation) -> None:
    chat.knows(
        team("team-pay", title="Payments Engineering"),
        service("payments-api", "payments", owner="team-pay"),
        service("ledger", owner="team-ledger"),
        team("team-ledger"),
        service("risk", owner="team-r"),
        team("team-r", title="Risk"),
    )
    assert chat.expect(Listing, "what does risk own").headline == "Risk owns 1 service"
    assert chat.expect(Listing, "what does payments own").headline == "Payments Engineering owns 1 service"
    assert chat.expect(Listing, "what does ledger own").headline == "team-ledger owns 1 service"


def test_nothing_is_owned(acme: Conversation) -> None:
    acme.knows(team("idle"))
    assert acme.expect(Listing, "what does idle own").headline == "idle owns nothing"
    assert "only teams and people" in acme.expect(Listing, "what does pay-db own").headline


def test_what_depends_on_it_and_on_its_apis(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what depends on pay?")
    assert answer.headline == "2 services depend on pay"
    assert sections(answer) == {"": ["shop"], "Through pay-api": ["app"]}
    assert [thing.owner_title for thing in answer.sections[0].rows] == ["team-shop"]
    assert (
        acme.expect(Listing, "what depends on resource:pay-db").headline
        == "1 service depends on pay-db, and 2 more through it"
    )
    assert rows(acme.expect(Listing, "consumers of pay-api")) == ["app", "shop"]


def test_what_nothing_depends_on(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what depends on tool")
    assert (answer.total, answer.headline) == (0, "Nothing depends on tool, as far as the catalog knows")


def test_what_it_depends_on(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what does shop depend on")
    assert answer.headline == "shop depends on 2 things, and 1 more through them"
    assert sections(answer) == {"": ["pay"], "APIs it calls": ["pay-api"]}


def test_a_dependency_that_the_catalog_lacks_is_listed(chat: Conversation) -> None:
    chat.knows(service("a", dependsOn=["resource:gone"]))
    assert rows(chat.expect(Listing, "what does a depend on")) == ["gone"]


def test_a_ring_of_dependencies(chat: Conversation) -> None:
    chat.knows(service("a", dependsOn=["b"]), service("b", dependsOn=["a"]))
    assert rows(chat.expect(Listing, "what depends on a")) == ["b"]
    assert rows(chat.expect(Listing, "what does a depend on")) == ["b"]


def test_dependencies_stated_from_the_other_end(chat: Conversation) -> None:
    chat.knows(service("a", dependencyOf=["b"]), service("b"))
    assert rows(chat.expect(Listing, "what depends on a")) == ["b"]


def test_the_card_shows_all_relations_in_both_directions(acme: Conversation) -> None:
    relations = dict(acme.expect(Shown, "show pay").relations)
    assert {name: [thing.name for thing in things] for name, things in relations.items()} == {
        "dependsOn": ["pay-db"], "dependencyOf": ["shop"], "providesApi": ["pay-api"],
    }  # fmt: skip
    relations = dict(acme.expect(Shown, "show team-pay").relations)
    assert {name: len(things) for name, things in relations.items()} == {
        "ownerOf": 4,
        "hasMember": 1,
        "childOf": 1,
    }


def test_the_card_names_the_owner(acme: Conversation) -> None:
    answer = acme.expect(Shown, "show me pay-ui")
    assert answer.owner is not None
    assert answer.owner.title == "Payments"
    assert answer.record.entity.name == "pay-ui"
