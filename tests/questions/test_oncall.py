"""Who is on call: whose policy holds, whose turn it is by the clock, and how old that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.entities import Channel, Snapshot
from domain.oncall import OnCall
from domain.syncs import SourceStanding
from tests.catalog_builder import SEEN, api, person, service, system, team
from tests.oncall_plans import plan, planned, shift
from tests.questions.conversation import Conversation

DAY = 24
ROTA = plan("p1", shift("ana", -2, 6), shift("bo", 6, 30), shift("chen", None, None, level=2), levels=2)


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        team("company", channel="all"),
        team("team-pay", title="Pay team", channel="pay", parent="company"),
        team("team-web", title="Web team", channel="web", parent="company"),
        person("ana", "pagerduty-user:ana", title="Ana Silva", slack_user_id="U0ANA", memberOf=["team-pay"]),
        person("bo", "mailto:bo@acme.example", title="Bo Li", email="bo@acme.example"),
        system("pay-platform", owner="team-pay"),
        service("payments", owner="team-pay", system="pay-platform"), api("pay-api", owner="team-pay"),
        service("ledger", owner="team-pay"), service("shop", owner="team-web"), service("lost"),
    )  # fmt: skip
    chat.questions = chat.at(SEEN)
    return chat


def on_call(chat: Conversation, words: str, hours: float = 0, *standings: SourceStanding) -> OnCall:
    chat.questions = chat.at(SEEN + timedelta(hours=hours), *standings)
    return chat.expect(OnCall, f"who is on call for {words}")


def levels(answer: OnCall) -> list[tuple[int, list[str], list[str]]]:
    """Return each level's number and the names of now and next, of the first policy."""
    return [
        (each.number, [turn.name for turn in each.now], [turn.name for turn in each.next])
        for each in answer.rotas[0].levels
    ]


def test_the_clock_says_whose_turn_it_is(shop: Conversation) -> None:
    shop.catalog.apply(planned(payments=ROTA), actor="test")
    first = on_call(shop, "payments")
    assert levels(first) == [(1, ["Ana Silva"], ["Bo Li"]), (2, ["Chen"], [])]
    assert first.rotas[0].levels[0].now[0].until == SEEN + timedelta(hours=6)
    assert levels(on_call(shop, "payments", 6)) == [(1, ["Bo Li"], []), (2, ["Chen"], [])]
    later = on_call(shop, "payments", 31)
    assert levels(later) == [(1, [], []), (2, ["Chen"], [])]
    assert later.rotas[0].first
    assert later.rotas[0].first.number == 2


def test_people_are_known_by_account_or_mail_else_shown_as_the_vendor_has_them(shop: Conversation) -> None:
    shop.catalog.apply(planned(payments=ROTA), actor="test")
    first, second = on_call(shop, "payments").rotas[0].levels
    ana, bo, chen = first.now[0], first.next[0], second.now[0]
    assert ana.person
    assert (str(ana.person.ref), ana.person.slack_user_id) == ("user:default/ana", "U0ANA")
    assert bo.person
    assert str(bo.person.ref) == "user:default/bo"
    assert (chen.person, chen.name, chen.email) == (None, "Chen", "chen@acme.example")


def test_one_persons_turns_in_a_row_are_one_and_a_plans_end_is_no_turns_end(shop: Conversation) -> None:
    value = plan("p1", shift("ana", -8, 0), shift("ana", 0, 8), shift("bo", 10, 7 * DAY - 0.1))
    shop.catalog.apply(planned(payments=value), actor="test")
    (level,) = on_call(shop, "payments").rotas[0].levels
    assert (level.now[0].since, level.now[0].until) == (SEEN - timedelta(hours=8), SEEN + timedelta(hours=8))
    assert [(turn.name, turn.cut) for turn in level.next] == [("Bo Li", True)]
    gap = on_call(shop, "payments", 9)
    assert not gap.covered
    assert levels(gap) == [(1, [], ["Bo Li"])]


@pytest.mark.parametrize(
    ("has", "asked", "via", "through"),
    [
        ("payments", "payments", "own", None),
        ("pay_platform", "payments", "part", "pay-platform"),
        ("team_pay", "ledger", "owner", "team-pay"),
        ("team_pay", "pay-api", "owner", "team-pay"),
        ("team_pay", "pay-platform", "owner", "team-pay"),
        ("team_pay", "team-pay", "own", None),
        ("payments", "team-pay", "owned", "payments"),
        ("payments", "pay-platform", "parts", "payments"),
        ("team_company", "team-web", "parent", "team-company"),
        ("team_company", "shop", "parent", "team-company"),
    ],
)
def test_whose_policy_holds(shop: Conversation, has: str, asked: str, via: str, through: str | None) -> None:
    shop.knows(team("team-company"), team("team-web", parent="team-company"))
    look = planned(**{has: ROTA})
    if has == "pay_platform":
        look = planned_on("system:default/pay-platform")
    shop.catalog.apply(look, actor="test")
    answer = on_call(shop, asked)
    assert (answer.via, answer.through.name if answer.through else None) == (via, through)
    assert levels(answer)[0][1] == ["Ana Silva"]


def planned_on(ref: str) -> Snapshot:
    look = planned(payments=ROTA)
    return replace(look, claims=(replace(look.claims[0], same_as=(ref,)),))


def test_the_nearest_policy_wins_and_several_are_all_named(shop: Conversation) -> None:
    two = {**plan("p2", shift("bo", -1, 1), name="Fraud"), **plan("p1", shift("ana", -1, 1), name="Cards")}
    team_wide = plan("p9", shift("chen", -1, 1))
    shop.catalog.apply(planned(payments=two, team_pay=team_wide), actor="test")
    assert [each.name for each in on_call(shop, "payments").rotas] == ["Cards", "Fraud"]
    assert [each.key for each in on_call(shop, "ledger").rotas] == ["pagerduty:p9"]


def test_of_the_many_things_that_a_team_owns_none_with_a_plan_is_missed(shop: Conversation) -> None:
    shop.knows(*(service(f"a-{number:02}", owner="team-web") for number in range(40)))
    shop.catalog.apply(planned(shop=ROTA), actor="test")
    answer = on_call(shop, "team-web")
    assert (answer.via, answer.through.name if answer.through else "") == ("owned", "shop")


def test_nobody_is_said_and_the_teams_channel_named(shop: Conversation) -> None:
    alone = on_call(shop, "ledger")
    assert (alone.rotas, alone.covered) == ((), False)
    assert alone.reach
    assert (alone.reach.team.title, alone.reach.team.channel) == ("Pay team", "pay")
    assert on_call(shop, "lost").reach is None


def test_an_archived_channel_is_passed_over(shop: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = {"pay": Channel("C1", "pay", archived=True), "all": Channel("C2", "all")}
    monkeypatch.setattr(shop.catalog, "channel", directory.get)
    reached = on_call(shop, "ledger").reach
    assert reached
    assert (reached.team.channel, reached.team.slack_channel_id) == ("all", "C2")
    assert (reached.passed_over, reached.inherited) == (("pay",), True)
    directory["all"] = Channel("C2", "all", archived=True)
    nowhere = on_call(shop, "ledger").reach
    assert nowhere
    assert (nowhere.has_channel, nowhere.passed_over) == (False, ("pay", "all"))
