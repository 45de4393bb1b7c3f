"""What each list and each single thing of the API answers, with its filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from starlette.datastructures import QueryParams

from playground.vendors.pagerduty.rotations import Shift, shifts
from playground.vendors.pagerduty.seed import Account, Schedule, User
from playground.vendors.pagerduty.shapes import Shape, Shapes

MONTH = timedelta(days=30)


class Refused(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    query: QueryParams
    account: Account
    shapes: Shapes
    now: datetime

    def many(self, name: str) -> list[str]:
        """Return a filter's values; none: no filter."""
        return self.query.getlist(f"{name}[]")

    def time(self, name: str, usual: datetime) -> datetime:
        """Return a time of the query."""
        text = self.query.get(name)
        if not text:
            return usual
        try:
            at = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            raise Refused(400, 2001, f"{name} is no time") from None
        return at if at.tzinfo else at.replace(tzinfo=UTC)


Listed = tuple[Sequence[Any], Callable[[Any], Shape]]


def _services(asked: Asked) -> Listed:
    include, teams = asked.many("include"), set(asked.many("team_ids"))
    found = [
        each for each in asked.account.services if not teams or asked.shapes.by_id[each.policy].team in teams
    ]
    return found, lambda each: asked.shapes.service(each, include)


def _policies(asked: Asked) -> Listed:
    return asked.account.policies, asked.shapes.policy


def _teams(asked: Asked) -> Listed:
    return asked.account.teams, asked.shapes.team


def _users(asked: Asked) -> Listed:
    return asked.account.users, asked.shapes.user


def _schedules(asked: Asked) -> Listed:
    return asked.account.schedules, asked.shapes.schedule


def _business(asked: Asked) -> Listed:
    return asked.account.business_services, asked.shapes.business


def _oncalls(asked: Asked) -> Listed:
    since = asked.time("since", asked.now)
    until = asked.time("until", since)
    if until < since:
        raise Refused(400, 2001, "until is before since")
    wanted, include = set(asked.many("escalation_policy_ids")), asked.many("include")
    on = cache(lambda target: _on(asked, target, since, until))
    found = [
        (policy, level, target, shift)
        for policy in asked.account.policies
        if not wanted or policy.id in wanted
        for level, targets in enumerate(policy.levels, 1)
        for target in targets
        for shift in on(target)
    ]
    return found, lambda each: asked.shapes.oncall(
        each[0], each[1], "" if each[2] == each[3].user else each[2], each[3], include
    )


def _on(asked: Asked, target: str, since: datetime, until: datetime) -> list[Shift]:
    thing = asked.shapes.by_id[target]
    if isinstance(thing, User):
        return [Shift(target, since, None)]
    assert isinstance(thing, Schedule)  # noqa: S101 - the seed was checked
    return shifts(thing, since, until)


def _incidents(asked: Asked) -> Listed:
    statuses, services = set(asked.many("statuses")), set(asked.many("service_ids"))
    until = asked.time("until", asked.now)
    since = asked.time("since", until - MONTH)
    forever = asked.query.get("date_range") == "all"
    found = [
        each
        for each in asked.account.incidents
        if (not statuses or each.status in statuses)
        and (not services or each.service in services)
        and (forever or (each.created is not None and since <= each.created <= until))
    ]
    newest = asked.query.get("sort_by") == "created_at:desc"
    found.sort(key=lambda each: (each.created or asked.now, each.number), reverse=newest)
    return found, asked.shapes.incident


def _service(asked: Asked, id_: str) -> Shape:
    for each in asked.account.services:
        if each.id == id_:
            return asked.shapes.service(each, asked.many("include"))
    raise Refused(404, 2100, "Not Found")


def _policy(asked: Asked, id_: str) -> Shape:
    for each in asked.account.policies:
        if each.id == id_:
            return asked.shapes.policy(each)
    raise Refused(404, 2100, "Not Found")


LISTS: Mapping[str, Callable[[Asked], Listed]] = {
    "services": _services,
    "escalation_policies": _policies,
    "teams": _teams,
    "users": _users,
    "schedules": _schedules,
    "oncalls": _oncalls,
    "incidents": _incidents,
    "business_services": _business,
}
SINGLE: Mapping[str, Callable[[Asked, str], Shape]] = {"services": _service, "escalation_policies": _policy}
