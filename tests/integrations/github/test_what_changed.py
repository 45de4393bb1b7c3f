"""Looks at less than everything: what changed since, what a webhook named, what a killed look had left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.errors import OutsideFailure
from integrations.hosting.facts import Access, HostFacts
from tests.integrations.github.crowd import crowd
from tests.integrations.github.stage import Stage
from workflows.ports import Blank, Task


def id_of(stage: Stage, name: str) -> str:
    return stage.github.organization.called(name).id


def slugs(facts: HostFacts) -> list[str]:
    return [each.slug for each in facts.repositories]


def test_only_what_was_pushed_to_is_fetched_again(stage: Stage) -> None:
    source = stage.source()
    first = source.facts()
    stage.clock.now += timedelta(hours=1)
    stage.github.changes.push("old-till", {"pom.xml": "<project/>"})
    second = source.facts(Task(cursor=first.cursor))
    assert "acme/old-till" in slugs(second.facts)
    assert "acme/shop" not in slugs(second.facts)
    assert id_of(stage, "old-till") in second.facts.repositories_within
    assert next(each for each in second.facts.repositories if each.slug == "acme/old-till").files == {
        "pom.xml": "<project/>"
    }
    assert not second.facts.teams_complete
    third = source.facts(Task(cursor=second.cursor))
    assert slugs(third.facts) == ["acme/old-till"]


def test_a_rename_and_a_new_repository_are_changes_too(stage: Stage) -> None:
    source = stage.source()
    first = source.facts()
    stage.clock.now += timedelta(hours=1)
    stage.github.changes.rename("shop", "web-shop")
    stage.github.changes.create("ledger", files={"README.md": "# ledger\n"})
    second = source.facts(Task(cursor=first.cursor))
    assert {"acme/web-shop", "acme/ledger"} <= set(slugs(second.facts))


def test_a_few_changes_among_many_cost_a_few_requests(new_stage: Callable[..., Stage]) -> None:
    stage = new_stage()
    stage.github.organization.repositories.clear()
    stage.github.organization.repositories.update(crowd(350, teams=3, people=3).repositories)
    source = stage.source()
    first = source.facts()
    stage.clock.now += timedelta(hours=1)
    for name in ("service-7", "service-300"):
        stage.github.changes.push(name, {"README.md": "# changed\n"})
    second = source.facts(Task(cursor=first.cursor))
    assert {"acme/service-7", "acme/service-300"} <= set(slugs(second.facts))
    assert len(second.facts.repositories) == 3
    # Two orders, the repositories, what teams may do there, texts and the texts of a monorepo's parts.
    assert second.requests == 6


@pytest.mark.parametrize("cursor", ["", "rubbish", "[]", '{"newest": 3}'])
def test_without_a_cursor_that_can_be_read_everything_is_looked_at(stage: Stage, cursor: str) -> None:
    assert stage.source().facts(Task(cursor=cursor)).facts.repositories_within == ("*",)


def test_a_cursor_keeps_when_everything_was_last_looked_at(stage: Stage) -> None:
    source = stage.source()
    first = source.facts()
    stage.clock.now += timedelta(hours=5)
    assert '"swept": "2026-03-02T12:00:00+00:00"' in source.facts(Task(cursor=first.cursor)).cursor


def test_a_repository_is_looked_at_by_its_id_whatever_it_is_called_now(stage: Stage) -> None:
    id_ = id_of(stage, "payments-api")
    stage.github.changes.rename("payments-api", "payments")
    seen = stage.source().facts(Task(only=(id_,), cursor="where I was"))
    assert slugs(seen.facts) == ["acme/payments"]
    assert seen.facts.repositories_within == (id_,)
    assert seen.facts.repositories[0].teams == (
        Access("acme/money", "read"), Access("acme/team-payments", "admin"),
    )  # fmt: skip
    assert seen.cursor == "where I was"


def test_what_was_deleted_is_looked_for_and_not_found(stage: Stage) -> None:
    id_, other = id_of(stage, "payments-api"), id_of(stage, "shop")
    stage.github.changes.delete("payments-api")
    seen = stage.source().facts(Task(only=(id_, other)))
    assert slugs(seen.facts) == ["acme/shop"]
    assert seen.facts.repositories_within == (id_, other)


@pytest.mark.parametrize("name", ["payments-api", "fork-of-react"])
def test_what_went_to_another_owner_is_gone(stage: Stage, name: str) -> None:
    id_ = id_of(stage, name)
    stage.github.changes.transfer(name, "elsewhere")
    seen = stage.source(forks=True).facts(Task(only=(id_,)))
    assert (slugs(seen.facts), seen.facts.repositories_within) == ([], (id_,))


def test_teams_alone_are_looked_at_when_they_alone_changed(stage: Stage) -> None:
    stage.github.changes.add_member("team-payments", "vhorvath")
    facts = stage.source().facts(Task(only=("teams",))).facts
    payments = next(each for each in facts.teams if each.slug == "acme/team-payments")
    assert payments.members == ("anasilva", "kwame-m", "vhorvath")
    assert (facts.repositories, facts.repositories_within, facts.teams_complete) == ((), (), True)


def test_a_look_that_was_killed_goes_on_where_it_was(stage: Stage) -> None:
    notebook = Blank()
    whole = stage.source(batch={"repositories": 2}).facts()
    stage.github.faults.requests.clear()
    failing = stage.source(batch={"repositories": 2})
    with pytest.raises(OutsideFailure):
        failing.facts(Task(notebook=notebook, progress=lambda *_: break_after(stage, 3)))
    asked = stage.graphql_requests()
    stage.github.faults.always = 0
    resumed = stage.source(batch={"repositories": 2}).facts(Task(notebook=notebook))
    assert resumed.facts == whole.facts
    assert resumed.requests == whole.requests - 3
    assert asked == 3 + 4


def break_after(stage: Stage, requests: int) -> None:
    if stage.graphql_requests() >= requests:
        stage.github.faults.always = 500


def test_many_repositories_by_id_are_fetched_in_batches(stage: Stage) -> None:
    names = ("payments-api", "shop", "old-till", "empty")
    ids = tuple(id_of(stage, name) for name in names)
    stage.github.troubles.widest = 1
    seen = stage.source(batch={"repositories": 3}).facts(Task(only=ids))
    assert sorted(slugs(seen.facts)) == sorted(f"acme/{name}" for name in names)


def test_a_repository_by_id_that_cannot_be_shown_whole_is_not_taken_for_gone(stage: Stage) -> None:
    stage.github.troubles.broken = {("shop", "pullRequests")}
    seen = stage.source().facts(Task(only=(id_of(stage, "shop"),)))
    assert slugs(seen.facts) == ["acme/shop"]
    assert seen.facts.repositories[0].problems
