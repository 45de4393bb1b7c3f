"""Questions without a subject: in a team's channel they mean that team, elsewhere the asker's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.answers import Ambiguous, Asker, Listing, Missing, Unclear
from domain.entities import Channel, Snapshot
from domain.gaps import Gaps
from domain.oncall import OnCall
from domain.visibility import OUTSIDE
from tests.catalog_builder import person, service, team
from tests.questions.conversation import Conversation, rows

ANA, BO, CY = "U0ANA", "U0BO", "U0CY"
PAY, SEARCH, LOBBY = "C0PAY", "C0SEARCH", "C0LOBBY"


@pytest.fixture
def company(chat: Conversation) -> Conversation:
    chat.knows(
        team("pay", title="Pay team", slack_channel_id=PAY),
        team("search", channel="search-team"),
        person("ana", slack_user_id=ANA, memberOf=["group:default/search"]),
        person("bo", slack_user_id=BO, memberOf=["group:default/search", "group:default/pay"]),
        service("payments", owner="pay", tier="1"),
        service("ledger", owner="pay"),
        service("indexer", owner="search", tier="2"),
        service("orphan", tier="1"),
    )
    seen = (Channel(SEARCH, "search-team"), Channel(LOBBY, "lobby"))
    now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    chat.catalog.apply(Snapshot("slack", now, (), channels=seen), actor="test")
    chat.index.refresh()
    return chat


def asked(user: str, channel: str) -> Asker:
    return Asker(slack_user_id=user, slack_channel_id=channel)


def test_who_is_on_call_in_a_teams_channel_is_about_that_team(company: Conversation) -> None:
    answer = company.expect(OnCall, "who is on call?", asked(ANA, PAY))
    assert answer.subject.name == "pay"
    assert answer.place is not None
    assert answer.place.title == "Pay team"


def test_a_channel_is_known_by_its_name_where_the_catalog_has_no_id(company: Conversation) -> None:
    answer = company.expect(OnCall, "on call", asked(CY, SEARCH))
    assert (answer.subject.name, answer.place and answer.place.name) == ("search", "search")


@pytest.mark.parametrize("words", ["what do we own", "our services", "what is ours", "show our services"])
def test_we_are_the_team_whose_channel_it_is(company: Conversation, words: str) -> None:
    answer = company.expect(Listing, words, asked(ANA, PAY))
    assert rows(answer) == ["ledger", "payments"]
    assert answer.place is not None
    assert "group:default/pay" in answer.ask, "the next page is asked for by name, wherever that is"


@pytest.mark.parametrize("words", ["what do I own", "my services", "what is mine"])
def test_i_am_myself_in_any_channel(company: Conversation, words: str) -> None:
    answer = company.expect(Listing, words, asked(ANA, PAY))
    assert rows(answer) == ["indexer"]
    assert answer.place is None


def test_gaps_in_a_teams_channel_are_its_own(company: Conversation) -> None:
    answer = company.expect(Gaps, "gaps", asked(CY, PAY))
    assert [(gap.what, [each.name for each in gap.first]) for gap in answer.gaps] == [
        ("They have no tier", ["ledger"])
    ]
    assert answer.place is not None
    everything = company.expect(Gaps, "gaps of everything", asked(CY, PAY))
    assert everything.subject is everything.place is None
    assert "Nobody owns them" in [gap.what for gap in everything.gaps]


def test_a_subject_counts_more_than_the_place(company: Conversation) -> None:
    answer = company.expect(OnCall, "who is on call for search", asked(ANA, PAY))
    assert (answer.subject.name, answer.place) == ("search", None)


@pytest.mark.parametrize("place", [LOBBY, "D0ANA", "", "C0UNKNOWN"])
def test_elsewhere_it_is_the_askers_own_team(company: Conversation, place: str) -> None:
    answer = company.expect(OnCall, "who is on call", asked(ANA, place))
    assert (answer.subject.name, answer.place) == ("search", None)
    assert rows(company.expect(Listing, "what do we own", asked(ANA, place))) == ["indexer"]


def test_somebody_of_two_teams_picks_one(company: Conversation) -> None:
    answer = company.expect(Ambiguous, "who is on call", asked(BO, LOBBY))
    assert {each.ask for each in answer.candidates} == {
        "who is on call for group:default/pay",
        "who is on call for group:default/search",
    }


def test_a_stranger_elsewhere_is_asked_back(company: Conversation) -> None:
    assert company.expect(Unclear, "who is on call", asked(CY, LOBBY)).problem.startswith("On call for what?")
    company.expect(Missing, "what do we own", asked(CY, LOBBY))


def test_two_teams_of_one_channel_are_neither(company: Conversation) -> None:
    company.knows(team("billing", slack_channel_id=PAY), source="other")
    answer = company.expect(OnCall, "who is on call", asked(ANA, PAY))
    assert answer.subject.name == "search"


def test_a_guest_is_not_told_whose_channel_it_is_where_the_team_is_hidden(company: Conversation) -> None:
    company.knows(team("secret", slack_channel_id="C0SECRET", visibility="internal"), source="other")
    asker = Asker(slack_user_id=CY, slack_channel_id="C0SECRET", reader=OUTSIDE)
    company.expect(Unclear, "who is on call", asker)


def test_what_nobody_could_answer_is_everybodys_in_any_channel(company: Conversation) -> None:
    company.catalog.note_unanswered({"who owns warehous": 2})
    answer = company.expect(Gaps, "what could nobody answer", asked(CY, PAY))
    assert [each.words for each in answer.unanswered] == ["who owns warehous"]


def test_each_gap_leads_to_the_list_of_what_has_it(company: Conversation) -> None:
    answer = company.expect(Gaps, "gaps", asked(CY, PAY))
    assert [gap.ask for gap in answer.gaps] == ["gaps missing tiers of group:default/pay"]
    some = company.expect(Listing, answer.gaps[0].ask)
    assert (some.headline, rows(some)) == ("1 thing in what Pay team owns: they have no tier", ["ledger"])
    everything = company.expect(Gaps, "gaps")
    assert {gap.ask: rows(company.expect(Listing, gap.ask)) for gap in everything.gaps} == {
        "gaps unowned things of everything": ["orphan"],
        "gaps missing tiers of everything": ["ledger"],
    }


def test_a_team_of_everybody_is_not_asked_about(company: Conversation) -> None:
    everybody = team("everyone", members=["user:default/ana", "user:default/bo"])
    company.knows(everybody, source="org")
    assert company.expect(OnCall, "who is on call", asked(ANA, LOBBY)).subject.name == "search"
    assert company.questions.starters(asked(ANA, ""))[0] == "who is on call for search"
    home = company.questions.home(asked(ANA, ""))
    assert [desk.team.name for desk in home.teams] == ["search"]
    assert home.owned is not None
    assert rows(home.owned) == ["indexer"]
