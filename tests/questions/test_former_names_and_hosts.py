"""What a thing was called before, and the hosts that lead to it, lead to it."""

from __future__ import annotations

import pytest

from blocks.plain import text_for
from domain.answers import Ambiguous, Found, Listing
from tests.catalog_builder import SEEN, service, team
from tests.catalog_store.sightings import declared, repository, sees
from tests.questions.conversation import Conversation, rows


@pytest.fixture
def renamed(chat: Conversation) -> Conversation:
    """A repository that was renamed, and somebody who still says the old name."""
    for day, slug in enumerate(("acme/pay", "acme/payments")):
        sees(chat.catalog, "github", repository("R1", slug, owner="group:default/pay-team"), day=day)
    chat.knows(
        team("team-pay", "group:default/pay-team", "pay-team"),
        service("shop", owner="group:default/pay-team", dependsOn=["component:default/pay"]),
    )
    return chat


@pytest.mark.parametrize(
    "name",
    ["pay", "component:pay", "component:default/pay", "github:acme/pay", "https://github.com/acme/pay",
     "https://github.com/acme/payments", "git@github.com:acme/pay.git"],
)  # fmt: skip
def test_every_former_name_leads_to_the_thing(renamed: Conversation, name: str) -> None:
    assert renamed.found(f"who owns {name}") == ("component:payments", "group:team-pay")


def test_relations_by_a_former_name_count(renamed: Conversation) -> None:
    assert rows(renamed.expect(Listing, "what depends on payments")) == ["shop"]
    assert rows(renamed.expect(Listing, "what does team-pay own")) == ["payments", "shop"]
    assert renamed.expect(Found, "who owns shop").renamed == {
        "group:default/pay-team": "group:default/team-pay"
    }


def test_who_says_the_former_name_of_the_owner_agrees(renamed: Conversation) -> None:
    renamed.knows(service("shop", owner="team-pay"), source="csv")
    text = text_for(renamed.ask("who owns shop"), now=SEEN)
    assert text.startswith("shop is owned by team-pay")
    assert "spreadsheet agrees" in text


def test_a_declaration_that_follows_keeps_the_former_name(renamed: Conversation) -> None:
    sees(renamed.catalog, "csv", declared("money", "github:acme/payments"), day=2)
    renamed.index.refresh()
    assert renamed.found("who owns pay") == ("component:money", "group:team-pay")


@pytest.fixture
def reachable(chat: Conversation) -> Conversation:
    """Two services behind one host, by path, and one behind a wildcard."""
    chat.knows(
        team("team-web"),
        team("team-cart"),
        service(
            "web", owner="team-web", hosts=["shop.acme.example"],
            routes=[{"host": "shop.acme.example", "path": "/"}],
        ),
        service(
            "cart", owner="team-cart", hosts=["shop.acme.example", "cart.acme.example"],
            routes=[{"host": "shop.acme.example", "path": "/cart/*"}, {"host": "cart.acme.example"}],
        ),
        service("tenants", owner="team-web", hosts=["*.tenants.acme.example"]),
        service("acme.example", owner="team-web"),
    )  # fmt: skip
    return chat


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("cart.acme.example", "cart"),
        ("Cart.ACME.example:8443", "cart"),
        ("https://cart.acme.example/", "cart"),
        ("<http://cart.acme.example|cart.acme.example>", "cart"),
        ("https://shop.acme.example/cart/items?id=1", "cart"),
        ("https://shop.acme.example/search", "web"),
        ("shop.acme.example/cart", "cart"),
        ("https://blue.tenants.acme.example/x", "tenants"),
        ("blue.tenants.acme.example", "tenants"),
        ("acme.example", "acme.example"),
    ],
)
def test_a_host_leads_to_what_answers_there(reachable: Conversation, address: str, name: str) -> None:
    assert reachable.found(f"who owns {address}")[0] == f"component:{name}"


def test_a_host_of_several_things_is_a_pick_list(reachable: Conversation) -> None:
    answer = reachable.expect(Ambiguous, "who owns shop.acme.example")
    assert [each.thing.name for each in answer.candidates] == ["cart", "web"]
