"""The global shortcut, "Search the catalog", over a real connection."""

from __future__ import annotations

from blocks import names
from domain.errors import StoreError
from playground.person import Person
from playground.seen import Json
from tests.handlers.conftest import Office


def opened(person: Person) -> None:
    person.calls_shortcut(names.SEARCH_CATALOG)
    person.sees_view("Search the catalog")


def offered(person: Person, typed: str) -> list[Json]:
    view = person.view
    block = next(each for each in view.blocks if each["block_id"] == names.SEARCH_PICK)
    return person.suggestions({"type": "view", "view_id": view.id}, block, block["element"], typed)


def test_what_is_typed_is_offered_as_it_grows(ana: Person) -> None:
    opened(ana)
    titles = [option["text"]["text"] for option in offered(ana, "paym")]
    assert titles == ["Payments API · service · Pay team", "Payments Web · website · Pay team"]
    assert [option["value"] for option in offered(ana, "lagder")] == ["component:default/ledger"]
    assert offered(ana, "zzzzzz") == []


def test_picking_shows_the_card_below_and_its_buttons_lead_on(ana: Person) -> None:
    opened(ana)
    ana.picks("component:default/ledger", menu=names.SEARCH_PICK)
    assert ana.sees_view("*ledger* is owned by *Pay team*").title == "Search the catalog"
    ana.clicks("Show full card")
    ana.sees_view("*Depends on*  Payments API")
    ana.picks("component:default/payments-api", menu=names.SEARCH_PICK)
    ana.sees_view("*Payments API* is owned by *Pay team*")
    assert len(ana.views) == 1


def test_a_question_in_words_is_answered_in_the_modal(ana: Person) -> None:
    opened(ana)
    assert ana.submit({names.SEARCH_WORDS: "what depends on payments-api"}) == {}
    ana.sees_view("ledger")


def test_asking_nothing_says_what_to_do(ana: Person) -> None:
    opened(ana)
    assert "Type a question" in ana.submit({})[names.SEARCH_WORDS]


def test_a_menu_without_a_catalog_is_empty_and_breaks_nothing(office: Office, ana: Person) -> None:
    opened(ana)
    office.questions.failure = StoreError("the database is away")
    assert offered(ana, "pay") == []
    office.questions.failure = None
    assert offered(ana, "pay")
