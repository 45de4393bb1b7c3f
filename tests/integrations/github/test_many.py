"""An organization of 5,000 repositories in at most 250 requests, texts included; and pages to the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playground.vendors.github.state import Organization
from tests.integrations.github.crowd import crowd
from tests.integrations.github.stage import Stage


def filled(stage: Stage, others: Organization) -> Stage:
    mine = stage.github.organization
    mine.people, mine.teams, mine.repositories = others.people, others.teams, others.repositories
    return stage


def test_three_pages_are_read_to_the_end(new_stage: Callable[..., Stage]) -> None:
    stage = filled(new_stage(), crowd(23, teams=23, people=7))
    seen = stage.source(batch={"repositories": 10, "teams": 10}).facts()
    assert len({each.id for each in seen.facts.repositories}) == 23
    assert len({each.id for each in seen.facts.teams}) == 23
    # Repositories and teams take 3 pages each, texts 2 rounds, people 1 page.
    assert seen.requests == 3 + 3 + 2 + 1


def test_a_team_with_many_members_and_repositories_is_read_to_the_end(
    new_stage: Callable[..., Stage],
) -> None:
    others = crowd(250, teams=2, people=230)
    others.teams["team-0"].members = list(others.people)
    facts = filled(new_stage(), others).source().facts().facts
    assert len(facts.teams[0].members) == 230
    assert len(facts.people) == 230
    assert sum(any(may.team == "acme/team-0" for may in each.teams) for each in facts.repositories) == 250


def test_many_vulnerability_alerts_are_counted_to_the_last(stage: Stage) -> None:
    stage.github.organization.called("shop").alerts = {"HIGH": 170, "LOW": 45}
    shop = next(each for each in stage.source().facts().facts.repositories if each.slug == "acme/shop")
    assert shop.alerts == {"critical": 0, "high": 170, "moderate": 0, "low": 45}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_5000_repositories_take_at_most_250_requests(new_stage: Callable[..., Stage]) -> None:
    stage = filled(new_stage(), crowd(5_000))
    seen = stage.source().facts()
    assert len(seen.facts.repositories) == 5_000
    assert sum(len(each.files) for each in seen.facts.repositories) == 32_000
    assert seen.requests == stage.graphql_requests() <= 250
    assert stage.github.graph.spent < 1_000
