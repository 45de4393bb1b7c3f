"""Conversations in the App Home."""

from __future__ import annotations

from playground.person import Person
from tests.handlers.conftest import Office


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


def test_a_button_in_the_modal_answers_in_the_same_modal(ana: Person) -> None:
    ana.opens_home()
    ana.clicks("help")
    first = ana.sees_view("Ask in these words")
    ana.clicks("who owns payments")
    second = ana.sees_view("may mean 2 things")
    ana.clicks("Payments Web (website)")
    third = ana.sees_view("*Payments Web* is owned by *Pay team*")
    assert first.id == second.id == third.id
    assert "Share to channel" not in third.buttons
