"""Conversations in the App Home."""

from __future__ import annotations

from playground.person import Person
from tests.handlers.conftest import Office, eventually


def test_the_home_shows_what_is_yours_and_your_teams(ana: Person) -> None:
    home = ana.opens_home()
    assert "Hello <@U0ANA>" in home.all_text
    assert "*Payments API* · service · tier 1 · Pay team" in home.all_text


def test_the_home_of_somebody_unknown_says_how_to_be_known(office: Office) -> None:
    home = office.newcomer().opens_home()
    assert "The catalog does not know you yet" in home.all_text


def test_an_example_on_the_home_is_answered_in_a_modal(ana: Person) -> None:
    home = ana.opens_home()
    assert "help" in home.buttons
    ana.clicks("help")
    assert "Ask in these words" in ana.view.all_text


def test_a_button_in_the_modal_answers_in_the_same_modal(office: Office) -> None:
    bo = office.newcomer()
    bo.opens_home()
    bo.clicks("help")
    first = bo.sees_view("Ask in these words")
    bo.clicks("who owns payments")
    second = bo.sees_view("may mean 2 things")
    bo.clicks("Payments Web (website)")
    third = bo.sees_view("*Payments Web* is owned by *Pay team*")
    assert first.id == second.id == third.id
    assert "Share to channel" not in third.buttons


def test_examples_are_about_what_is_yours(ana: Person) -> None:
    home = ana.opens_home()
    assert {"who is on call for team-pay", "my gaps", "Search the catalog"} <= set(home.buttons)
    ana.clicks("help")
    buttons = ana.sees_view("Ask in these words").buttons
    assert "who owns payments" not in buttons
    assert [each for each in buttons if each.startswith("who owns ")]


def test_what_is_yours_and_lacks_something_is_on_the_home(ana: Person) -> None:
    home = ana.opens_home()
    assert "*Gaps in what is yours*" in home.all_text
    ana.clicks("Show the gaps")
    assert "They have no tier" in ana.sees_view("in what *Ana Silva* owns").all_text


def test_questions_are_suggested_where_one_writes_to_the_bot(ana: Person) -> None:
    ana.browser.do("dm", user="idp")
    eventually(lambda: "ok" in _suggested(ana), "questions are suggested")


def _suggested(person: Person) -> list[str]:
    log = person.browser.get("log")["entries"]
    return [each["outcome"] for each in log if each["name"] == "assistant.threads.setSuggestedPrompts"]
