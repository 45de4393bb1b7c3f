"""What a person reads of on-call duty, in Slack, in a terminal and in a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.as_json import json_for
from blocks.message import message_for
from blocks.plain import text_for
from domain.answers import Answer
from domain.entities import Json
from domain.oncall import OWNER, Freshness, Level, OnCall, Reach
from tests.blocks import samples
from tests.blocks.samples import (
    ANA_ON,
    BO_NEXT,
    CY_ALWAYS,
    DUTIES,
    FRESH,
    NOBODY,
    NOW,
    ON_CALL,
    ROTA,
    buttons,
    texts,
)

UNTIL = "<!date^1772960400^{date_short_pretty} at {time}|Sun 8 Mar 09:00 UTC>"
AWAY = replace(FRESH, as_of=NOW - timedelta(minutes=12), problem="503 from https://api.pagerduty.com")


def lines(answer: Answer) -> list[str]:
    return text_for(answer, now=NOW).split("\n")


def read(answer: Answer, share: str | None = "who is on call for payments") -> str:
    return "\n".join(texts(message_for(answer, now=NOW, share=share).blocks))


def with_rota(*levels: Level, freshness: Freshness = FRESH) -> OnCall:
    return replace(ON_CALL, rotas=(replace(ROTA, levels=levels, freshness=freshness),))


def test_the_first_line_answers() -> None:
    assert lines(ON_CALL) == [
        "Ana Silva is on call for Payments API until Sun 8 Mar 09:00 UTC (in 3 days)",
        "  By Payments escalation https://acme.pagerduty.com/p1",
        "    Level 1: Ana Silva until Sun 8 Mar 09:00 UTC (in 3 days), then Bo Li",
        "    Level 2: Cy <Young> (cy@acme.example), always",
        "  From PagerDuty, read 3 min ago",
        "  If nobody answers, ask in #team-payments.",
    ]
    assert len(lines(ON_CALL)) <= 14


def test_slack_shows_each_reader_their_own_time_and_calls_nobody_in_public() -> None:
    first = read(ON_CALL).split("\n")[0]
    assert first == f"<@U0ANA> is on call for *Payments API* until {UNTIL}"
    public = read(ON_CALL, share=None)
    assert public.split("\n")[0] == f"Ana Silva is on call for *Payments API* until {UNTIL}"
    assert "<@" not in public
    assert "Cy &lt;Young&gt; (cy@acme.example), always" in public


def test_the_next_step_is_a_button() -> None:
    found = buttons(message_for(ON_CALL, now=NOW, share="who is on call for payments").blocks)
    assert found == {
        "Who owns Payments API?": "who owns component:default/payments-api",
        "Share to channel": "who is on call for payments",
    }
    assert "Share to channel" not in buttons(message_for(ON_CALL, now=NOW).blocks)


@pytest.mark.parametrize(
    ("freshness", "stamp"),
    [
        (
            AWAY,
            "⚠ From PagerDuty as of 12 min ago; it cannot be reached now (503 from https://api.pagerduty.com)",
        ),
        (
            replace(AWAY, problem="", overdue=True),
            "⚠ From PagerDuty as of 12 min ago; it has not been read since",
        ),
        (replace(AWAY, problem="", paused=True), "⚠ From PagerDuty as of 12 min ago; syncs of it are paused"),
        (
            replace(AWAY, source="pd-emea", vendor="opsgenie", problem="x"),
            "⚠ From Opsgenie (pd-emea) as of 12 min ago; it cannot be reached now (x)",
        ),
    ],
)
def test_an_old_snapshot_is_stamped_right_below(freshness: Freshness, stamp: str) -> None:
    answer = with_rota(*ROTA.levels, freshness=freshness)
    assert lines(answer)[0].startswith("Ana Silva is on call for Payments API until")
    assert lines(answer)[1] == f"  {stamp}"
    assert stamp in read(answer).split("\n")


def test_a_gap_names_who_is_next_and_the_channel() -> None:
    gap = lines(with_rota(Level(1, (), (BO_NEXT,)), Level(2, (), (), ("Managers",))))
    assert (
        gap[0]
        == "Nobody is on call for Payments API now; Bo Li is next, from Sun 8 Mar 09:00 UTC (in 3 days)"
    )
    assert gap[1] == "  Ask in #team-payments, the channel of Payments team."
    assert gap[3:5] == [
        "    Level 1: nobody now, Bo Li from Sun 8 Mar 09:00 UTC (in 3 days)",
        "    Level 2: nobody by the plan of Managers",
    ]


def test_nobody_at_the_first_level_is_said() -> None:
    second = lines(with_rota(Level(1, (), ()), Level(2, (CY_ALWAYS,), ())))
    assert (
        second[0]
        == "Cy <Young> (cy@acme.example) is on call for Payments API, at level 2: nobody is at level 1"
    )


def test_a_plan_that_has_run_out_names_the_channel_and_says_why() -> None:
    ended = replace(AWAY, as_of=NOW - timedelta(days=9), ended=True)
    told = lines(with_rota(Level(1, (), (), ("Primary",)), freshness=ended))
    assert told[0] == "Nobody can tell who is on call for Payments API now"
    assert told[1].startswith(
        "  ⚠ The plan that PagerDuty gave 9 days ago has run out; it cannot be reached now (503"
    )
    assert told[2] == "  Ask in #team-payments, the channel of Payments team."


def test_nobody_known_and_an_archived_channel() -> None:
    assert lines(NOBODY) == [
        "Nobody is known to be on call for Ledger",
        "  No source knows of an on-call policy for it or Payments team.",
        "  #old-pay is archived: ask in #team-payments, the channel of Payments team.",
    ]
    assert "#old-pay is archived: ask in <#C0PAY|team-payments>, the channel of *Payments team*." in read(
        NOBODY
    )
    above = replace(NOBODY, reach=Reach(samples.OWNER, (), inherited=True))
    assert lines(above)[2] == "  Ask in #team-payments, the channel of Payments team above it."
    bare = replace(samples.OWNER, channel="", slack_channel_id="")
    assert lines(replace(NOBODY, reach=Reach(bare, ("a", "b"))))[2] == (
        "  #a and #b are archived, and Payments team has no other."
    )
    assert lines(replace(NOBODY, reach=None))[2] == "  Nobody owns it, so there is no channel to ask in."


def test_whose_policy_it_is() -> None:
    through = replace(ON_CALL, via=OWNER, through=samples.thing("team-pay", "Pay team", "Group"))
    assert "  By Payments escalation https://acme.pagerduty.com/p1 of its owner Pay team" in lines(through)


def test_several_people_and_policies() -> None:
    other = replace(ROTA, key="pagerduty:p2", name="Fraud", levels=(Level(1, (BO_NEXT, ANA_ON), ()),))
    both = replace(ON_CALL, rotas=(ROTA, other, *[replace(ROTA, name=f"P{each}") for each in range(4)]))
    told = lines(both)
    assert told[0] == "Ana Silva and Bo Li are on call for Payments API"
    assert "  and 2 more policies" in told


def test_a_persons_duties() -> None:
    assert lines(DUTIES)[:3] == [
        "Ana Silva is on call for Payments API and 3 more until Sun 8 Mar 09:00 UTC (in 3 days)",
        "  Payments API and 3 more, by Payments escalation https://acme.pagerduty.com/p1",
        (
            "    Level 1: now until Sun 8 Mar 09:00 UTC (in 3 days), then from "
            "Sun 8 Mar 09:00 UTC (in 3 days) until at least Sun 15 Mar 09:00 UTC (in 10 days)"
        ),
    ]
    assert "on call for nothing in the next 7 days" in lines(replace(DUTIES, duties=()))[0]
    assert (
        lines(replace(DUTIES, duties=(), over=(AWAY,)))[0] == "Nobody can tell what Ana Silva is on call for"
    )
    later = replace(DUTIES.duties[0], rota=replace(ROTA, levels=(Level(1, (), (BO_NEXT,)),)))
    assert lines(replace(DUTIES, duties=(later,)))[0] == (
        "Ana Silva is not on call now; next for Payments API and 3 more, from Sun 8 Mar 09:00 UTC (in 3 days)"
    )
    assert lines(replace(DUTIES, duties=DUTIES.duties * 2))[0] == "Ana Silva is on call by 2 policies now"


def test_a_card_has_one_line_of_it() -> None:
    on_card = samples.found(on_call=ON_CALL)
    assert f"*On call now*  <@U0ANA> until {UNTIL}" in read(on_card).split("\n")
    assert "  On call now  Ana Silva until Sun 8 Mar 09:00 UTC (in 3 days)" in lines(on_card)
    away = samples.found(on_call=with_rota(*ROTA.levels, freshness=AWAY))
    assert "(in 3 days) · ⚠ from PagerDuty as of 12 min ago; it cannot be reached now\n" in text_for(
        away, now=NOW
    )
    assert buttons(message_for(on_card, now=NOW).blocks)["Who is on call?"] == (
        "who is on call for component:default/payments-api"
    )
    assert "On call now" not in read(samples.found())


OBSERVED: dict[str, Json] = {
    "incidents": {"pagerduty:i1": {"title": "Card <errors>", "url": "https://x.example/i1",
                                   "since": "2026-03-04T11:00:00Z"}},
    "slos": {"datadog:s1": {"name": "Latency", "url": "", "target": 99.9, "status": 98.25, "timeframe": "30d",
                            "state": "breached"}, "datadog:s2": {"name": "Uptime", "state": "ok"}},
    "monitors": {"datadog": {"ok": 12, "warn": 0, "alert": 1, "url": "https://x.example/m",
                             "alerting": [{"name": "CPU"}]}},
    "tickets": {"jira:PAY": {"bugs": 5, "incidents": 1, "url": "https://x.example/PAY"}},
    "error_issues": {"sentry:pay-web": {"unresolved": 12, "new": 3, "trend": "rising"}},
    "releases": {"sentry:pay-web": {"version": "1.4.2", "at": "2026-03-02T12:00:00+00:00",
                                    "url": "https://x.example/r"}},
    "accounts": {"github": "active", "pagerduty": "deactivated"},
}  # fmt: skip


def test_what_tools_observe_is_shown_in_words() -> None:
    shown = replace(samples.SHOWN, record=replace(samples.SHOWN.record, entity=samples.entity(**OBSERVED)))
    told = [line.split("  ", 2)[-1].strip() for line in lines(shown)]
    for expected in (
        "1 open incident: Card <errors> https://x.example/i1 (1 hour ago)",
        "1 breached, 1 ok: Latency at 98.25 % of 99.9 % in 30d",
        "1 alerting, 12 fine in Datadog https://x.example/m: CPU",
        "1 incident, 5 bugs in PAY (Jira) https://x.example/PAY",
        "12 unresolved, 3 new, rising in pay-web (Sentry)",
        "1.4.2 https://x.example/r of pay-web (2 days ago)",
        "GitHub, PagerDuty (deactivated)",
    ):
        assert expected in told
    assert "<https://x.example/i1|Card &lt;errors&gt;> (1 hour ago)" in read(shown)
    assert "{" not in read(shown)
    assert "1 open incident" in read(samples.found(samples.entity(**OBSERVED)))


def test_scripts_get_every_turn() -> None:
    told: Any = json_for(with_rota(*ROTA.levels, freshness=AWAY), now=NOW)
    assert (told["kind"], told["words"], told["covered"], told["via"]) == ("oncall", "payments", True, "own")
    (policy,) = told["policies"]
    (turn,) = policy["levels"][0]["now"]
    assert (turn["person"]["ref"], turn["until"]) == ("user:default/ana", "2026-03-08T09:00:00+00:00")
    assert policy["snapshot"]["stale"]
    assert policy["snapshot"]["as_of"] == "2026-03-04T11:48:00+00:00"
    assert told["channel"]["name"] == "team-payments"
    person: Any = json_for(DUTIES, now=NOW)
    assert (person["kind"], person["now"], person["duties"][0]["more"]) == ("duties", True, 3)
    card: Any = json_for(samples.found(samples.entity(**OBSERVED), on_call=ON_CALL), now=NOW)
    assert card["on_call"]["policies"][0]["key"] == "pagerduty:p1"
    assert card["incidents"][0]["key"] == "pagerduty:i1"
    bare: Any = json_for(samples.FOUND, now=NOW)
    assert (bare["on_call"], bare["incidents"]) == (None, [])
