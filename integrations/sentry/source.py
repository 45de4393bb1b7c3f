"""One look at one organization of Sentry: what it has, who owns it, how many errors it throws.

Each kind of evidence is a claimant of its own; one that the token may not read is left out with a note, so
that what was known by it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from domain.clock import Clock
from domain.entities import EVERYTHING, Claim, Finding, Snapshot, Standing
from domain.refs import Ref
from domain.sources import Permission
from integrations.calling.failures import Refusal, Unauthorized
from integrations.calling.health import Need, examine
from integrations.sentry.answers import Member, Project, Read, Team
from integrations.sentry.api import SentryApi
from integrations.sentry.figures import read_figures
from integrations.sentry.naming import Names
from integrations.sentry.needs import needs_of
from integrations.sentry.options import SentryOptions
from integrations.sentry.owners import Access, Owners, rule_claim, rules_note
from integrations.sentry.reading import read_members, read_projects, read_rules, read_teams, read_teams_of
from integrations.sentry.releases import read_releases
from integrations.sentry.scopes import Scope, scopes_of
from integrations.sentry.things import people_claims, project_claim, team_claim
from workflows.ports import Look, Task

T = TypeVar("T")


class SentrySource:
    """Looks at one organization."""

    def __init__(self, name: str, options: SentryOptions, token: str, clock: Clock) -> None:
        self._name = name
        self._options = options
        self._clock = clock
        self._api = SentryApi(name, options, token, clock)

    def fetch(self, task: Task | None = None) -> Look:
        """Look at everything, or at the figures of the projects in `task.only` (`scopes.Scope`) alone."""
        task = task or Task()
        before = self._api.caller.requests
        sight = _Sight(self._name, self._options, self._api, self._clock(), task)
        if task.only:
            sight.look_at(scopes_of(task.only))
        else:
            sight.look_at_everything()
        return Look(
            tuple(sight.snapshots),
            tuple(sight.findings),
            tuple(sight.notes),
            read=self._api.caller.requests - before,
            requests=self._api.caller.requests - before,
            quota=self._api.caller.quota,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the token and each scope that a look needs."""
        needs: Sequence[Need] = needs_of(self._api)
        return examine(self._api.target, self._api.caller, needs)

    def close(self) -> None:
        """Give back connections."""
        self._api.close()


class _Sight:
    """What a look that is under way has come to."""

    def __init__(
        self, name: str, options: SentryOptions, api: SentryApi, observed_at: datetime, task: Task
    ) -> None:
        self._name, self._options, self._api, self._task = name, options, api, task
        self._at = observed_at
        self._names = Names(options)
        self.snapshots: list[Snapshot] = []
        self.findings: list[Finding] = []
        self.notes: list[str] = []

    def look_at_everything(self) -> None:
        projects = read_projects(self._api, self._options, self._task)
        teams = read_teams(self._api, self._task)
        self.findings += (*projects.findings, *teams.findings)
        standing = Standing.REMARK if self._options.projects == "remark" else Standing.SEEN
        claims = [team_claim(each, self._names) for each in teams.items]
        claims += [project_claim(each, self._names, standing) for each in projects.items]
        self._saw("", claims, whole=projects.whole and teams.whole)
        people = self._optional("people", "member:read and team:read", lambda: self._people(teams))
        access = Access(projects.items)
        owners = (access.claim(each, self._names) for each in projects.items)
        self._saw("access", (each for each in owners if each is not None), whole=projects.whole)
        self._optional(
            "ownership rules", "project:read", lambda: self._rules(projects, teams, access, people)
        )
        self._optional("errors", "event:read", lambda: self._errors(projects.items, whole=projects.whole))
        self._optional(
            "releases", "project:releases", lambda: self._releases(projects.items, whole=projects.whole)
        )

    def look_at(self, scopes: Iterable[Scope]) -> None:
        """Look at the figures of some projects; one that is gone loses them."""
        found: list[Project] = []
        gone: list[str] = []
        for scope in scopes:
            projects = read_projects(self._api, self._options, self._task, scope.slug).items
            same = [each for each in projects if self._names.id(each) == scope.id]
            found += same
            gone += [] if same else [scope.id]
        self._optional("errors", "event:read", lambda: self._errors(found, gone))
        self._optional("releases", "project:releases", lambda: self._releases(found, gone))

    def _people(self, teams: Read[Team]) -> list[Member]:
        members = read_members(self._api, self._task)
        of_teams = read_teams_of(self._api, teams.items, self._task, members.findings)
        self.findings += members.findings
        self._saw("people", people_claims(members.items, of_teams), whole=members.whole and teams.whole)
        return members.items

    def _rules(
        self, projects: Read[Project], teams: Read[Team], access: Access, people: list[Member] | None
    ) -> None:
        wanted = [each for each in projects.items if self._reads_rules_of(each, access)]
        read = read_rules(self._api, wanted, self._task)
        owners = Owners(frozenset(each.slug for each in teams.items), _refs(people or ()))
        claims = (
            rule_claim(each, read.rules[each.id], owners, self._names)
            for each in wanted
            if each.id in read.rules
        )
        if read.refused:
            self.notes.append(
                f"{self._name}: the ownership rules of {len(read.refused)} projects may not be read "
                f"({', '.join(read.refused[:3])}); what is known by them stays"
            )
        known = (self._names.id(each) for each in projects.items if each.slug not in set(read.refused))
        self._saw(
            "ownership",
            (each for each in claims if each is not None),
            tuple(known) if read.refused else (),
            whole=projects.whole and not read.refused,
        )
        if note := rules_note(self._name, read.rules):
            self.notes.append(note)

    def _reads_rules_of(self, project: Project, access: Access) -> bool:
        wanted = self._options.ownership_rules
        return wanted == "all" or (wanted == "unclear" and not access.is_clear(project))

    def _errors(self, projects: Sequence[Project], gone: Sequence[str] = (), *, whole: bool = False) -> None:
        days, some = self._options.seen_within_days, bool(self._task.only)
        claims: list[Claim] = []
        if projects or not some:
            only = [each.id for each in projects] if some else []
            figures = read_figures(self._api, only, days=days, now=self._at, task=self._task)
            self.findings += figures.findings
            whole = whole and not figures.findings
            for each in projects:
                said = {"error_issues": figures.of(each, self._names, days)}
                claims.append(self._names.remark(each, {**said}, url=self._names.issues_page(each, days)))
        self._saw("errors", claims, (*(each.id for each in claims), *gone) if some else (), whole=whole)

    def _releases(
        self, projects: Sequence[Project], gone: Sequence[str] = (), *, whole: bool = False
    ) -> None:
        newest = read_releases(self._api, projects, self._task)
        claims = [
            self._names.remark(
                each, {"releases": newest[each.id].told(each, self._names)}, url=self._names.page(each)
            )
            for each in projects
            if each.id in newest
        ]
        some = (*(self._names.id(each) for each in projects), *gone) if self._task.only else ()
        self._saw("releases", claims, some, whole=whole)

    def _saw(
        self, evidence: str, claims: Iterable[Claim], within: tuple[str, ...] = (), *, whole: bool
    ) -> None:
        source = f"{self._name}/{evidence}" if evidence else self._name
        self.snapshots.append(Snapshot(source, self._at, tuple(claims), (EVERYTHING,) if whole else within))

    def _optional(self, what: str, scope: str, look: Callable[[], T]) -> T | None:
        """Carry out a part of a look; where it is refused, say so and leave its claimant out."""
        held = len(self.snapshots)
        try:
            return look()
        except Unauthorized:
            raise
        except Refusal as refusal:
            del self.snapshots[held:]
            self.notes.append(f"{what} are left out, what is known of them stays (needs {scope}): {refusal}")
            return None


def _refs(members: Iterable[Member]) -> dict[str, Ref]:
    """Return the people that can be named by their address."""
    claims = people_claims((each for each in members if each.email and not each.disabled), {})
    return {str(claim.fields["email"]): claim.ref for claim in claims}
