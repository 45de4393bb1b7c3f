"""One look at a Datadog organization, part by part: its catalog first, then what may be read beside it.

What the keys may not read is a note, and makes no snapshot: what was known of it stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from domain.entities import EVERYTHING, Claim, Finding, Snapshot
from integrations.calling.failures import Absent, Forbidden
from integrations.datadog.answers import identity
from integrations.datadog.documents import DEFINITIONS, ENTITIES, documents
from integrations.datadog.naming import Team
from integrations.datadog.objectives import OBJECTIVES, OnServices, objectives
from integrations.datadog.options import DatadogOptions
from integrations.datadog.pages import Read, Reader
from integrations.datadog.services import Described, described
from integrations.datadog.structure import cursor_of, is_due
from integrations.datadog.teams import TEAMS, USERS, memberships, people, team_claims, teams_of
from integrations.datadog.traces import read_calls, traced
from integrations.datadog.watches import MONITORS, watches
from workflows.ports import Task

Part = TypeVar("Part")
_FORBIDDEN = (
    "Check DD_API_KEY, DD_APP_KEY, `site`, and that the keys may apm_service_catalog_read: "
    "`idp doctor` tells which it is."
)


@dataclass(slots=True)
class Looking:
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
        teams = None
        if self.options.teams or self.options.people:
            teams = self._maybe("teams", "teams_read", lambda: self.reader.read(TEAMS))
        known = teams_of(teams) if teams is not None else ()
        catalog = self._catalog(definitions, entities, known)
        if teams is not None and self.options.teams:
            self._teams(teams)
        cursor = self._people(known, readable=teams is not None)
        self._traces(catalog)
        self._on_services()
        return cursor

    def _documents(self) -> tuple[Read, Read | None]:
        """Read both lists of documents, under one permission, without which there is no look.

        None for entities that are not there, though the site should have them.
        """
        try:
            definitions = self.reader.read(DEFINITIONS)
            return definitions, self._entities()
        except Forbidden as refusal:
            raise Forbidden(str(refusal), _FORBIDDEN) from None

    def _entities(self) -> Read | None:
        if not self.options.has_entities:
            return Read(())
        try:
            return self.reader.read(ENTITIES)
        except Absent as refusal:
            self.notes.append(
                f"{self.name}: entities of v3 left out, so nothing is taken for gone: {refusal}"
            )
            return None

    def _catalog(self, definitions: Read, read: Read | None, teams: tuple[Team, ...]) -> Described:
        entities = read or Read(())
        found, doubts = documents(definitions, entities)
        catalog = described(found, teams, self.options.web)
        self.findings += (*doubts, *catalog.findings)
        lost = definitions.broken + entities.broken + sum(1 for each in doubts if each.severity == "error")
        self._saw("", catalog.claims, lost, "documents of the catalog", whole=read is not None)
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
        claims = people(users.items, within.teams, self.options.web)
        lost = users.broken + within.lost + sum(1 for each in users.items if not identity(each))
        self._saw("/people", claims, lost, "users and memberships")
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
            count = len(found.nameless)
            self.notes.append(f"{self.name}: callees left out, {count}, whose names say nothing: {shown}")

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
        self._saw(evidence, found.claims, read.broken + found.lost, what)
        if found.unnamed:
            self.notes.append(f"{self.name}: {what} without a tag `service:`, left out: {found.unnamed}")

    def _saw(
        self, evidence: str, claims: tuple[Claim, ...], lost: int, what: str, *, whole: bool = True
    ) -> None:
        """Add a snapshot, which is complete unless something of it could not be read."""
        if lost:
            self.notes.append(
                f"{self.name}: {what} that cannot be read: {lost}; so nothing is taken for gone"
            )
        within = () if lost or not whole else (EVERYTHING,)
        self.snapshots.append(Snapshot(f"{self.name}{evidence}", self.began, claims, within))

    def _maybe(self, what: str, permission: str, read: Callable[[], Part]) -> Part | None:
        """Return what is read, or None where the keys may not, which is noted."""
        try:
            return read()
        except (Forbidden, Absent) as refusal:
            self.notes.append(f"{self.name}: {what} left out, for want of {permission}: {refusal}")
            return None
