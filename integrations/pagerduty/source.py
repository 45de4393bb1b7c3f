"""One look at PagerDuty: what is asked for, and the snapshots that it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.entities import EVERYTHING, Claim, Finding, Snapshot, Standing
from domain.errors import BadConfiguration, BadInput
from domain.sources import Permission
from integrations.calling.client import Target
from integrations.calling.health import Need, examine
from integrations.pagerduty import reading
from integrations.pagerduty.answers import Item, text
from integrations.pagerduty.business import business_claim
from integrations.pagerduty.cursor import cursor_of, is_due
from integrations.pagerduty.incidents import incidents_id, of_incidents
from integrations.pagerduty.oncall import Plans, of_services, of_teams
from integrations.pagerduty.options import PagerDutyOptions
from integrations.pagerduty.pages import Listed, Pages
from integrations.pagerduty.people import team_claim, user_claim
from integrations.pagerduty.plan import shifts_of
from integrations.pagerduty.reading import names_of
from integrations.pagerduty.services import service_claim, service_id
from integrations.pagerduty.session import connected
from workflows.ports import Look, Opening, Task

_NAMED = re.compile(r"(?P<what>service|incidents)/(?P<id>[A-Za-z0-9]+)")
_ONE = {"limit": 1}


@dataclass(slots=True)
class _Seen:
    """What a look has come to so far."""

    source: str
    at: datetime
    snapshots: list[Snapshot] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, evidence: str, claims: Iterable[Claim], within: tuple[str, ...]) -> None:
        claimant = f"{self.source}/{evidence}" if evidence else self.source
        self.snapshots.append(Snapshot(claimant, self.at, tuple(claims), within))


def open_source(opening: Opening) -> PagerDutySource:
    """Return a source; opens no connection. Raises BadConfiguration when the token is missing."""
    options = opening.options
    if not isinstance(options, PagerDutyOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not PagerDuty's", "type: pagerduty")
    token = (opening.secret(options.token_env) or "").strip()
    if not token:
        raise BadConfiguration(
            f"the source {opening.name!r} needs a PagerDuty API key, and {options.token_env} is not set",
            f"Set it, or {options.token_env}_FILE, to a read-only REST API key.",
        )
    return PagerDutySource(opening, options, token)


class PagerDutySource:
    """Looks at one account."""

    def __init__(self, opening: Opening, options: PagerDutyOptions, token: str) -> None:
        self._name, self._clock, self._options = opening.name, opening.clock, options
        self._target = Target(opening.name, "PagerDuty", options.url, options.token_env)
        self._caller = connected(
            self._target,
            token,
            bearer=options.auth == "bearer",
            clock=opening.clock,
            timeout=options.timeout_seconds,
        )

    def fetch(self, task: Task | None = None) -> Look:
        """Look once; see `workflows.ports.Source`.

        `task.only` holds `service/<id>` for a service with its plan and its incidents, and
        `incidents/<id>` for the incidents of a service alone.
        """
        task = task or Task()
        before, now = self._caller.requests, self._clock()
        pages = Pages(self._target, self._caller, task.progress, task.stopped)
        seen = _Seen(self._name, now)
        cursor = task.cursor
        if task.only:
            self._named(pages, seen, task.only)
        else:
            cursor = self._everything(pages, seen, task.cursor)
        return Look(
            tuple(seen.snapshots),
            (*pages.findings, *seen.findings),
            tuple(seen.notes),
            read=self._caller.requests - before,
            cursor=cursor,
            requests=self._caller.requests - before,
            quota=self._caller.quota,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the key and each list that a look reads, with one item of each."""
        return examine(self._target, self._caller, [
            self._need("services", "/services"),
            self._need("escalation policies", "/escalation_policies"),
            self._need("on-calls", "/oncalls"),
            self._need("incidents", "/incidents"),
            self._need("users", "/users"),
            self._need("schedules", "/schedules", optional=True),
            self._need("teams", "/teams", optional=True),
            *(
                [self._need("business services", "/business_services", optional=True)]
                if self._options.business_services
                else []
            ),
        ])  # fmt: skip

    def close(self) -> None:
        """Give back connections."""
        self._caller.close()

    def _need(self, what: str, path: str, *, optional: bool = False) -> Need:
        return Need(f"{what}: read", lambda: self._caller.get(path, _ONE), optional=optional)

    def _everything(self, pages: Pages, seen: _Seen, cursor: str) -> str:
        """Read the whole account, its structure if that is due; return where the next look goes on."""
        services = reading.read_services(pages)
        policies = reading.read_policies(pages)
        oncalls = self._oncalls(pages, policies.items, seen.at)
        ids = [text(each, "id") for each in services.items]
        incidents = reading.read_incidents(pages, ids)
        structure = None
        if is_due(cursor, self._options.structure_every, seen.at):
            structure = reading.read_structure(pages, business=self._options.business_services)
            cursor = cursor_of(seen.at)
        if structure is not None:
            self._people(seen, structure)
        self._services(seen, services.items, _within(services))
        if structure is not None:
            self._business(seen, structure, services.items)
        whole = services.whole and policies.whole and oncalls.whole
        plans = self._plans(seen, policies.items, oncalls.items)
        claims = (*of_services(services.items, plans), *of_teams(plans))
        seen.add("oncall", claims, (EVERYTHING,) if whole else ())
        self._incidents(seen, incidents.items, _within(incidents))
        return cursor

    def _named(self, pages: Pages, seen: _Seen, only: Sequence[str]) -> None:
        """Read some services, or their incidents alone."""
        named = [_NAMED.fullmatch(each) for each in only]
        if None in named:
            raise BadInput(
                f"source {self._name}: {', '.join(only)} is nothing to look at",
                "Write service/<id> or incidents/<id>, with the service's id in PagerDuty.",
            )
        wanted = sorted({each["id"] for each in named if each and each["what"] == "service"})
        troubled = sorted({each["id"] for each in named if each})
        if wanted:
            services = reading.read_named(pages, wanted)
            policies = reading.read_policies_of(pages, services.items)
            oncalls = self._oncalls(pages, policies.items, seen.at)
            within = tuple(service_id(each) for each in wanted)
            self._services(seen, services.items, within)
            plans = self._plans(seen, policies.items, oncalls.items)
            seen.add("oncall", of_services(services.items, plans), within)
        incidents = reading.read_incidents_of(pages, troubled)
        self._incidents(seen, incidents.items, tuple(incidents_id(each) for each in troubled))

    def _oncalls(self, pages: Pages, policies: Sequence[Item], now: datetime) -> Listed:
        ids = [text(each, "id") for each in policies]
        return reading.read_oncalls(pages, ids, reading.window(now, self._options.days))

    def _services(self, seen: _Seen, services: Sequence[Item], within: tuple[str, ...]) -> None:
        standing = Standing(self._options.services)
        seen.add("", (service_claim(each, standing) for each in services), within)

    def _plans(self, seen: _Seen, policies: Sequence[Item], oncalls: Sequence[Item]) -> Plans:
        shifts, findings = shifts_of(oncalls, seen.at, self._name)
        seen.findings += findings
        return Plans({text(each, "id"): each for each in policies}, shifts)

    def _incidents(self, seen: _Seen, incidents: Sequence[Item], within: tuple[str, ...]) -> None:
        seen.add("incidents", of_incidents(incidents, seen.findings, self._name), within)

    def _people(self, seen: _Seen, structure: reading.Structure) -> None:
        teams, users = structure.teams, structure.users
        named = names_of(teams.items)
        claims = (
            *(team_claim(each) for each in teams.items),
            *(user_claim(each, named) for each in users.items),
        )
        seen.notes += structure.notes
        seen.add("people", claims, (EVERYTHING,) if teams.whole and users.whole else ())

    def _business(self, seen: _Seen, structure: reading.Structure, services: Sequence[Item]) -> None:
        if structure.business is None:
            return
        business = structure.business
        named, teams = names_of(services, business.items), names_of(structure.teams.items)
        claims = (business_claim(each, structure.relationships, named, teams) for each in business.items)
        seen.add("business", claims, _within(business))


def _within(listed: Listed) -> tuple[str, ...]:
    return (EVERYTHING,) if listed.whole else ()
