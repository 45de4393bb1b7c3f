"""What Jira's projects, components and leads claim; pure.

A project or a component is no service: all of it is remarks on services that others know, found by the
annotations `jira/project-key` and `jira/component`, a component also by just its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from domain.entities import Claim, Grounds, Json
from integrations.hosting.naming import GENERIC, plain
from integrations.jira.answers import Component, Person, Project
from integrations.jira.api import Site
from integrations.jira.counting import KINDS, OPEN, Counts, condition
from integrations.jira.options import JiraOptions
from integrations.tools import claims

VENDOR = "jira"
LEADS_COMPONENT = 0.3
"""Who leads a component gets its issues; that need not be who builds the service."""
LEADS_PROJECT = 0.2
"""Often a manager, often of years ago, and of all services that share the project."""

_SAY_NOTHING = GENERIC | {"unnamed"}
"""Names of components that are no service's, whatever the project."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A project, or a component of it, that remarks are on."""

    project: Project
    component: Component | None = None

    @property
    def id(self) -> str:
        """The claims' id; a component's begins with its project's."""
        return id_of(self.project.id) + (f"#component/{self.component.id}" if self.component else "")

    @property
    def alias(self) -> str:
        """What annotations make of it: `jira:pay`, `jira:pay/payments api`."""
        key = f"{VENDOR}:{self.project.key}"
        return f"{key}/{self.component.name}".lower() if self.component else key.lower()

    @property
    def named(self) -> str:
        """In words for people."""
        if self.component:
            return f"Jira component {self.component.name}"
        return f"Jira project {self.project.name}"

    @property
    def lead(self) -> Person | None:
        """Who leads it."""
        return self.component.lead if self.component else self.project.lead

    @property
    def query(self) -> str:
        """The query for its issues."""
        query = f"project = {quoted(self.project.key)}"
        return f"{query} AND component = {quoted(self.component.name)}" if self.component else query


def id_of(project: str) -> str:
    """Return the claims' id of a project."""
    return f"project/{project}"


def quoted(text: str) -> str:
    """Return a text as JQL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Remarks:
    """Writes remarks on the subjects of one look."""

    def __init__(self, projects: Iterable[Project], options: JiraOptions, site: Site) -> None:
        self.subjects = tuple(
            subject
            for project in projects
            for subject in (Subject(project), *(Subject(project, each) for each in project.components))
        )
        self._site = site
        self._urls = {each.id: self._link(each.query) for each in self.subjects}
        kinds = " OR ".join(f"({getattr(options, kind)})" for kind in KINDS if condition(options, kind))
        self._counted = quote(f" AND ({kinds}) AND {OPEN}", safe="") if kinds else ""
        called = {each.id: plain(each.component.name) for each in self.subjects if each.component}
        times = Counter(called.values())
        self.repeated = sum(each > 1 for each in times.values())
        """How many names of components stand more than once, and so are nobody's name."""
        self._named = {
            id_: claims.service_ref(name)
            for id_, name in called.items()
            if options.match_names and times[name] == 1 and name not in _SAY_NOTHING
        }

    def links(self) -> tuple[Claim, ...]:
        """Say where people find the issues."""
        return tuple(
            self._remark(each, {"links": [{"url": self._urls[each.id], "title": each.named}]})
            for each in self.subjects
        )

    def leads(self, people: Mapping[str, Claim]) -> tuple[Claim, ...]:
        """Say who leads, as weak evidence of an owner; `people` are the claims of people by id.

        Nobody is named whose account is deactivated, or whose ref is another's, too.
        """
        refs = Counter(str(each.ref) for each in people.values())
        found = []
        for each in self.subjects:
            known = people.get(each.lead.id) if each.lead and each.lead.active else None
            if known is None or refs[str(known.ref)] > 1:
                continue
            confidence = LEADS_COMPONENT if each.component else LEADS_PROJECT
            because = {"owner": Grounds(confidence, f"leads the {each.named}")}
            found.append(self._remark(each, {"owner": str(known.ref)}, because))
        return tuple(found)

    def tickets(self, counts: Counts) -> tuple[Claim, ...]:
        """Say how many issues are open."""
        return tuple(
            self._remark(each, {"tickets": {each.alias: self._open(each, counts)}}) for each in self.subjects
        )

    def _open(self, subject: Subject, counts: Counts) -> dict[str, Json]:
        of, id_ = counts.projects, subject.project.id
        if subject.component:
            of, id_ = counts.components, subject.component.id
        return {**{kind: of[kind][id_] for kind in KINDS}, "url": self._urls[subject.id] + self._counted}

    def _remark(
        self, subject: Subject, fields: Mapping[str, Json], grounds: Mapping[str, Grounds] | None = None
    ) -> Claim:
        url = self._urls[subject.id]
        claim = claims.remark(subject.id, subject.alias, "Component", fields, url=url, grounds=grounds)
        ref = self._named.get(subject.id)
        return claim if ref is None else replace(claim, ref=ref)

    def _link(self, query: str) -> str:
        return f"{self._site.base}/issues/?jql={quote(query, safe='')}"


def person(person: Person, site: Site) -> Claim:
    """Return the claim of one account."""
    page = f"jira/people/{quote(person.id, safe='')}"
    if not site.cloud:
        page = f"secure/ViewProfile.jspa?name={quote(person.login or person.id, safe='')}"
    return claims.person(
        VENDOR,
        person.id,
        name=person.name or person.login,
        email=person.email,
        account=claims.ACTIVE if person.active else claims.DEACTIVATED,
        aliases=(claims.person_alias(VENDOR, person.login),) if person.login else (),
        url=f"{site.base}/{page}",
    )
