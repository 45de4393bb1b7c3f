"""`list services …`: filters alone and together, their natural forms, and paging."""

from __future__ import annotations

import pytest

from domain.answers import Ambiguous, Asker, Listing, Missing, Unclear
from tests.catalog_builder import api, entity, person, service, system, team
from tests.questions.conversation import Conversation, rows

CART = service(
    "cart", owner="team-shop", tier="1", lifecycle="production", language="go", tags=["pci"], system="shop"
)
HUB = service(
    "hub", owner="team-pay", tier="2", lifecycle="production", language="python", tags=["pci", "eu"]
)
LAB = service("lab", tier="3", lifecycle="experimental", language="python", type="website")
PAY = service(
    "pay", owner="team-pay", tier="1", lifecycle="production", language="python", tags=["eu"], system="shop"
)


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        CART, HUB, LAB, PAY,
        api("cart-api", owner="team-shop", system="shop"), system("shop", owner="team-shop"),
        team("team-pay", title="Payments", members=["ana"]), team("team-shop"),
        person("ana", slack_user_id="U1"),
        entity("Dashboard", "sales", owner="team-shop"),
    )  # fmt: skip
    return chat


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("list services", "cart hub lab pay"),
        ("list", "cart hub lab pay"),
        ("services", "cart hub lab pay"),
        ("show me all the services", "cart hub lab pay"),
        ("how many services are there", "cart hub lab pay"),
        ("list services tier 1", "cart pay"),
        ("list services tier:1", "cart pay"),
        ("tier 1 services", "cart pay"),
        ("tier-1 services", "cart pay"),
        ("list services tier 1 or 2", "cart hub pay"),
        ("list services tier 1, 2", "cart hub pay"),
        ("list services tier 1,2", "cart hub pay"),
        ("list services owner team-pay", "hub pay"),
        ("list services owned by team-pay", "hub pay"),
        ("list services owned by @team-pay", "hub pay"),
        ("list services owned by Payments tier 1", "pay"),
        ("services owned by team-pay", "hub pay"),
        ("services of team-pay", "hub pay"),
        ("which services are owned by team-pay?", "hub pay"),
        ("list services owned by group:default/team-pay", "hub pay"),
        ("list services lifecycle experimental", "lab"),
        ("list services language python", "hub lab pay"),
        ("python services", "hub lab pay"),
        ("show python services in production", "hub pay"),
        ("list services written in go", "cart"),
        ("list services type website", "lab"),
        ("list websites", "lab"),
        ("list services tag pci", "cart hub"),
        ("list services tagged pci and tagged eu", "hub"),
        ("list services tag:pci tag:eu", "hub"),
        ("list services #eu", "hub pay"),
        ("list services system shop", "cart pay"),
        ("list services in the system shop", "cart pay"),
        ("list services unowned", "lab"),
        ("unowned services", "lab"),
        ("services without an owner", "lab"),
        ("services that nobody owns", "lab"),
        ("which services are unowned?", "lab"),
        ("unowned", "lab"),
        (
            "list services owner team-pay tier 1 lifecycle production type service language python tag eu",
            "pay",
        ),
        ("list services in the system shop, tagged eu, written in python, owned by Payments", "pay"),
        ("list apis", "cart-api"),
        ("list apis and services in system shop", "cart cart-api pay"),
        ("list systems", "shop"),
        ("teams", "team-pay team-shop"),
        ("list people", "ana"),
        ("everything owned by team-shop", "cart cart-api sales shop"),
        ("list dashboards", "sales"),
        ("please list services tier 1 thanks", "cart pay"),
    ],
)
def test_filters(shop: Conversation, words: str, expected: str) -> None:
    listing = shop.expect(Listing, words)
    assert sorted(rows(listing)) == sorted(expected.split())
    assert listing.total == len(expected.split())
    assert rows(shop.expect(Listing, listing.ask)) == rows(listing), listing.ask


def test_a_list_is_in_the_order_of_titles(chat: Conversation) -> None:
    chat.knows(service("z", title="alpha"), service("a", title="Beta"), service("b", title="gamma"))
    assert rows(chat.expect(Listing, "list services")) == ["z", "a", "b"]


def test_pages_cover_everything_once(chat: Conversation) -> None:
    chat.knows(*(service(f"svc-{number:02}", tier="1") for number in range(45)))
    first = chat.expect(Listing, "list services tier 1")
    assert (first.page, first.pages, first.total) == (1, 3, 45)
    pages = [chat.expect(Listing, f"{first.ask} page {page}") for page in (1, 2, 3)]
    assert [name for page in pages for name in rows(page)] == [f"svc-{number:02}" for number in range(45)]
    assert chat.expect(Listing, f"{first.ask} page 99").page == 3
    assert chat.expect(Listing, "list services page 2 tier 1").page == 2


def test_the_headline_answers(shop: Conversation) -> None:
    assert shop.expect(Listing, "list services").headline == "4 services"
    assert shop.expect(Listing, "tier 3 services").headline.startswith("1 service,")
    assert shop.expect(Listing, "list apis unowned").headline.startswith("No APIs")


def test_a_value_that_nothing_has_is_answered_with_those_that_there_are(shop: Conversation) -> None:
    listing = shop.expect(Listing, "list services tier 9")
    assert listing.total == 0
    assert "1, 2, 3" in listing.headline


def test_a_filter_that_is_none_is_said(shop: Conversation) -> None:
    answer = shop.expect(Unclear, "list pyhton services")
    assert "pyhton" in answer.problem
    assert answer.suggestions[0] == "list python services"
    assert (
        "list services owned by group:team-pay" in shop.expect(Unclear, "list team-pay services").suggestions
    )


def test_a_filter_without_its_value_is_said(shop: Conversation) -> None:
    assert "tier" in shop.expect(Unclear, "list services tier").problem


def test_owners_that_are_several_or_none(shop: Conversation) -> None:
    shop.knows(team("team-x-a"), team("team-x-b"))
    choice = shop.expect(Ambiguous, "list services owned by team-x tier 1")
    assert choice.candidates[0].ask == "list services owner group:default/team-x-a tier 1"
    assert shop.expect(Missing, "list services owned by zebra").words == "zebra"


def test_my_own(shop: Conversation) -> None:
    shop.knows(service("tool", owner="user:ana"))
    assert rows(shop.expect(Listing, "list services owned by me", Asker("U1"))) == ["tool"]
    assert "who you are" in shop.expect(Missing, "list services owned by me", Asker("U9")).remedy
