"""How many errors projects throw: unresolved issues, new ones, events of two weeks, and the trend.

Asks for the organization as a whole: a hundred issues a request, and all projects' events of a week in one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.entities import Finding, Json
from integrations.calling.client import Params
from integrations.calling.failures import Refusal
from integrations.sentry.answers import Malformed, Project, Read, inside, moment, needed
from integrations.sentry.api import PAGE, SentryApi
from integrations.sentry.naming import UNRESOLVED, Names
from workflows.ports import Task

WEEK = timedelta(days=7)
ALL = "-1"
"""Sentry's word for all projects of the organization that the token may see."""
FEWEST_EVENTS = 10
"""Of the busier week: below it a trend is chance."""
RATIO = 1.5
"""By how much the busier week must exceed the other."""
DEVIATIONS = 3.0
"""By how many standard deviations, of counts that come by chance, the two weeks must differ."""
MOST_ROWS = 10_000
"""Rows after which Sentry cuts a table of events off without a word."""
_SUM = "sum(quantity)"


@dataclass
class Figures:
    """Counts by a project's id."""

    unresolved: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    last_week: Mapping[str, int] = field(default_factory=dict)
    week_before: Mapping[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, project: Project, names: Names, days: int) -> dict[str, Json]:
        """Return `error_issues` of a project, by its key."""
        last, before = self.last_week.get(project.id, 0), self.week_before.get(project.id, 0)
        return {
            names.key(project): {
                "unresolved": self.unresolved[project.id],
                "new": self.new[project.id],
                "last_week": last,
                "week_before": before,
                "trend": trend(last, before),
                "url": names.issues_page(project, days),
            }
        }


def trend(last_week: int, week_before: int) -> str:
    """Return `rising`, `falling` or `steady` by the events of two weeks.

    Not steady is what no chance explains: the busier week has 10 events or more, half as many again as the
    other, and differs by three standard deviations. Two counts of independent events differ by the root of
    their sum, so 4 after 1 is nothing, and 400 after 380 is nothing either.
    """
    more, less = max(last_week, week_before), min(last_week, week_before)
    noise = DEVIATIONS * math.sqrt(more + less)
    if more < FEWEST_EVENTS or more < RATIO * less or more - less < noise:
        return "steady"
    return "rising" if last_week > week_before else "falling"


def read_figures(api: SentryApi, only: Sequence[str], *, days: int, now: datetime, task: Task) -> Figures:
    """Count for the projects of these ids, or for all when there are none. Raises OutsideFailure."""
    figures = Figures()
    projects = list(only) or [ALL]
    _count_issues(api, figures, {"project": projects, "statsPeriod": f"{days}d"}, now, task)
    until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)  # Sentry counts by the hour
    figures.last_week = _events(api, projects, until - WEEK, until, task)
    figures.week_before = _events(api, projects, until - 2 * WEEK, until - WEEK, task)
    return figures


def _count_issues(api: SentryApi, figures: Figures, where: Params, now: datetime, task: Task) -> None:
    path = api.of_organization("issues")
    asked: dict[str, str | int | list[str]] = {
        **where,
        "query": UNRESOLVED,
        "collapse": ["filtered", "unhandled"],
        "limit": PAGE,
    }
    issues: Read[tuple[str, bool]] = Read()
    for page in api.pages(path, asked, stopped=task.stopped):
        issues.take(f"{api.target.source}: unresolved issues", page, lambda raw: _issue(raw, now))
        task.progress(len(issues.items), None, "unresolved issues")
    figures.findings += issues.findings
    figures.unresolved.update(id_ for id_, _new in issues.items)
    figures.new.update(id_ for id_, new in issues.items if new)


def _issue(raw: Mapping[str, Any], now: datetime) -> tuple[str, bool]:
    """Return the project of an issue, and whether it is new. Raises Malformed."""
    project = inside(raw, "project")
    if not project:
        raise Malformed("names no project")
    first = moment(inside(raw, "lifetime").get("firstSeen")) or moment(raw.get("firstSeen"))
    return needed(project, "id"), first is not None and first > now - WEEK


def _events(
    api: SentryApi, projects: list[str], start: datetime, end: datetime, task: Task
) -> Mapping[str, int]:
    """Return how many error events Sentry took in, by project."""
    path = api.of_organization("stats_v2")
    asked: Params = {
        "project": projects,
        "groupBy": ["project"],
        "field": _SUM,
        "category": "error",
        "outcome": "accepted",
        "start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "end": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    groups = api.get(path, asked, stopped=task.stopped).get("groups")
    if not isinstance(groups, list):
        raise api.unlike(path, "no groups")
    if len(groups) >= MOST_ROWS:
        raise Refusal(
            f"source {api.target.source}: Sentry counts the events of {MOST_ROWS:,} projects and no more",
            "Make a source of each part of the organization.",
        )
    return dict(_counted(groups))


def _counted(groups: Iterable[object]) -> Iterable[tuple[str, int]]:
    for each in groups:
        row = each if isinstance(each, Mapping) else {}
        project, total = inside(row, "by").get("project"), inside(row, "totals").get(_SUM)
        if project is not None and isinstance(total, int | float):
            yield str(project), int(total)
