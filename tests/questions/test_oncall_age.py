"""How old an answer on call duty is, and what it comes to when its source is away; and a person's duties."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.answers import Asker, Found, Missing, Shown
from domain.clock import system_clock
from domain.oncall import Duties, OnCall
from domain.sources import SourceState
from domain.syncs import SourceStanding
from tests.catalog_builder import SEEN, person, service, team
from tests.oncall_plans import plan, planned, shift
from tests.questions.conversation import Conversation

EVERY = timedelta(minutes=15)
READ = SEEN - timedelta(minutes=5)
ANA = Asker("U0ANA")


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    chat.knows(
        team("team-pay", channel="pay"),
        person("ana", "pagerduty-user:ana", title="Ana Silva", slack_user_id="U0ANA", memberOf=["team-pay"]),
        person("bo", title="Bo Li", email="bo@acme.example"), person("dee"),
        service("payments", owner="team-pay", title="Payments API"), service("ledger", owner="team-pay"),
    )  # fmt: skip
    rota = plan("p1", shift("ana", -2, 6), shift("bo", 6, 30), shift("ana", 30, 40))
    chat.catalog.apply(planned(payments=rota, ledger=rota), actor="test")
    return chat


def standing(problem: str = "", *, paused: str = "", every: timedelta | None = EVERY) -> SourceStanding:
    return SourceStanding(
        SourceState("pagerduty", looked_at=READ, problem=problem, paused=paused), every=every
    )


def asked(chat: Conversation, now: datetime, *standings: SourceStanding) -> OnCall:
    chat.questions = chat.at(now, *standings)
    return chat.expect(OnCall, "who is on call for payments")


@pytest.mark.parametrize(
    ("stands", "minutes", "stale"),
    [
        (standing(), 5, False),
        (standing(), 24, False),
        (standing(), 26, True),
        (standing(every=None), 300, False),
        (standing("503 from the API"), 0, True),
        (standing(paused="undone by ana"), 0, True),
    ],
)
def test_an_old_snapshot_is_stamped(
    shop: Conversation, stands: SourceStanding, minutes: int, stale: bool
) -> None:
    (rota,) = asked(shop, SEEN + timedelta(minutes=minutes), stands).rotas
    assert rota.freshness.stale is stale
    assert (rota.freshness.source, rota.freshness.vendor, rota.freshness.as_of) == (
        "pagerduty",
        "pagerduty",
        READ,
    )


def test_while_the_source_is_away_the_plan_still_goes_on(shop: Conversation) -> None:
    answer = asked(shop, SEEN + timedelta(hours=7), standing("no route to host"))
    assert answer.rotas[0].first
    assert [turn.name for turn in answer.rotas[0].first.now] == ["Bo Li"]
    assert answer.rotas[0].freshness.problem == "no route to host"


def test_a_plan_that_has_run_out_tells_of_nobody(shop: Conversation) -> None:
    (rota,) = asked(shop, READ + timedelta(days=7), standing("gone")).rotas
    assert (rota.freshness.ended, rota.first) == (True, None)
    (still,) = asked(shop, READ + timedelta(hours=39), standing("gone")).rotas
    assert (still.freshness.ended, still.first is None) == (False, False)


def test_a_plan_of_fewer_days_has_run_out_sooner(shop: Conversation) -> None:
    (over,) = asked(shop, SEEN + timedelta(hours=41), standing("gone")).rotas
    assert (over.freshness.ended, over.first) == (True, None)
    shop.catalog.apply(planned(-40 * 60, payments=plan("p1", shift("ana", 39, 40.1))), actor="test")
    (gap,) = asked(shop, SEEN + timedelta(hours=40.2), standing()).rotas
    assert (gap.freshness.stale, gap.freshness.ended, gap.first) == (False, False, None)


def test_cards_say_who_is_on_call_now(shop: Conversation) -> None:
    shop.questions = shop.at(SEEN, standing())
    for answer in (shop.expect(Found, "who owns payments"), shop.expect(Shown, "show payments")):
        assert answer.on_call
        assert answer.on_call.covered
    assert shop.expect(Found, "who owns user:dee").on_call is None
    now = system_clock()  # by which the catalog's history goes
    shop.questions = shop.at(now, standing())
    assert shop.expect(Found, f"who owned payments on {now:%Y-%m-%d}").on_call is None


def duties(chat: Conversation, words: str, asker: Asker = ANA, hours: float = 0) -> Duties:
    chat.questions = chat.at(SEEN + timedelta(hours=hours), standing())
    return chat.expect(Duties, words, asker)


@pytest.mark.parametrize(
    "words",
    ["what is ana on call for", "when am I on call", "am I on call", "is Ana Silva on call next",
     "who is on call for ana", "what is <@U0ANA|ana> on call for"],
)  # fmt: skip
def test_a_persons_duties_now_and_next(shop: Conversation, words: str) -> None:
    answer = duties(shop, words)
    assert answer.person.title == "Ana Silva"
    (duty,) = answer.duties
    assert duty.now
    (level,) = duty.rota.levels
    assert [turn.until for turn in level.now] == [SEEN + timedelta(hours=6)]
    assert [turn.since for turn in level.next] == [SEEN + timedelta(hours=30)]
    assert (duty.titles, duty.more) == (("ledger", "Payments API"), 0)


def test_by_the_mail_alone_and_by_nothing(shop: Conversation) -> None:
    bo = duties(shop, "what is bo on call for")
    assert (bo.now, len(bo.duties)) == ((), 1)
    assert duties(shop, "what is dee on call for").duties == ()
    ran_out = duties(shop, "what is bo on call for", hours=8 * 24)
    assert (ran_out.duties, [each.ended for each in ran_out.over]) == ((), [True])


def test_a_thing_is_not_on_call_for_anything_somebody_is_for_it(shop: Conversation) -> None:
    shop.questions = shop.at(SEEN, standing())
    assert shop.expect(OnCall, "what is team-pay on call for").covered
    assert shop.expect(Missing, "what is zebra on call for").remedy
