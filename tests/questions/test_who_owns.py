"""Who owns it: the owner, how to reach them, and how we know."""

from __future__ import annotations

from domain.answers import Found, Missing
from tests.catalog_builder import domain, person, service, system, team
from tests.questions.conversation import Conversation


def test_the_owner_is_named_with_channel_and_people(chat: Conversation) -> None:
    chat.knows(
        team("team-pay", title="Payments Team", channel="team-pay", slack_channel_id="C1", members=["cy"]),
        person("bo", title="Bo Li", memberOf=["team-pay"], slack_user_id="U2"),
        person("ana", title="Ana Silva", memberOf=["team-pay"]),
        service("payments", owner="team-pay"),
    )
    owner = chat.expect(Found, "who owns payments").owner
    assert owner is not None
    assert (owner.title, owner.channel, owner.slack_channel_id, owner.known) == (
        "Payments Team",
        "team-pay",
        "C1",
        True,
    )
    assert [(each.title, each.slack_user_id) for each in owner.people] == [
        ("Ana Silva", ""), ("Bo Li", "U2"), ("cy", ""),
    ]  # fmt: skip


def test_the_evidence_shows_the_winner_first_and_who_disagrees(chat: Conversation) -> None:
    chat.knows(service("payments", owner="team-old"), source="csv")
    chat.knows(service("payments", owner="team-pay"), source="backstage")
    answer = chat.expect(Found, "who owns payments")
    assert [(fact.source, fact.value, fact.wins) for fact in answer.evidence] == [
        ("backstage", "group:default/team-pay", True),
        ("csv", "group:default/team-old", False),
    ]


def test_an_owner_whom_the_catalog_lacks_is_named_as_such(chat: Conversation) -> None:
    chat.knows(service("payments", owner="team-gone"))
    owner = chat.expect(Found, "who owns payments").owner
    assert owner is not None
    assert (owner.ref.short, owner.title, owner.known) == ("group:team-gone", "team-gone", False)


def test_without_an_owner_nobody_is_invented(chat: Conversation) -> None:
    chat.knows(service("payments"))
    answer = chat.expect(Found, "who owns payments")
    assert answer.owner is None
    assert answer.evidence == ()
    assert answer.inherited_from is None


def test_the_owner_is_inherited_from_the_system_and_that_is_said(chat: Conversation) -> None:
    chat.knows(team("team-pay"), system("checkout", owner="team-pay"), service("cart", system="checkout"))
    answer = chat.expect(Found, "who owns cart")
    assert chat.found("who owns cart") == ("component:cart", "group:team-pay")
    assert answer.inherited_from is not None
    assert answer.inherited_from.name == "checkout"
    assert [fact.value for fact in answer.evidence] == ["group:default/team-pay"]


def test_the_system_answers_before_the_domain(chat: Conversation) -> None:
    chat.knows(
        team("team-pay"),
        team("team-shop"),
        system("checkout", owner="team-pay"),
        domain("all-commerce", owner="team-shop"),
        service("cart", system="checkout", domain="all-commerce"),
    )
    assert chat.found("who owns cart") == ("component:cart", "group:team-pay")


def test_the_domain_answers_where_the_system_names_nobody(chat: Conversation) -> None:
    chat.knows(
        domain("shop", owner="team-shop"),
        system("checkout", domain="shop"),
        service("cart", system="checkout"),
    )
    answer = chat.expect(Found, "who owns cart")
    assert answer.inherited_from is not None
    assert answer.inherited_from.ref.short == "domain:shop"
    assert answer.owner is not None
    assert answer.owner.ref.short == "group:team-shop"


def test_systems_in_a_ring_end_in_nobody(chat: Conversation) -> None:
    chat.knows(
        domain("a", subdomainOf="b"),
        domain("b", subdomainOf="a"),
        system("s", domain="a"),
        service("x", system="s"),
    )
    assert chat.found("who owns x") == ("component:x", None)


def test_a_team_answers_for_itself(chat: Conversation) -> None:
    chat.knows(team("team-pay", channel="team-pay"))
    assert chat.found("who owns team-pay") == ("group:team-pay", "group:team-pay")


def test_a_service_is_meant_before_a_team_of_the_same_name(chat: Conversation) -> None:
    chat.knows(team("payments"), team("team-x"), service("payments", owner="team-x"))
    assert chat.found("who owns payments") == ("component:payments", "group:team-x")


def test_a_team_without_a_channel_is_reached_through_the_services_own(chat: Conversation) -> None:
    chat.knows(team("team-pay"), service("payments", owner="team-pay", channel="payments-help"))
    owner = chat.expect(Found, "who owns payments").owner
    assert owner is not None
    assert owner.channel == "payments-help"


def test_a_person_owns(chat: Conversation) -> None:
    chat.knows(
        person("ana", title="Ana Silva", slack_user_id="U1", email="ana@acme.io"),
        service("tool", owner="user:ana"),
    )
    owner = chat.expect(Found, "who owns tool").owner
    assert owner is not None
    assert (owner.slack_user_id, owner.email, owner.people) == ("U1", "ana@acme.io", ())


def test_an_unknown_thing_comes_with_the_way_to_add_it(chat: Conversation) -> None:
    chat.knows(service("payments"))
    answer = chat.expect(Missing, "who owns zebra")
    assert answer.words == "zebra"
    assert answer.suggestions == ()
    assert "catalog-info.yaml" in answer.remedy
    assert "idp import" in answer.remedy
