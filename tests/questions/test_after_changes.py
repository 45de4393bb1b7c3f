"""Answers from an index that was patched are those from one built anew: what came later is in its place."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from blocks.as_json import json_for
from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain.answers import Asker
from questions.asking import Questions
from tests.catalog_builder import SEEN, api, entity, knows, person, service, system, team

ANA, GUS = Asker(slack_user_id="U1"), Asker(slack_user_id="U2")
WORDS = (
    "list services",
    "list everything owned by team pay",
    "list services owned by team pay tier 1",
    "list services in shop",
    "list unowned",
    "list people in team pay",
    "find python",
    "find team-pay",
    "find cart money",
    "what does team pay own",
    "what do I own",
    "what depends on payments",
    "what does checkout depend on",
    "does web depend on payments",
    "does shop depend on bank",
    "impact of payments",
    "impact of bank",
    "gaps",
    "gaps unowned things",
    "gaps missing tiers",
    "gaps unknown owners of everything",
    "gaps of team pay",
    "gaps missing tiers of team-pay",
    "my gaps",
    "show payments",
    "who owns cart",
    "who owns paymints",
    "who is on call for checkout",
)


class Told(NamedTuple):
    """What was asked, and two sets of answers to it."""

    patched: Questions
    anew: Questions


@pytest.fixture
def told(sqlite_catalog: Catalog) -> Told:
    """The catalog as the questions know it first, then with what came later."""
    catalog = sqlite_catalog
    filling = [service(f"s{number}", owner="team-web", tier="3", system="shop") for number in range(60)]
    knows(
        catalog,
        *(team("team-pay", parent="team-all"), team("team-web"), team("team-all"), team("team-solo")),
        *(system("bank"), service("solo", owner="team-solo", tier="1", dependsOn=["payments"])),
        person("ana", memberOf=["group:default/team-pay"], slack_user_id="u1"),
        service("payments", owner="team-pay", tier="1", system="bank", language="python"),
        service("checkout", owner="team-web", tier="2", dependsOn=["payments", "s1", "resource:db"]),
        service("web", dependsOn=["checkout"]),
        service("zeta"),
        service("cart", owner="team-gone", system="shop"),
        *filling,
    )
    index = LiveIndex(catalog)
    assert index.current.size > 60
    knows(
        catalog,
        *(system("shop", owner="team-pay"), team("team-aaa"), api("pay-api", owner="team-aaa")),
        person("gus", accounts={"slack": "guest"}, slack_user_id="u2", memberOf=["group:default/team-pay"]),
        service("cart-a", owner="team-aaa", dependsOn=["payments"], tags=["money"], tier="1"),
        service("a-ledger", owner="team-pay", language="python", system="bank", dependencyOf=["cart"]),
        service("s1", title="AAA first", owner="team-pay", dependsOn=["payments"], system="bank"),
        service("s2", owner="team-web", visibility=["public"], system="shop", dependsOn=["s1"]),
        entity("Resource", "db", owner="team-nowhere"),
        *(service("a-orphan"), service("m-orphan"), service("b-lost", owner="team-gone")),
        source="csv",
    )
    before = index.current
    assert index.refresh()
    assert index.current._whole is before._whole, "it was patched"
    return Told(Questions(catalog, index), Questions(catalog, LiveIndex(catalog)))


def test_the_answers_are_those_of_an_index_built_anew(told: Told) -> None:
    for words in WORDS:
        for asker in (Asker(), ANA, GUS, Asker(slack_user_id="U9", outsider=True)):
            patched, anew = (json_for(each.answer(words, asker), now=SEEN) for each in told)
            assert patched == anew, words
