"""Teams, users, who is in which team, and how often that is read."""

from __future__ import annotations

from typing import Any

import pytest

from domain.entities import Claim
from domain.errors import Stopped
from playground.vendors.datadog import Team, User
from tests.integrations.adapter_suite import Pages
from tests.integrations.datadog.conftest import DatadogStage, Looks, claimants, seen, snapshot
from workflows.ports import Task


def groups_of(person: Claim) -> tuple[str, ...]:
    """Return the groups that a person says to be in."""
    groups: Any = person.fields["memberOf"]
    return tuple(groups)


def big(stage: DatadogStage, teams: int, *, each: int = 3) -> None:
    """Give the organization many teams."""
    users = [User(email=f"p{number}@acme.example") for number in range(teams)]
    stage.datadog.users = users
    stage.datadog.teams = [
        Team(
            handle=f"t{number}",
            name=f"Team {number}",
            members=tuple(users[(number + step) % teams].email for step in range(each)),
        )
        for number in range(teams)
    ]


def test_teams_have_both_their_id_and_their_handle(stage: DatadogStage, looks: Looks) -> None:
    payments = stage.datadog.teams[0]
    claim = seen(looks(), "/teams")[f"team/{payments.id}"]
    assert claim.aliases == (f"datadog-team:{payments.id}", "datadog-team:team-payments")
    assert str(claim.ref) == "group:default/team-payments"
    assert claim.fields["title"] == "Payments Engineering"


def test_people_say_their_teams_and_how_their_accounts_stand(looks: Looks) -> None:
    people = {each.ref.name.removesuffix("-acme.example"): each for each in seen(looks(), "/people").values()}
    ana = people["ana.silva"]
    assert "mailto:ana.silva@acme.example" in ana.aliases
    assert ana.fields["memberOf"] == ["group:default/team-payments"]
    accounts = {name: each.fields["accounts"] for name, each in people.items()}
    assert accounts["ana.silva"] == {"datadog": "active"}
    assert accounts["tomasz.wojcik"] == {"datadog": "invited"}
    assert accounts["hendrik.devries"] == {"datadog": "deactivated"}
    assert "terraform" not in people


def test_an_empty_team_is_not_asked_for_its_members(stage: DatadogStage, looks: Looks) -> None:
    looks()
    asked = [each for each in stage.asked if each.endswith("/memberships")]
    assert len(asked) == len([each for each in stage.datadog.teams if each.members]) == 5


def test_a_team_takes_a_request_and_only_when_it_is_time(stage: DatadogStage) -> None:
    big(stage, 60)
    stage.later()
    source = stage.open(structure_every="1h", environments=[], slos=False, monitors=False)
    first = source.fetch(Task())
    asked = len([each for each in stage.asked if each.endswith("/memberships")])
    assert asked == 60
    assert first.requests == 60 + 5
    assert sum(len(groups_of(each)) for each in seen(first, "/people").values()) == 180

    stage.later(minutes=59)
    young = source.fetch(Task(cursor=first.cursor))
    assert "datadog/people" not in claimants(young)
    assert snapshot(young, "/teams").complete
    assert young.requests == 4
    assert young.cursor == first.cursor

    stage.later(minutes=1)
    old = source.fetch(Task(cursor=young.cursor))
    assert snapshot(old, "/people").complete
    assert old.cursor != first.cursor


@pytest.mark.parametrize(
    "cursor", ["nonsense", '{"structure": "2026-03-04T11:59:00+00:00", "of": "other"}', "[]"]
)
def test_a_cursor_that_does_not_fit_means_that_all_is_read(stage: DatadogStage, cursor: str) -> None:
    stage.later()
    assert "datadog/people" in claimants(stage.open().fetch(Task(cursor=cursor)))


def test_a_look_that_goes_on_does_not_ask_a_team_twice(stage: DatadogStage) -> None:
    big(stage, 30)
    pages = Pages()
    source = stage.open()
    with pytest.raises(Stopped):
        source.fetch(Task(notebook=pages, stopped=lambda: len(stage.faults.requests) >= 20))
    before = [each for each in stage.asked if each.endswith("/memberships")]
    assert 0 < len(before) < 20
    look = source.fetch(Task(notebook=pages))
    after = [each for each in stage.asked if each.endswith("/memberships")]
    assert len(after) == len(set(after)) == 30
    assert len(seen(look, "/people")) == 30


def test_a_team_of_more_members_than_a_page(stage: DatadogStage, looks: Looks) -> None:
    big(stage, 250, each=1)
    everybody = tuple(each.email for each in stage.datadog.users)
    stage.datadog.teams = [Team(handle="all", name="All", members=everybody)]
    people = seen(looks(), "/people").values()
    assert {groups_of(each) for each in people} == {("group:default/all",)}
    assert len(people) == 250


def test_teams_and_people_may_be_left_to_others(stage: DatadogStage, looks: Looks) -> None:
    assert claimants(looks(teams=False, people=False, slos=False, monitors=False, environments=[])) == [
        "datadog"
    ]
    assert not {each for each in stage.asked if "team" in each or "users" in each}
