"""Who would feel it if a thing failed, and whether one thing depends on another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_store.search.index import CatalogIndex
from domain.answers import Ambiguous, Listing, Missing, Unclear
from domain.entities import Entity
from domain.impact import Dependence, Impact
from domain.refs import Ref
from questions.walking import UNREACHED, dependents
from tests.catalog_builder import api, resource, service, system, team
from tests.questions.conversation import Conversation


@pytest.fixture
def acme(chat: Conversation) -> Conversation:
    chat.knows(
        team("pay", channel="pay", slack_usergroup_id="S0PAY"),
        team("shop"),
        resource("db", owner="pay"),
        service("ledger", owner="pay", tier="2", dependsOn=["resource:db"], system="money"),
        service("pay-core", owner="pay", tier="3", dependsOn=["ledger"], providesApis=["pay-api"]),
        api("pay-api", owner="pay"),
        service("cart", owner="shop", tier="1", consumesApis=["pay-api"]),
        service("web", owner="shop", tier="1", dependsOn=["cart", "ledger"]),
        service("report", tier="4", dependsOn=["web"]),
        system("money", owner="pay"),
    )
    return chat


def felt(answer: Impact) -> dict[str, list[tuple[str, int, str]]]:
    return {
        each.owner.title if each.owner else "nobody": [
            (row.thing.name, row.distance, row.through.name if row.through else "") for row in each.rows
        ]
        for each in answer.groups
    }


def test_impact_goes_on_through_things_and_apis_by_owner_worst_tier_first(acme: Conversation) -> None:
    answer = acme.expect(Impact, "impact of db")
    assert felt(answer) == {
        "shop": [("web", 2, "ledger"), ("cart", 3, "pay-api")],
        "pay": [("ledger", 1, ""), ("pay-core", 2, "ledger")],
        "nobody": [("report", 3, "web")],
    }
    assert (answer.total, answer.owners, answer.orphans, answer.direct) == (5, 2, 1, 1)
    assert (answer.worst, answer.worst_total) == ("1", 2)
    assert [each.owner and each.owner.slack_usergroup_id for each in answer.warn] == ["", "S0PAY"]


def test_a_system_fails_with_its_parts(acme: Conversation) -> None:
    answer = acme.expect(Impact, "what breaks if system:money goes down")
    assert (answer.parts, answer.total) == (1, 4)
    names = {name for rows in felt(answer).values() for name, _, _ in rows}
    assert names == {
        "pay-core",
        "cart",
        "web",
        "report",
    }


def test_circles_end(chat: Conversation) -> None:
    chat.knows(
        service("a", dependsOn=["b"]), service("b", dependsOn=["c"]), service("c", dependsOn=["a", "c"])
    )
    answer = chat.expect(Impact, "impact of a")
    assert felt(answer) == {"nobody": [("c", 1, ""), ("b", 2, "c")]}


def test_many_are_paged_and_each_is_on_one_page(chat: Conversation) -> None:
    chat.knows(
        service("hub"), *(service(f"leaf-{n:02}", owner=f"t{n % 7}", dependsOn=["hub"]) for n in range(45))
    )
    pages = [chat.expect(Impact, f"impact of hub page {page}") for page in (1, 2, 3, 9)]
    names = [row.thing.name for page in pages[:3] for group in page.groups for row in group.rows]
    assert len(names) == len(set(names)) == 45
    assert (pages[3].page, pages[3].pages, pages[3].ask) == (3, 3, "impact of component:default/hub")
    assert pages[0].warn
    assert not pages[1].warn


def test_nothing_a_team_and_strangers(acme: Conversation) -> None:
    assert acme.expect(Impact, "impact of report").total == 0
    assert "what does group:default/pay own" in acme.expect(Unclear, "impact of team pay").suggestions
    assert acme.expect(Missing, "impact of zebra").suggestions == ()
    near = acme.expect(Missing, "blast radius of ledgr")
    assert [each.ask for each in near.suggestions] == ["impact of component:default/ledger"]


def test_yes_with_the_shortest_way_and_who_says_so(acme: Conversation) -> None:
    answer = acme.expect(Dependence, "does cart depend on db?")
    assert [(step.here.name, step.relation, step.there.name) for step in answer.steps] == [
        ("cart", "consumesApi", "pay-api"),
        ("pay-api", "apiProvidedBy", "pay-core"),
        ("pay-core", "dependsOn", "ledger"),
        ("ledger", "dependsOn", "db"),
    ]
    assert [[fact.source for fact in step.facts] for step in answer.steps] == [["backstage"]] * 4


def test_no_and_whether_the_reverse_holds(acme: Conversation) -> None:
    answer = acme.expect(Dependence, "does ledger use web")
    assert (answer.holds, answer.backwards) == (False, 1)
    neither = acme.expect(Dependence, "is report needed by cart")
    assert (neither.one.name, neither.other.name) == ("cart", "report")
    assert (neither.holds, neither.backwards) == (False, 2)


def test_parts_count_on_both_sides(acme: Conversation) -> None:
    assert [step.relation for step in acme.expect(Dependence, "does system:money depend on db").steps] == [
        "hasPart", "dependsOn",
    ]  # fmt: skip
    assert [step.relation for step in acme.expect(Dependence, "does web depend on system:money").steps] == [
        "dependsOn", "partOf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("does ledgr depend on db", "does component:default/ledger depend on db"),
        ("does web depend on ledgr", "does component:default/web depend on component:default/ledger"),
    ],
)
def test_the_right_one_of_both_is_asked_for(acme: Conversation, words: str, ask: str) -> None:
    assert ask in [each.ask for each in acme.expect(Missing, words).suggestions]


def test_a_pick_list_for_one_side_and_the_same_twice(acme: Conversation) -> None:
    acme.knows(service("mail-in"), service("mail-out"), source="csv")
    asked = acme.expect(Ambiguous, "does web depend on mail").candidates
    assert "does component:default/web depend on component:default/mail-in" in [each.ask for each in asked]
    assert "same thing" in acme.expect(Unclear, "does web depend on component:web").problem


def test_the_direct_lists_say_how_much_more_there_is(acme: Conversation) -> None:
    answer = acme.expect(Listing, "what depends on db")
    assert answer.headline == "1 service depends on db, and 4 more through it"
    assert answer.offers == (("Impact, however far", "impact of resource:default/db"),)
    assert acme.expect(Listing, "what does web depend on").headline.endswith(", and 3 more through them")


edges = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(edges, st.sets(st.tuples(st.integers(0, 11), st.integers(0, 3)), max_size=8), st.integers(0, 11))
def test_a_walk_is_that_of_a_simple_one(
    needs: list[tuple[int, int]], calls: set[tuple[int, int]], begin: int
) -> None:
    """Component n provides API n where n < 4; the oracle goes node by node over the same edges."""
    entities = [
        Entity(
            Ref("component", "default", f"c{n}"), f"c{n}", "Component",
            {
                "dependsOn": [f"component:default/c{to}" for here, to in needs if here == n],
                "consumesApis": [f"api:default/a{to}" for here, to in calls if here == n],
                "providesApis": [f"api:default/a{n}"] if n < 4 else [],
            },
        )
        for n in range(12)
    ]  # fmt: skip
    index = CatalogIndex.build(entities, 1)
    nodes = [index.node(entity.ref) for entity in entities]
    walk = dependents(index, np.array([nodes[begin]], np.int32))
    expected, level, steps = {begin: 0}, {begin}, 0
    while level:
        steps += 1
        near = {here for here, to in needs if to in level} | {here for here, to in calls if to in level}
        level = near - expected.keys()
        expected.update(dict.fromkeys(level, steps))
    assert [int(walk.distance[node or 0]) for node in nodes] == [
        expected.get(n, UNREACHED) for n in range(12)
    ]
    for n in expected.keys() - {begin}:
        node = index.node(entities[n].ref) or 0
        stopped = dependents(index, np.array([nodes[begin]], np.int32), until=np.array([node], np.int32))
        assert stopped.way(node) == walk.way(node)
        assert len(stopped.reached()) <= len(walk.reached())
