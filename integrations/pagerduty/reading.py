"""What one look asks of PagerDuty, and in what order. Makes no claim of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from integrations.calling.client import Params
from integrations.calling.failures import Absent, Refusal, Unauthorized
from integrations.pagerduty.answers import Item, inner, text
from integrations.pagerduty.incidents import OPEN
from integrations.pagerduty.pages import TOGETHER, Listed, Pages, TooMany

SERVICES: Params = {"include[]": ["integrations"]}
INCIDENTS: Params = {"statuses[]": OPEN, "date_range": "all", "sort_by": "created_at:desc"}

NAMED = 5
"""Schedules that a note names."""


@dataclass(slots=True)
class Structure:
    """What changes seldom."""

    teams: Listed
    users: Listed
    business: Listed | None
    """None where the account has no business services, or this key may not see them."""
    relationships: Sequence[Item] = ()
    notes: list[str] = field(default_factory=list)


def window(now: datetime, days: int) -> Params:
    """Return the parameters of the on-calls from now on, with their people's e-mail addresses."""
    until = now + timedelta(days=days)
    return {"since": _iso(now), "until": _iso(until), "include[]": ["users"]}


def read_services(pages: Pages) -> Listed:
    """Return all services with their integrations."""
    return pages.all("/services", "services", SERVICES)


def read_policies(pages: Pages) -> Listed:
    """Return all escalation policies."""
    return pages.all("/escalation_policies", "escalation_policies")


def read_oncalls(pages: Pages, policies: Sequence[str], during: Params) -> Listed:
    """Return the on-calls of policies: in one list where those are few, else in parts."""
    if not policies:
        return Listed()
    if len(policies) <= TOGETHER:
        try:
            return pages.all("/oncalls", "oncalls", during, ids=False)
        except TooMany:
            pass
    return pages.by("/oncalls", "oncalls", "escalation_policy_ids[]", policies, during, have_ids=False)


def read_incidents(pages: Pages, services: Sequence[str]) -> Listed:
    """Return the open incidents, the newest first; past 10,000 of them service by service."""
    try:
        return pages.all("/incidents", "incidents", INCIDENTS)
    except TooMany:
        return read_incidents_of(pages, services)


def read_incidents_of(pages: Pages, services: Sequence[str]) -> Listed:
    """Return the open incidents of some services; of one that has too many, the newest."""
    return pages.by("/incidents", "incidents", "service_ids[]", services, INCIDENTS, newest=True)


def read_structure(pages: Pages, *, business: bool) -> Structure:
    """Return teams, users and business services, and notes on schedules.

    Who is on by a schedule comes with the on-calls. Teams need a plan, and business services another.
    """
    notes: list[str] = []
    teams = _if_there(pages, "/teams", "teams", notes) or Listed(whole=False)
    users = pages.all("/users", "users")
    schedules = _if_there(pages, "/schedules", "schedules", notes)
    notes += _unused(schedules.items if schedules else [])
    found = _if_there(pages, "/business_services", "business_services", notes) if business else None
    relationships = _relationships(pages, found.items, notes) if found else []
    return Structure(teams, users, found, relationships, notes)


def _unused(schedules: Iterable[Item]) -> Iterator[str]:
    """Yield a note on the schedules to which no policy escalates: whoever is on there is never called."""
    names = [
        text(each, "name") or text(each, "id")
        for each in schedules
        if isinstance(each.get("escalation_policies"), list) and not each["escalation_policies"]
    ]
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield f"no escalation policy uses the schedules {', '.join(sorted(names)[:NAMED])}{more}"


def read_named(pages: Pages, ids: Iterable[str]) -> Listed:
    """Return some services; one that is not there is not in the list."""
    listed = Listed()
    for id_ in ids:
        try:
            listed.items.append(pages.one(f"/services/{id_}", "service", SERVICES))
        except Absent:
            continue
    return listed


def read_policies_of(pages: Pages, services: Sequence[Item]) -> Listed:
    """Return the policies to which some services escalate."""
    ids = {text(inner(each, "escalation_policy"), "id") for each in services} - {""}
    listed = Listed()
    for id_ in sorted(ids):
        try:
            listed.items.append(pages.one(f"/escalation_policies/{id_}", "escalation_policy"))
        except Absent:  # deleted since
            continue
    return listed


def _if_there(pages: Pages, path: str, key: str, notes: list[str]) -> Listed | None:
    """Return a list, or None with a note where the account or the key has no right to it."""
    try:
        return pages.all(path, key)
    except Unauthorized:
        raise
    except Refusal as refusal:  # 402, 403 or 404: not in this plan, or not for this key
        notes.append(f"{key.replace('_', ' ')} are left out: {refusal}")
        return None


def _relationships(pages: Pages, business: Sequence[Item], notes: list[str]) -> list[Item]:
    found: list[Item] = []
    for each in business:
        try:
            path = f"/service_dependencies/business_services/{text(each, 'id')}"
            found += pages.all(path, "relationships", paged=False).items
        except Absent:  # deleted since
            continue
        except Unauthorized:
            raise
        except Refusal as refusal:
            notes.append(f"what business services depend on is left out: {refusal}")
            break
    return found


def names_of(*lists: Iterable[Item]) -> Mapping[str, str]:
    """Return what things are called, by id."""
    return {text(each, "id"): text(each, "name") or text(each, "summary") for one in lists for each in one}


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
