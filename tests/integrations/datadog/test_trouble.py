"""Answers that are not what Datadog documents, and limits as it tells them."""

from __future__ import annotations

import pytest

from domain.entities import Snapshot
from domain.errors import OutsideFailure, Stopped
from integrations.calling import retrying
from integrations.calling.client import Caller, Target
from integrations.datadog.pages import NUMBERED, PLAIN, Listing, Reader
from playground.vendors.datadog import Team, User
from tests.integrations.datadog.conftest import (
    API_KEY,
    APP_KEY,
    DatadogStage,
    Looks,
    claimants,
    seen,
    snapshot,
)
from workflows.ports import Task


def reader(stage: DatadogStage) -> tuple[Reader, Caller]:
    url = f"{stage.playground.url}/vendors/datadog"
    caller = Caller(
        Target("datadog", "Datadog", url, "the keys"),
        {"dd-api-key": API_KEY, "dd-application-key": APP_KEY},
    )
    return Reader("datadog", caller, Task()), caller


def refused(stage: DatadogStage, listing: Listing) -> str:
    """Read a list that cannot be read; return why, in words."""
    asks, caller = reader(stage)
    with pytest.raises(OutsideFailure) as failure:
        asks.read(listing)
    caller.close()
    assert failure.value.hint
    return str(failure.value)


def test_an_answer_without_a_list_is_never_taken_for_an_empty_one(stage: DatadogStage) -> None:
    page = Listing("api/v1/validate", "things", NUMBERED, 100)
    assert refused(stage, page).endswith("Datadog's things cannot be read: the answer holds no list")


def test_a_page_that_comes_twice_is_no_end_either(stage: DatadogStage) -> None:
    stage.datadog.teams = [Team(handle=f"t{number}", name="T") for number in range(10)]
    deaf = Listing("api/v2/team", "teams", PLAIN, 10)  # its parameters mean nothing there
    assert "page 1 is the same as the one before" in refused(stage, deaf)


def test_a_limit_is_waited_for_as_the_headers_tell(
    stage: DatadogStage, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waited.append(seconds))
    limit = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "9"}
    stage.faults.statuses = [(429, limit)]
    look = looks()
    assert [round(each) for each in waited] in ([9], [10])
    assert look.quota is not None
    assert look.quota.limit == 1_000
    assert look.quota.left < 1_000


def test_a_look_is_given_up_between_two_teams(stage: DatadogStage) -> None:
    with pytest.raises(Stopped):
        stage.open().fetch(Task(stopped=lambda: any("memberships" in each for each in stage.asked)))
    assert len([each for each in stage.asked if "memberships" in each]) == 1


def test_a_team_that_is_deleted_meanwhile_has_no_members(stage: DatadogStage) -> None:
    gone = Team(handle="gone", name="Gone", members=("ana.silva@acme.example",))
    stage.datadog.teams.append(gone)

    def progress(_done: int, _total: int | None, what: str) -> None:
        if what == "who is in which team" and gone in stage.datadog.teams:
            stage.datadog.teams.remove(gone)

    look = stage.open().fetch(Task(progress=progress))
    ana = next(each for each in seen(look, "/people").values() if each.ref.name == "ana.silva-acme.example")
    assert ana.fields["memberOf"] == ["group:default/team-payments"]
    assert snapshot(look, "/people").complete


def test_values_are_missing_everywhere(stage: DatadogStage, looks: Looks) -> None:
    stage.empty()
    stage.datadog.users = [User(email="")]
    stage.datadog.teams = [Team(handle="bare", name="")]
    stage.datadog.definitions = [
        {
            "schema-version": "v2.2",
            "dd-service": "bare",
            "team": None,
            "links": None,
            "tags": None,
            "contacts": [],
        }
    ]
    look = looks()
    assert seen(look)["service/bare"].fields == {"type": "service"}
    (anybody,) = seen(look, "/people").values()
    assert anybody.fields == {"accounts": {"datadog": "active"}}
    (team,) = seen(look, "/teams").values()
    assert (team.name, team.fields["title"]) == ("bare", "bare")
    assert all(map(_is_complete, look.snapshots))


def _is_complete(each: Snapshot) -> bool:
    return each.complete


def test_claimants_bear_the_name_that_the_source_has(stage: DatadogStage) -> None:
    look = stage.open(name="observability").fetch()
    assert claimants(look)[:2] == ["observability", "observability/teams"]
    assert all(each.source.partition("/")[0] == "observability" for each in look.snapshots)
