"""Who says that one thing depends on another."""

from __future__ import annotations

from typing import Any

import pytest

from blocks.as_json import json_for
from blocks.plain import text_for
from catalog_store.catalog import Catalog
from domain.answers import Listing
from domain.clock import system_clock
from domain.errors import StoreUnavailable
from tests.catalog_builder import service
from tests.catalog_store.sightings import remark, sees
from tests.questions.conversation import Conversation


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        service("shop", dependsOn=["component:pay"], consumesApis=["api:rates"]),
        service("cart"),
        service("pay", dependencyOf=["component:till"], providesApis=["api:pay-api"]),
        service("till"),
        service("app", consumesApis=["api:pay-api"]),
    )
    seen = [
        remark("a", "component:default/shop", dependsOn=["component:default/pay"]),
        remark("b", "component:default/cart", dependsOn=["component:default/pay"]),
    ]
    sees(chat.catalog, "datadog/apm", *seen)
    chat.index.refresh()
    return chat


def told(answer: Listing) -> dict[str, list[str]]:
    return {ref.name: [fact.source for fact in facts] for ref, facts in answer.edges.items()}


def test_each_edge_has_its_sources(shop: Conversation) -> None:
    assert told(shop.expect(Listing, "what depends on pay")) == {
        "shop": ["backstage", "datadog/apm"],
        "cart": ["datadog/apm"],
        "till": ["backstage"],
        "app": ["backstage"],
    }
    assert told(shop.expect(Listing, "what does shop depend on")) == {
        "pay": ["backstage", "datadog/apm"],
        "rates": ["backstage"],
    }
    assert told(shop.expect(Listing, "what does till depend on")) == {"pay": ["backstage"]}


def test_every_surface_says_them(shop: Conversation) -> None:
    answer = shop.expect(Listing, "what depends on pay")
    text = text_for(answer, now=system_clock())
    assert "says catalog file, APM traces (50%)" in text
    listed: Any = json_for(answer, now=system_clock())["items"]
    (cart,) = [each for each in listed if each["name"] == "cart"]
    assert [each["source"] for each in cart["says"]] == ["datadog/apm"]


def test_without_the_store_the_list_is_there_and_the_evidence_is_not(
    shop: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("the database does not answer")

    monkeypatch.setattr(Catalog, "records_of", away)
    answer = shop.expect(Listing, "what depends on pay")
    assert answer.total == 4
    assert answer.edges == {}
