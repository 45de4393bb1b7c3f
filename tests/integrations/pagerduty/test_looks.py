"""What a look at PagerDuty sees, and how little the next one asks for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.entities import EVERYTHING, Standing
from domain.errors import BadInput, OutsideFailure
from integrations.pagerduty.cursor import cursor_of
from tests.integrations.pagerduty.stage import KEY, TOKEN, PagerDutyStage, account, fields, of
from workflows.ports import Task

ALWAYS = ["/services", "/escalation_policies", "/oncalls", "/incidents"]
STRUCTURE = [
    "/teams", "/users", "/schedules", "/business_services",
    "/service_dependencies/business_services/PBUYING", "/service_dependencies/business_services/PBCARDS",
]  # fmt: skip


def test_services_are_seen_with_their_keys_hashed(stage: PagerDutyStage) -> None:
    look = stage.open().fetch(Task())

    payments, fax = of(look, "pagerduty").claims
    assert (str(payments.ref), payments.id) == ("component:default/payments-api", "service/PPAY1AP")
    assert payments.standing is Standing.SEEN
    hashed = hashlib.sha256(KEY.encode()).hexdigest()[:16]
    assert payments.aliases == ("pagerduty:ppay1ap", f"pagerduty-key:{hashed}")
    url = "https://acme.pagerduty.com/service-directory/PPAY1AP"
    assert payments.fields == {
        "title": "Payments API",
        "description": "Moves the money",
        "type": "service",
        "links": [{"url": url, "title": "PagerDuty", "type": "alerting"}],
    }
    assert fax.fields["labels"] == {"pagerduty.com/status": "disabled"}
    assert KEY not in repr(look)


def test_people_are_seen_with_their_teams(stage: PagerDutyStage) -> None:
    claims = {each.id: each for each in of(stage.open().fetch(Task()), "pagerduty/people").claims}

    assert claims["team/PTEAMPA"].aliases == ("pagerduty-team:pteampa",)
    kwame = claims["user/PUKWAME"]
    assert kwame.aliases == ("pagerduty-user:pukwame", "mailto:kwame.mensah@acme.example")
    assert kwame.fields["memberOf"] == ["group:default/payments", "group:default/platform"]
    assert claims["user/PUANA"].fields["email"] == "ana.silva@acme.example"
    assert claims["user/PUMIKKEL"].fields["accounts"] == {"pagerduty": "invited"}


def test_the_team_that_is_called_is_evidence_of_the_owner(stage: PagerDutyStage) -> None:
    claims = {each.id: each for each in of(stage.open().fetch(Task()), "pagerduty/oncall").claims}

    payments = claims["service/PPAY1AP"]
    assert payments.fields["owner"] == "group:default/payments"
    grounds = payments.grounds["owner"]
    assert grounds.confidence == 0.6
    assert grounds.reason == "its PagerDuty service is escalated to Payments On-Call of team Payments"
    assert "owner" not in claims["service/PFAX001"].fields
    assert claims["team/PTEAMPA"].fields["oncall"] == payments.fields["oncall"]


def test_open_incidents_are_told_and_closed_ones_are_not(stage: PagerDutyStage) -> None:
    assert fields(stage.open().fetch(Task()), "pagerduty/incidents") == {
        "incidents/PPAY1AP": {
            "incidents": {
                "pagerduty:qinc001": {
                    "title": "Refunds hang",
                    "url": "https://acme.pagerduty.com/incidents/QINC001",
                    "status": "triggered",
                    "urgency": "high",
                    "priority": "P2",
                    "since": (stage.now - timedelta(hours=2)).isoformat(timespec="seconds"),
                }
            }
        }
    }


def test_an_incident_that_is_open_for_a_year_is_open(stage: PagerDutyStage) -> None:
    stage.pagerduty.acts.trigger("PFAX001", "No toner")
    stage.later(timedelta(days=365))
    assert "incidents/PFAX001" in fields(stage.open().fetch(Task()), "pagerduty/incidents")


def test_an_alert_storm_is_told_by_its_newest(stage: PagerDutyStage) -> None:
    for number in range(60):
        stage.later(timedelta(seconds=1))
        stage.pagerduty.acts.trigger("PFAX001", f"page {number} jams")
    told = fields(stage.open().fetch(Task()), "pagerduty/incidents")["incidents/PFAX001"]["incidents"]
    assert isinstance(told, dict)
    titles = [each["title"] for each in told.values()]
    assert (len(titles), titles[0], titles[-1]) == (50, "page 59 jams", "page 10 jams")


def test_business_services_are_systems_that_stand_on_others(stage: PagerDutyStage) -> None:
    assert fields(stage.open().fetch(Task()), "pagerduty/business") == {
        "business/PBUYING": {
            "title": "Buying",
            "owner": "group:default/payments",
            "dependsOn": ["component:default/payments-api", "system:default/cards"],
        },
        "business/PBCARDS": {"title": "Cards"},
    }


def test_the_next_look_asks_for_little(stage: PagerDutyStage) -> None:
    source = stage.open()
    first = source.fetch(Task())
    assert stage.asked() == [*ALWAYS, *STRUCTURE]

    stage.faults.requests.clear()
    stage.later(timedelta(minutes=59))
    second = source.fetch(Task(cursor=first.cursor))
    assert stage.asked() == ALWAYS
    assert second.requests == 4
    assert second.cursor == first.cursor
    assert [each.source for each in second.snapshots] == [
        "pagerduty",
        "pagerduty/oncall",
        "pagerduty/incidents",
    ]
    assert all(each.within == (EVERYTHING,) for each in second.snapshots)

    stage.faults.requests.clear()
    stage.later(timedelta(minutes=1))
    third = source.fetch(Task(cursor=second.cursor))
    assert stage.asked() == [*ALWAYS, *STRUCTURE]
    assert third.cursor != second.cursor


@pytest.mark.parametrize(
    "cursor", ["structure@", "structure@2099-01-01T00:00:00+00:00", "of another version"]
)
def test_a_cursor_that_says_nothing_is_none(stage: PagerDutyStage, cursor: str) -> None:
    stage.open().fetch(Task(cursor=cursor))
    assert stage.asked() == [*ALWAYS, *STRUCTURE]


def test_a_look_in_between_is_a_request_for_a_hundred_services(stage: PagerDutyStage) -> None:
    stage.crowd(4_998)
    look = stage.open().fetch(Task(cursor=cursor_of(stage.now)))
    assert look.requests == 50 + 3
    assert len(of(look, "pagerduty").claims) == 5_000


def test_one_service_is_looked_at_alone(stage: PagerDutyStage) -> None:
    look = stage.open().fetch(Task(only=("service/PPAY1AP",), cursor="kept"))

    assert stage.asked() == ["/services/PPAY1AP", "/escalation_policies/PEPAY", "/oncalls", "/incidents"]
    assert [(each.source, each.within) for each in look.snapshots] == [
        ("pagerduty", ("service/PPAY1AP",)),
        ("pagerduty/oncall", ("service/PPAY1AP",)),
        ("pagerduty/incidents", ("incidents/PPAY1AP",)),
    ]
    whole = stage.open().fetch(Task())
    for snapshot in look.snapshots:
        assert set(map(repr, snapshot.claims)) <= set(map(repr, of(whole, snapshot.source).claims))
        assert len(snapshot.claims) == 1
    assert look.cursor == "kept"


def test_a_service_that_is_gone_is_told_as_gone(stage: PagerDutyStage) -> None:
    stage.pagerduty.acts.delete("PPAY1AP")
    look = stage.open().fetch(Task(only=("service/PPAY1AP",)))
    assert [(each.claims, each.within) for each in look.snapshots] == [
        ((), ("service/PPAY1AP",)), ((), ("service/PPAY1AP",)), ((), ("incidents/PPAY1AP",)),
    ]  # fmt: skip


def test_the_incidents_of_a_service_are_one_request(stage: PagerDutyStage) -> None:
    stage.pagerduty.acts.resolve("QINC001")
    look = stage.open().fetch(Task(only=("incidents/PPAY1AP",)))
    assert stage.asked() == ["/incidents"]
    assert [(each.claims, each.within) for each in look.snapshots] == [((), ("incidents/PPAY1AP",))]


@pytest.mark.parametrize("only", ["PPAY1AP", "service/../users", "service/"])
def test_what_is_no_id_is_refused(stage: PagerDutyStage, only: str) -> None:
    with pytest.raises(BadInput) as refused:
        stage.open().fetch(Task(only=(only,)))
    assert refused.value.hint
    assert stage.asked() == []


@pytest.mark.parametrize("path", ["/teams", "/schedules", "/business_services"])
@pytest.mark.parametrize("how", ["denied", "unpaid"])
def test_what_the_account_has_not_is_left_out_and_said(stage: PagerDutyStage, path: str, how: str) -> None:
    getattr(stage.pagerduty, how).add(path)
    look = stage.open().fetch(Task())

    (note,) = look.notes
    status = {"denied": "403", "unpaid": "402"}[how]
    assert note.startswith(f"{path[1:].replace('_', ' ')} are left out: ")
    assert status in note
    incomplete = {each.source for each in look.snapshots if not each.complete}
    assert incomplete == ({"pagerduty/people"} if path == "/teams" else set())
    assert ("pagerduty/business" in {each.source for each in look.snapshots}) == (
        path != "/business_services"
    )


def test_a_schedule_that_nobody_escalates_to_is_said(stage: PagerDutyStage) -> None:
    assert stage.open().fetch(Task()).notes == ()
    stage.pagerduty.hold(account(policies=[], services=[], business_services=[], incidents=[]))
    (note,) = stage.open().fetch(Task()).notes
    assert note == "no escalation policy uses the schedules Payments Primary"


def test_what_a_look_needs_is_not_left_out(stage: PagerDutyStage) -> None:
    stage.pagerduty.denied.add("/oncalls")
    with pytest.raises(OutsideFailure, match="403"):
        stage.open().fetch(Task())


def test_a_key_that_is_revoked_in_mid_look_is_no_plan_without_business_services(
    stage: PagerDutyStage,
) -> None:
    def revoke(answer: dict[str, Any]) -> None:
        if "users" in answer:
            stage.pagerduty.account.token = "another"

    stage.pagerduty.rewrite = revoke
    with pytest.raises(OutsideFailure, match="401"):
        stage.open().fetch(Task())


def test_a_malformed_item_is_a_finding_and_retires_nothing(stage: PagerDutyStage) -> None:
    def spoil(answer: dict[str, Any]) -> None:
        for key in ("services", "users"):
            if key in answer:
                answer[key][1:1] = [None, {"name": "no id"}]
        for each in answer.get("oncalls", []):
            if each["escalation_level"] == 2:
                each["user"] = None

    stage.pagerduty.rewrite = spoil
    look = stage.open().fetch(Task())
    assert [len(of(look, name).claims) for name in ("pagerduty", "pagerduty/people")] == [2, 5]
    assert {each.source for each in look.snapshots if each.complete} == {
        "pagerduty/business", "pagerduty/incidents",
    }  # fmt: skip
    assert [each.problem for each in look.findings] == [
        *["an item has no id"] * 4, "a shift names no policy or no person",
    ]  # fmt: skip


@pytest.mark.parametrize("answer", [{"services": None}, {"services": {"a": 1}}, {}])
def test_a_page_that_is_no_list_is_a_failure(stage: PagerDutyStage, answer: dict[str, Any]) -> None:
    def spoil(given: dict[str, Any]) -> None:
        given.clear()
        given.update(answer)

    stage.pagerduty.rewrite = spoil
    with pytest.raises(OutsideFailure, match="without a list `services`"):
        stage.open().fetch(Task())


def test_services_may_add_only_to_what_is_there(stage: PagerDutyStage) -> None:
    claims = of(stage.open(services="remark").fetch(Task()), "pagerduty").claims
    assert {each.standing for each in claims} == {Standing.REMARK}
    assert claims[0].same_as == ("pagerduty:ppay1ap",)


def test_business_services_may_be_left_out(stage: PagerDutyStage) -> None:
    look = stage.open(business_services=False).fetch(Task())
    assert "pagerduty/business" not in {each.source for each in look.snapshots}
    assert stage.asked() == [*ALWAYS, "/teams", "/users", "/schedules"]


def test_the_quota_is_told(stage: PagerDutyStage) -> None:
    quota = stage.open().fetch(Task()).quota
    assert quota is not None
    assert (quota.limit, quota.left) == (960, 960 - 10)
    assert quota.resets_at == stage.now + timedelta(seconds=31)


def test_progress_is_told(stage: PagerDutyStage) -> None:
    told: list[tuple[int, str]] = []
    stage.open().fetch(replace(Task(), progress=lambda done, _total, what: told.append((done, what))))
    assert told[0] == (2, "services of PagerDuty")
    assert TOKEN not in repr(told)
