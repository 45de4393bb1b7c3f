"""The ways of asking who is on call, and words that ask something else."""

from __future__ import annotations

import pytest

from domain.answers import Asker, Found, Missing, Shown, Unclear
from domain.oncall import OnCall
from questions.grammar import PATTERNS
from questions.oncall import subject_in
from questions.wording import read, without_courtesies
from tests.catalog_builder import SEEN, person, service, team
from tests.oncall_plans import plan, planned, shift
from tests.questions.conversation import Conversation

THING = """
who is on call for X|Who's on call for X?|who's oncall for X|who is on-call for X|whos on call for X
who is oncall at X|on call for X|oncall for X|on-call for X|on call X|oncall X|on-call X|X on call|X oncall
X on-call|X's on call|X's on-call rota|X on-call schedule|who is X's on-call|who do I page for X
who should I page for X?|who do we page about X
who to page for X|whom do I page for X|who do I wake up for X
who do I page if X is down|who should we page when X breaks|who gets paged for X|who gets paged when X fails
who is carrying the pager for X|who's holding the pager for X|who has the pager for X
who carries the pager for X
who is next on call for X|who is on call next for X|who is up next on call for X|who will be on call for X
who is on call right now for X|who is on call for X right now
who is currently on call for X|who is on duty for X
is anyone on call for X|is somebody on call for X?|who is the primary on call for X|who is secondary for X
who is primary on call for X|X primary on call|pagerduty X|pagerduty for X|pager for X|opsgenie X
on-call schedule for X|on call rota of X|show the on-call schedule of X|show me X on call
on-call engineer for X
what is the on call rotation for X|escalation policy of X|X escalation policy|escalation for X|rota for X
does X have an on-call rota|does X have anyone on call|who responds for X|can you tell me who is on call for X
hey, who's on call for X please|does anybody know who is on call for X?
am I on call for X|is Ana on call for X
"""
PERSON = """
what is X on call for|what's X on call for?|what is X oncall for|what is X currently on call for
which services is X on call for|when is X on call|when is X next on call|when is X on call next
when is X on call again|when does X go on call|when will X be on call|is X on call|is X on call now?
is X oncall right now|when is X's next shift|when is X's next on-call shift|what does X carry the pager for
"""
ME = """
when am i on call|am i on call|am I oncall?|what am I on call for|when am I next on call|when is my next shift
my on-call|my oncall shifts|show me my on-call schedule|my shifts|when is my next on-call shift
"""
OTHERS = {
    "who owns on-call-bot": "owner",
    "on-call-bot owner": "owner",
    "what is on-call-bot": "show",
    "show pagerduty": "show",
    "what depends on oncall": "dependents",
    "what does on-call depend on": "dependencies",
    "list services tag oncall": "list",
    "what does the on-call team own": "owned",
    "who do I ask about X": "owner",
    "who do I call about X": "owner",
    "who owns page": "owner",
    "sync pagerduty": "sync",
    "help on call": "help",
}


def understood(words: str) -> tuple[str, str] | None:
    found = PATTERNS.match(without_courtesies(read(words)))
    return (found[0].leads_to, subject_in(found[1].get("thing", ()))) if found else None


def phrasings(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]


def test_there_are_many_ways() -> None:
    assert len(set(phrasings(THING))) > 60


@pytest.mark.parametrize("phrasing", phrasings(THING))
@pytest.mark.parametrize("name", ["payments-api", '"the card vault"', "team-payments"])
def test_a_service_or_team(phrasing: str, name: str) -> None:
    assert understood(phrasing.replace("X", name)) == ("on call", name.strip('"'))


@pytest.mark.parametrize("phrasing", phrasings(PERSON))
@pytest.mark.parametrize("name", ["ana", "<@U0ANA|ana>", "Ana Silva"])
def test_a_person(phrasing: str, name: str) -> None:
    found = understood(phrasing.replace("X", name))
    assert found is not None
    assert found == ("duties", name)


@pytest.mark.parametrize("phrasing", phrasings(ME))
def test_the_asker(phrasing: str) -> None:
    found = understood(phrasing)
    assert found is not None
    assert (found[0], found[1].lower()) in {("duties", ""), ("duties", "i")}


@pytest.mark.parametrize(("words", "form"), OTHERS.items())
def test_other_questions_stay_what_they_are(words: str, form: str) -> None:
    found = understood(words)
    assert found is not None
    assert found[0] == form


@pytest.mark.parametrize(
    "words", ["call payments", "on fire", "on-call-bot", "pagerduty", "next", "shift happens"]
)
def test_what_is_no_such_question(words: str) -> None:
    assert understood(words) is None


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        team("team-pay", title="Pay team"), team("team-two"),
        person("ana", title="Ana Silva", slack_user_id="U0ANA", memberOf=["team-pay"]),
        person("bo", slack_user_id="U0BO", memberOf=["team-pay", "team-two"]),
        service("payments", owner="team-pay"), service("payroll", owner="team-pay"), service("on-call-bot"),
        service("reports", owner="team-two"),
    )  # fmt: skip
    chat.catalog.apply(planned(payments=plan("p1", shift("ana", -1, 5))), actor="test")
    chat.questions = chat.at(SEEN)
    return chat


def test_a_name_that_sounds_like_it_is_still_a_name(shop: Conversation) -> None:
    assert shop.expect(Found, "on-call-bot").entity.name == "on-call-bot"
    assert shop.expect(Shown, "what is on-call-bot").record.entity.name == "on-call-bot"


def test_an_unclear_name_a_typo_and_a_stranger(shop: Conversation) -> None:
    picked = shop.ask("who is on call for pay")
    asked = {each.ask for each in getattr(picked, "candidates", ())}
    assert "who is on call for component:default/payments" in asked
    typo = shop.expect(Missing, "who is on call for paymnets")
    assert typo.suggestions[0].ask == "who is on call for component:default/payments"
    assert shop.expect(Missing, "who is on call for zebra").remedy
    assert shop.expect(Missing, "when am I on call", Asker("U0NEW")).remedy


def test_without_a_subject_it_is_the_askers_team(shop: Conversation) -> None:
    mine = shop.expect(OnCall, "who is on call", Asker("U0ANA"))
    assert mine.subject.name == "team-pay"
    assert shop.expect(OnCall, "who is on call for my team", Asker("U0ANA")).subject.name == "team-pay"
    several = shop.ask("who is on call", Asker("U0BO"))
    assert [each.ask for each in getattr(several, "candidates", ())] == [
        "who is on call for group:default/team-pay", "who is on call for group:default/team-two",
    ]  # fmt: skip
    assert "Name a service or a team" in shop.expect(Unclear, "who is on call").problem


def test_a_misspelt_question_is_suggested_right(shop: Conversation) -> None:
    assert "who is oncall for payments" in shop.expect(Unclear, "whoo is oncall for payments").suggestions
