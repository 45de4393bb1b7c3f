"""Errors and releases: what is counted, when a trend is one, and how few requests it takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.sentry.figures import trend
from tests.integrations.sentry.stage import SentryStage, of, saw
from workflows.ports import Look, Task


def errors(look: Look, slug: str) -> Any:
    figures = of(look, slug, "errors").fields["error_issues"]
    assert isinstance(figures, dict)
    return figures[f"sentry:acme/{slug}"]


def test_unresolved_errors_are_counted_with_their_trend(stage: SentryStage) -> None:
    look = stage.open().fetch(Task())
    url = errors(look, "payments-api")["url"]
    assert errors(look, "payments-api") == {
        "unresolved": 2,
        "new": 1,
        "last_week": 400,
        "week_before": 120,
        "trend": "rising",
        "url": url,
    }
    assert "query=is%3Aunresolved+issue.category%3Aerror" in url
    assert "statsPeriod=14d" in url
    quiet = {"unresolved": 0, "new": 0, "last_week": 0, "week_before": 0, "trend": "steady"}
    assert {**errors(look, "attic"), **quiet} == errors(look, "attic")


def test_how_long_ago_an_issue_may_have_been_seen_is_said_in_the_block(stage: SentryStage) -> None:
    look = stage.open(seen_within_days=30).fetch(Task())
    assert errors(look, "payments-api")["unresolved"] == 3


def test_what_is_thrown_and_resolved_shows_in_the_next_look(stage: SentryStage) -> None:
    source, happens = stage.open(), stage.sentry.changes
    happens.throw("attic", "ZeroDivisionError", times=40)
    look = source.fetch(Task())
    assert errors(look, "attic")["unresolved"] == 1
    assert errors(look, "attic")["new"] == 1
    assert errors(look, "attic")["trend"] == "rising"
    happens.resolve("attic", "ZeroDivisionError")
    assert errors(source.fetch(Task()), "attic")["unresolved"] == 0
    happens.throw("attic", "ZeroDivisionError")
    assert errors(source.fetch(Task()), "attic")["unresolved"] == 1


@pytest.mark.parametrize(
    ("last_week", "week_before", "word"),
    [
        (0, 0, "steady"), (9, 0, "steady"), (10, 0, "rising"), (0, 10, "falling"), (4, 1, "steady"),
        (20, 12, "steady"), (30, 10, "rising"), (400, 380, "steady"), (400, 267, "steady"),
        (400, 266, "rising"), (266, 400, "falling"), (1_000_000, 900_000, "steady"),
    ],
)  # fmt: skip
def test_a_trend_is_what_chance_does_not_explain(last_week: int, week_before: int, word: str) -> None:
    assert trend(last_week, week_before) == word


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_trend_turned_round_is_the_other(one: int, other: int) -> None:
    turned = {"rising": "falling", "falling": "rising", "steady": "steady"}
    assert trend(one, other) == turned[trend(other, one)]
    assert trend(one, one) == "steady"


def released(look: Look) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in saw(look, "releases").claims:
        releases = each.fields["releases"]
        assert isinstance(releases, dict)
        found |= {key.removeprefix("sentry:acme/"): said["version"] for key, said in releases.items()}
    return found


def test_the_newest_release_of_each_project_is_known(stage: SentryStage) -> None:
    look = stage.open().fetch(Task())
    assert released(look) == {"payments-api": "1.5.0", "shop": "2026.3.1"}
    said = of(look, "shop", "releases").fields["releases"]
    assert isinstance(said, dict)
    release = stage.sentry.state.releases[-1]
    assert said["sentry:acme/shop"]["at"] == release.added.isoformat()
    assert "/releases/2026.3.1/?project=" in said["sentry:acme/shop"]["url"]


def test_a_release_of_several_projects_is_each_ones(stage: SentryStage) -> None:
    stage.sentry.changes.release("7.0.0 (all)", "shop", "attic")
    look = stage.open().fetch(Task())
    assert released(look) == {"payments-api": "1.5.0", "shop": "7.0.0 (all)", "attic": "7.0.0 (all)"}


def test_one_project_that_is_released_all_the_time_hides_no_other(stage: SentryStage) -> None:
    for number in range(250):
        stage.sentry.changes.release(f"9.{number}", "payments-api")
    look = stage.open().fetch(Task())
    assert released(look) == {"payments-api": "9.249", "shop": "2026.3.1"}
    assert sum("/releases/" in each for each in stage.faults.requests) == 2


def test_five_hundred_projects_take_few_requests(stage: SentryStage) -> None:
    stage.sentry.state.projects.clear()
    stage.sentry.state.releases.clear()
    stage.crowd(
        500,
        issues=[{"title": f"Error {number}", "first_seen": 3 + number} for number in range(4)],
        releases=[{"version": f"1.{number}", "days_ago": number + 1} for number in range(3)],
        last_week=100,
        week_before=20,
    )
    look = stage.open().fetch(Task())
    assert len(saw(look, "errors").claims) == len(saw(look, "releases").claims) == 500
    assert errors(look, "crowd-00123")["unresolved"] == 4
    asked = Counter(each.partition("?")[0].rstrip("/").rpartition("/")[2] for each in stage.faults.requests)
    assert asked == {"projects": 5, "teams": 1, "members": 3, "issues": 20, "stats_v2": 2, "releases": 5}
