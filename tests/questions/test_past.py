"""Who owned it then: by history, with the evidence of that day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from blocks.plain import text_for
from catalog_store.catalog import Catalog
from catalog_store.schema import sqlite_url, upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Ambiguous, Answer, Found, Missing, Shown, Unclear
from domain.entities import EVERYTHING, Claim, Snapshot
from questions.asking import Questions
from tests.catalog_builder import service, system, team
from tests.catalog_store.sightings import DAY


class Years:
    """A catalog whose history a test writes day by day; today is day 20, a Sunday."""

    def __init__(self, catalog: Catalog, days: list[datetime]) -> None:
        self.catalog = catalog
        self._days = days
        self.index = LiveIndex(catalog)
        self.questions = Questions(catalog, self.index, clock=lambda: self._days[0])

    def on(self, day: int, *claims: Claim, source: str = "backstage") -> None:
        self._days[0] = DAY[day]
        self.catalog.apply(Snapshot(source, DAY[day], claims, (EVERYTHING,)), actor="test", allow_shrink=True)
        self.catalog.retire(source, DAY[day] - timedelta(days=3), actor="test")

    def ask(self, words: str) -> Answer:
        self._days[0] = DAY[20]
        self.index.refresh()
        return self.questions.answer(words)

    def read(self, words: str) -> str:
        return text_for(self.ask(words), now=DAY[20])


@pytest.fixture
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    days = [DAY[0]]
    url = sqlite_url(tmp_path_factory.mktemp("years"))
    upgrade(url)
    catalog = Catalog.open(url, clock=lambda: days[0])
    years = Years(catalog, days)
    teams = (team("red", title="Red team"), team("blue"))
    years.on(
        0, *teams, service("pay", owner="red"), service("cart", system="shop"), system("shop", owner="red")
    )
    years.on(5, *teams, service("pay", owner="blue", dependsOn=["cart"]), service("old", owner="red"),
             service("cart", system="shop"), system("shop", owner="blue"))  # fmt: skip
    years.on(9, *teams, service("pay", owner="blue"), service("cart", system="shop"), system("shop"))
    years.on(15, *teams, service("pay", owner="blue"), service("cart", system="shop"), system("shop"))
    return years


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("who owned pay on 2025-03-04", "Red team"),
        ("who owned pay on 2025-03-10", "blue"),
        ("who owned pay 18 days ago", "Red team"),
        ("who owned pay 2 weeks ago", "blue"),
        ("who owned pay last monday", "blue"),
        ("who owned pay in march", "blue"),
        ("owner of pay on 4 march", "Red team"),
        ("which team was responsible for the pay service on march 4th", "Red team"),
        ("who maintained pay as of 2025-03-04?", "Red team"),
        ("who owns pay as of 2025-03-04", "Red team"),
    ],
)
def test_the_owner_is_that_of_the_day(years: Years, words: str, owner: str) -> None:
    answer = years.ask(words)
    assert isinstance(answer, Found), answer
    assert answer.owner is not None
    assert (answer.owner.title, answer.owner.people) == (owner, ())
    assert [fact.value for fact in answer.evidence] == [str(answer.owner.ref)]


def test_the_first_line_names_the_day_and_the_owner(years: Years) -> None:
    lines = years.read("who owned pay on 2025-03-04").split("\n")
    assert lines[0] == "On 4 Mar 2025 pay was owned by Red team"
    assert "  Source  declared in catalog/pay.yaml:1" in lines
    assert "read" not in "\n".join(lines)


def test_what_it_inherited_then_counts(years: Years) -> None:
    assert years.read("who owned cart on 2025-03-04").startswith(
        "On 4 Mar 2025 cart was owned by Red team, as all of the system shop"
    )
    assert years.read("who owned cart on 2025-03-09").startswith("On 9 Mar 2025 cart was owned by blue, as")
    assert years.read("who owned cart on 2025-03-14").startswith("On 14 Mar 2025 nobody owned cart")


def test_what_is_retired_is_asked_by_its_last_name(years: Years) -> None:
    assert isinstance(years.ask("who owns old"), Missing)
    for name in ("old", "component:old", "the old service"):
        answer = years.ask(f"who owned {name} on 2025-03-09")
        assert isinstance(answer, Found), answer
        assert answer.entity.ref.name == "old"
    assert isinstance(years.ask("who owned old on 2025-03-20"), Missing)


def test_an_owner_that_left_since_is_known_for_then(years: Years) -> None:
    years.on(16, team("blue"), service("pay", owner="blue"))
    years.on(20, team("blue"), service("pay", owner="blue"))
    assert years.read("who owned pay on 2025-03-04").startswith("On 4 Mar 2025 pay was owned by Red team")
    assert years.read("who owned red on 2025-03-04").startswith("On 4 Mar 2025 Red team was a team")


def test_before_it_was_there_it_was_not(years: Years) -> None:
    answer = years.ask("who owned old on 2025-03-04")
    assert isinstance(answer, Missing)
    early = years.ask("who owned pay on 2025-02-01")
    assert isinstance(early, Unclear)
    assert early.problem == "pay was not in the catalog on 2025-02-01."


@pytest.mark.parametrize("date", ["", "on 05/06/2025", "on 2025-02-30", "on 2026-01-01"])
def test_an_unclear_day_gets_examples(years: Years, date: str) -> None:
    answer = years.ask(f"who owned pay {date}")
    assert isinstance(answer, Unclear), answer
    assert "who owned pay on 2026-03-01" in answer.suggestions


def test_the_card_of_a_day(years: Years) -> None:
    answer = years.ask("show pay on 2025-03-09")
    assert isinstance(answer, Shown)
    assert [(name, [each.name for each in things]) for name, things in answer.relations] == [
        ("dependsOn", ["cart"])
    ]
    assert years.read("show pay on 2025-03-04").startswith("On 4 Mar 2025 pay was owned by Red team")


def test_a_choice_keeps_the_day(years: Years) -> None:
    years.on(16, *(team(f"ops-{each}") for each in "ab"), service("api-x", owner="ops-a"), service("api-y"))
    answer = years.ask("who owned api on 2025-03-19")
    assert isinstance(answer, Ambiguous)
    assert answer.candidates[0].ask.endswith("on 2025-03-19")
