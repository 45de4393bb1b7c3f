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
        ("list services tagged #eu", "hub pay"),
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
    shop.knows(team("guild-x", title="Search"))
    assert "list services owned by group:guild-x" in shop.expect(Unclear, "list guild services").suggestions


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("list team-pay services", "hub pay"),
        ("list services in shop", "cart pay"),
        ("list services of the system shop", "cart pay"),
        ("list apis of shop", "cart-api"),
        ("how many tier 1 services does team-pay own", "pay"),
        ("members of team-pay", "ana"),
        ("list people in Payments", "ana"),
        ("who is in team-pay?", "ana"),
    ],
)
def test_a_bare_name_is_a_place_or_an_owner(shop: Conversation, words: str, expected: str) -> None:
    listing = shop.expect(Listing, words)
    assert rows(listing) == expected.split()
    assert rows(shop.expect(Listing, listing.ask)) == rows(listing), listing.ask


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        ("list services tag pci tag eu", "1 service, tag pci and eu"),
        ("list services tagged pci and eu", "1 service, tag pci and eu"),
        ("list services unowned", "1 service without an owner"),
        ("unowned", "1 service without an owner"),
        ("list services in shop", "2 services in shop"),
        ("list websites", "1 website"),
        ("list services owned by team-pay language GO", "No services, language go, owned by Payments"),
        ("members of team-pay", "1 person in Payments"),
        ("list services type nonsense", "No services, type nonsense (known types are service, website)"),
    ],
)
def test_the_headline_is_a_true_sentence(shop: Conversation, words: str, headline: str) -> None:
    assert shop.expect(Listing, words).headline == headline


def test_a_domain_holds_the_parts_of_its_systems(chat: Conversation) -> None:
    chat.knows(
        entity("Domain", "trade", owner="team-a"), system("shop", domain="trade"),
        service("cart", system="shop"), service("other"),
    )  # fmt: skip
    assert rows(chat.expect(Listing, "list services in domain trade")) == ["cart"]
    assert rows(chat.expect(Listing, "list systems in trade")) == ["shop"]


def test_a_team_has_the_things_of_the_teams_below(chat: Conversation) -> None:
    chat.knows(team("dept", title="Dept"), team("team-a", parent="dept"), service("cart", owner="team-a"))
    listing = chat.expect(Listing, "list services owned by dept")
    assert (listing.headline, rows(listing)) == ("1 service owned by Dept or its teams", ["cart"])
    assert rows(chat.expect(Listing, "list teams in dept")) == ["team-a"]


@pytest.mark.parametrize(
    "words",
    ["list services not owned by team-pay", "list services except cart", "services not in production"],
)
def test_what_is_left_out_is_refused_and_not_ignored(shop: Conversation, words: str) -> None:
    assert "leave things out" in shop.expect(Unclear, words).problem


def test_only_owners_own(shop: Conversation) -> None:
    assert "only teams and people own" in shop.expect(Unclear, "list apis owned by cart").problem


def test_a_filter_without_its_value_is_said(shop: Conversation) -> None:
    answer = shop.expect(Unclear, "list services tier")
    assert answer.problem == "Which tier? Known are 1, 2, 3."
    assert answer.suggestions[0] == "list services tier 1"


def test_owners_that_are_several_or_none(shop: Conversation) -> None:
    shop.knows(team("team-x-a"), team("team-x-b"))
    choice = shop.expect(Ambiguous, "list services owned by team-x tier 1")
    assert choice.candidates[0].ask == "list services owner group:default/team-x-a tier 1"
    assert shop.expect(Missing, "list services owned by zebra").words == "zebra"


def test_my_own(shop: Conversation) -> None:
    shop.knows(service("tool", owner="user:ana"))
    assert rows(shop.expect(Listing, "list services owned by me", Asker("U1"))) == ["hub", "pay", "tool"]
    teams = shop.expect(Listing, "list my teams", Asker("U1"))
    assert (teams.headline, rows(teams)) == ("ana is in 1 team", ["team-pay"])
    assert rows(shop.expect(Listing, teams.ask)) == ["team-pay"]
    assert "who you are" in shop.expect(Missing, "list services owned by me", Asker("U9")).remedy


def test_a_tag_may_begin_like_a_filter(chat: Conversation) -> None:
    chat.knows(service("cart", owner="a", tags=["tag-12"]), service("pay", owner="a", tags=["12"]))
    assert rows(chat.expect(Listing, "list services tag-12")) == ["cart"]
