"""Looks at one Datadog organization: its catalog first, then what may be read beside it, each for itself.

What the keys may not read is a note, and makes no snapshot: what was known of it stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from domain.clock import Clock
from domain.entities import EVERYTHING, Claim, Finding, Snapshot
from domain.sources import Permission
from integrations.calling.client import Caller, Target
from integrations.calling.failures import Absent, Forbidden
from integrations.calling.health import examine
from integrations.datadog.documents import DEFINITIONS, ENTITIES, documents
from integrations.datadog.naming import Team
from integrations.datadog.objectives import OBJECTIVES, OnServices, objectives
from integrations.datadog.options import DatadogOptions
from integrations.datadog.pages import Read, Reader
from integrations.datadog.permissions import needs_of
from integrations.datadog.services import Described, described
from integrations.datadog.structure import cursor_of, is_due
from integrations.datadog.teams import TEAMS, USERS, memberships, people, team_claims, teams_of
from integrations.datadog.traces import read_calls, traced
from integrations.datadog.watches import MONITORS, watches
from workflows.ports import Look, Task

Part = TypeVar("Part")
_FORBIDDEN = (
    "Check DD_API_KEY, DD_APP_KEY, `site`, and that the keys may apm_service_catalog_read: "
    "`idp doctor` tells which it is."
)


class DatadogSource:
    """One organization, by one pair of keys."""

    def __init__(
        self, name: str, options: DatadogOptions, target: Target, caller: Caller, clock: Clock
    ) -> None:
        self._name = name
        self._options = options
        self._target = target
        self._caller = caller
        self._clock = clock

    def fetch(self, task: Task | None = None) -> Look:
        """Look once, at everything; see `workflows.ports.Source`. Users and memberships are left out of a
        look with a cursor while they are young enough.
        """
        task = task or Task()  # each with a notebook of its own
        before, began = self._caller.requests, self._clock()
        looking = _Looking(self._name, self._options, began, Reader(self._name, self._caller, task), task)
        cursor = looking.everything()
        return Look(
            tuple(looking.snapshots),
            tuple(looking.findings),
            tuple(looking.notes),
            read=self._caller.requests - before,
            cursor=cursor,
            requests=self._caller.requests - before,
            quota=self._caller.quota,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the keys, and each permission that the block asks for."""
        return examine(self._target, self._caller, needs_of(self._options, self._caller, self._clock))

    def close(self) -> None:
        """Give back connections."""
        self._caller.close()


@dataclass(slots=True)
class _Looking:
    """One look under way."""

    name: str
    options: DatadogOptions
    began: datetime
    reader: Reader
    task: Task
    snapshots: list[Snapshot] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def everything(self) -> str:
        """Read part by part; return the cursor for the next look."""
        definitions, entities = self._documents()
        teams = (
            self._maybe("teams", "teams_read", lambda: self.reader.read(TEAMS)) if self._wants_teams else None
        )
        known = teams_of(teams) if teams is not None else ()
        catalog = self._catalog(definitions, entities, known)
        if teams is not None and self.options.teams:
            self._teams(teams)
        cursor = self._people(known, readable=teams is not None)
        self._traces(catalog)
        self._on_services()
        return cursor

    @property
    def _wants_teams(self) -> bool:
        return self.options.teams or self.options.people

    def _documents(self) -> tuple[Read, Read]:
        """Read both lists of documents, under one permission, without which there is no look."""
        try:
            definitions = self.reader.read(DEFINITIONS)
            try:
                return definitions, self.reader.read(ENTITIES)
            except Absent:
                return definitions, Read(())  # not every site has entities of v3
        except Forbidden as refusal:
            raise Forbidden(str(refusal), _FORBIDDEN) from None

    def _catalog(self, definitions: Read, entities: Read, teams: tuple[Team, ...]) -> Described:
        found, doubts = documents(definitions, entities)
        catalog = described(found, teams, self.options.web)
        self.findings += (*doubts, *catalog.findings)
        lost = definitions.broken + entities.broken + sum(1 for each in doubts if each.severity == "error")
        self._saw("", catalog.claims, lost, "documents of the catalog")
        return catalog

    def _teams(self, teams: Read) -> None:
        claims = team_claims(teams, self.options.web)
        self._saw("/teams", claims, teams.broken + len(teams.items) - len(claims), "teams")

    def _people(self, teams: tuple[Team, ...], *, readable: bool) -> str:
        """Read users and memberships when they are due; return the cursor that says when they were."""
        if not self.options.people or not is_due(self.task.cursor, self.options, self.began):
            return self.task.cursor
        if not readable:
            self.notes.append(f"{self.name}: people are left out, since nobody tells who is in which team")
            return ""
        users = self._maybe("people", "user_access_read", lambda: self.reader.read(USERS))
        if users is None:
            return ""
        within = self._maybe("people", "teams_read", lambda: memberships(teams, self.reader, self.task))
        if within is None:
            return ""
        self._saw("/people", people(users.items, within, self.options.web), users.broken, "users")
        return cursor_of(self.began, self.options)

    def _traces(self, catalog: Described) -> None:
        options = self.options
        if not options.environments:
            return
        calls = self._maybe(
            "what calls what",
            "apm_read",
            lambda: read_calls(self.reader, self.name, options.environments, self.began, options.traces_of),
        )
        if calls is None:
            return
        found = traced(calls, catalog.telemetry, options.web)
        self.findings += calls.findings
        self._saw("/apm", found.claims, len(calls.findings), "callers")
        if not calls.callees:
            environments = ", ".join(options.environments)
            self.notes.append(f"{self.name}: APM has no traces of env {environments}; are they called so?")
        if found.nameless:
            shown = ", ".join(found.nameless[:5]) + (", …" if len(found.nameless) > 5 else "")
            self.notes.append(
                f"{self.name}: {len(found.nameless)} callees have names that say nothing: {shown}"
            )

    def _on_services(self) -> None:
        web = self.options.web
        if self.options.slos:
            read = self._maybe("SLOs", "slos_read", lambda: self.reader.read(OBJECTIVES))
            self._remark("/slos", "SLOs", read, lambda found: objectives(found.items, web))
        if self.options.monitors:
            read = self._maybe("monitors", "monitors_read", lambda: self.reader.read(MONITORS))
            self._remark("/monitors", "monitors", read, lambda found: watches(found.items, self.began, web))

    def _remark(
        self, evidence: str, what: str, read: Read | None, made: Callable[[Read], OnServices]
    ) -> None:
        if read is None:
            return
        found = made(read)
        self._saw(evidence, found.claims, read.broken, what)
        if found.unnamed:
            self.notes.append(f"{self.name}: {what} without a tag `service:`, left out: {found.unnamed}")

    def _saw(self, evidence: str, claims: tuple[Claim, ...], lost: int, what: str) -> None:
        """Add a snapshot, which is complete unless something of it could not be read."""
        if lost:
            self.notes.append(
                f"{self.name}: {what} that cannot be read: {lost}; so nothing is taken for gone"
            )
        within = () if lost else (EVERYTHING,)
        self.snapshots.append(Snapshot(f"{self.name}{evidence}", self.began, claims, within))

    def _maybe(self, what: str, permission: str, read: Callable[[], Part]) -> Part | None:
        """Return what is read, or None where the keys may not, which is noted."""
        try:
            return read()
        except (Forbidden, Absent) as refusal:
            self.notes.append(f"{self.name}: {what} left out, for want of {permission}: {refusal}")
            return None
