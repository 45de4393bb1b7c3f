"""Conversations in the App Home."""

from __future__ import annotations

from blocks.names import HOME_ASK
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


def test_the_home_shows_how_the_team_stands_and_leads_to_its_gaps(ana: Person) -> None:
    home = ana.opens_home()
    assert "⚠ 4 gaps: they have no tier (4)" in home.all_text
    ana.clicks("Show the gaps")
    assert "They have no tier" in ana.sees_view("in what *Pay team* owns").all_text


def test_what_is_typed_on_the_home_is_answered_in_a_modal(ana: Person) -> None:
    ana.opens_home()
    ana.picks("who owns payments-api", menu=HOME_ASK)
    assert "*Payments API* is owned by *Pay team*" in ana.sees_view("is owned by").all_text


def test_a_home_that_was_shown_just_now_is_not_published_again(office: Office) -> None:
    somebody = office.newcomer()
    before = _calls(somebody, "views.publish")
    somebody.opens_home()
    somebody.opens_home()
    somebody.browser.do("dm", user="idp")
    eventually(lambda: bool(_prompts(somebody)), "what came after it is done")
    assert len(_calls(somebody, "views.publish")) == len(before) + 1


def test_questions_are_suggested_where_one_writes_to_the_bot(ana: Person) -> None:
    ana.browser.do("dm", user="idp")
    eventually(lambda: "My gaps" in _prompts(ana), "questions about what is Ana's are suggested")


def test_a_stranger_is_suggested_what_anybody_may_ask(office: Office) -> None:
    somebody = office.newcomer()
    somebody.browser.do("dm", user="idp")
    eventually(lambda: "Help" in _prompts(somebody), "questions are suggested")


def _prompts(person: Person) -> list[str]:
    chats = (each for each in person.browser.state()["channels"] if each["is_im"])
    return [one["title"] for each in chats for one in each["prompts"]]


def _calls(person: Person, method: str) -> list[str]:
    return [each["outcome"] for each in person.browser.get("log")["entries"] if each["name"] == method]
