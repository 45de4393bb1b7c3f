"""The endpoints: each takes a request at an organization and returns its answer. Checks no permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.vendors.sentry import shapes
from playground.vendors.sentry.paging import page_of
from playground.vendors.sentry.state import Issue, Organization, Project


class Refusal(Exception):
    """An answer other than what was asked for."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    request: Request
    state: Organization
    web_url: str
    odd: bool
    """Whether to answer with fields and values that nobody knows."""

    def project(self) -> Project:
        """Return the project that the path names. Raises Refusal."""
        found = self.state.project(self.request.path_params["project"])
        if found is None:
            raise Refusal(404, "The requested resource does not exist")
        return found

    def wanted(self) -> list[Project]:
        """Return the projects that the parameters name; -1, and nothing, is all. Raises Refusal."""
        named = self.request.query_params.getlist("project")
        if not named or "-1" in named:
            return self.state.projects
        chosen = frozenset(named)
        found = [each for each in self.state.projects if each.id in chosen or each.slug in chosen]
        if len(found) < len(chosen):
            raise Refusal(403, "You do not have permission to perform this action.")
        return found

    def listed(
        self, items: Sequence[Any], shape: Callable[[Any], shapes.Shape], size: str = "per_page"
    ) -> Response:
        """Answer a page of a list."""
        rows, headers = page_of(self.request, items, shape, size)
        if self.odd:
            rows = [{**each, "brandNew": {"level": [1, None]}, **_ODD} for each in rows]
        return JSONResponse(rows, headers=dict(headers))


_ODD: Mapping[str, object] = {
    "orgRole": "wizard", "substatus": "pondering", "level": "catastrophe", "priority": "yesterday",
    "status": "undecided", "platform": "cobol-85", "features": None, "avatar": None,
}  # fmt: skip
Endpoint = Callable[[Call], Response]


def projects(call: Call) -> Response:
    """List the projects by slug; `query` finds a part of a name or slug."""
    query = call.request.query_params.get("query", "").lower()
    found = [each for each in call.state.projects if query in each.slug or query in each.name.lower()]
    newest = call.state.newest()
    found.sort(key=lambda each: each.slug)
    return call.listed(found, lambda each: shapes.project_shape(each, call.state, newest))


def teams(call: Call) -> Response:
    """List the teams."""
    return call.listed(sorted(call.state.teams, key=lambda each: each.slug), shapes.team_shape)


def members(call: Call) -> Response:
    """List the members and the invited."""
    return call.listed(call.state.members, shapes.member_shape)


def team_members(call: Call) -> Response:
    """List who is in a team; an invitation is no membership yet."""
    team = call.state.team(call.request.path_params["team"])
    if team is None:
        raise Refusal(404, "The requested resource does not exist")
    found = [
        each
        for each in call.state.members
        if each.email in team.members and each.state in ("active", "restricted")
    ]
    return call.listed(found, lambda each: shapes.team_member_shape(each, team))


def ownership(call: Call) -> Response:
    """Show a project's rules."""
    return JSONResponse(shapes.ownership_shape(call.project()))


def issues(call: Call) -> Response:
    """List the issues of a search, the last seen first; knows `is:unresolved` and `issue.category:…`."""
    words = call.request.query_params.get("query", "is:unresolved").split()
    if unknown := [each for each in words if not each.startswith(("is:unresolved", "issue.category:"))]:
        raise Refusal(400, f"Invalid query: {' '.join(unknown)}")
    days = _days(call.request.query_params.get("statsPeriod", "90d"))
    now: datetime = call.request.state.now
    found = [
        (issue, project)
        for project in call.wanted()
        for issue in project.issues
        if _matches(issue, words) and (now - issue.last_seen).total_seconds() <= days * 86_400
    ]
    found.sort(key=lambda pair: pair[0].last_seen, reverse=True)
    return call.listed(found, lambda pair: shapes.issue_shape(pair[0], pair[1], call.web_url), "limit")


def releases(call: Call) -> Response:
    """List the releases of projects, the newest first."""
    slugs = {each.slug for each in call.wanted()}
    found = [each for each in call.state.releases if not slugs.isdisjoint(each.projects)]
    found.sort(key=lambda each: each.added, reverse=True)
    by_slug = {each.slug: each for each in call.state.projects}
    return call.listed(found, lambda each: shapes.release_shape(each, by_slug))


def events(call: Call) -> Response:
    """Count events by project between two times; a project without any has no row."""
    asked = call.request.query_params
    if asked.getlist("groupBy") != ["project"] or asked.get("field") != "sum(quantity)":
        raise Refusal(400, "only groupBy=project of sum(quantity) is served here")
    if asked.get("category") != "error":
        raise Refusal(400, "Query must have category as groupby or filter")
    start, end = _time(asked.get("start", "")), _time(asked.get("end", ""))
    groups = []
    for project in call.wanted():
        if total := sum(count for at, count in project.events if start <= at < end):
            groups.append(
                {"by": {"project": int(project.id)}, "totals": {"sum(quantity)": total}, "series": {}}
            )
    body = {"start": shapes.stamp(start), "end": shapes.stamp(end), "intervals": [], "groups": groups}
    return JSONResponse({**body, **({"quota": None} if call.odd else {})})


def _matches(issue: Issue, words: Sequence[str]) -> bool:
    if "is:unresolved" in words and issue.status != "unresolved":
        return False
    categories = [each.partition(":")[2] for each in words if each.startswith("issue.category:")]
    return not categories or issue.category in categories


def _days(period: str) -> float:
    per_day = {"d": 1.0, "h": 1 / 24, "w": 7.0}.get(period[-1:])
    if per_day is None or not period[:-1].isdigit():
        raise Refusal(400, f"Invalid statsPeriod: {period!r}")
    return int(period[:-1]) * per_day


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Refusal(400, "start and end are required") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
