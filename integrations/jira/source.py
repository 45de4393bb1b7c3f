"""Jira as a source: what it says of services, of who leads them, of their open issues, and its people.

Writes nothing; `integrations.jira.tickets` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.clock import Clock
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.sources import Permission
from integrations.jira.answers import Person, Project
from integrations.jira.api import Api, Site
from integrations.jira.claims import Remarks, id_of, person
from integrations.jira.counting import count
from integrations.jira.options import JiraOptions
from integrations.jira.permissions import permissions_of
from integrations.jira.reading import Reader
from workflows.ports import Look, Task


class JiraSource:
    """Looks at one Jira."""

    def __init__(self, name: str, options: JiraOptions, api: Api, clock: Clock) -> None:
        self._name = name
        self._options = options
        self._api = api
        self._clock = clock

    def fetch(self, task: Task | None = None) -> Look:
        """Look once: at everything, or at the tickets of the projects in `task.only` (`project/10001`)."""
        task = task or Task()  # each with a notebook of its own
        began, before = self._clock(), self._api.caller.requests
        self._api.get("myself", stopped=task.stopped)  # what an unknown credential may see is nothing
        reader = Reader(self._api, self._options, task)
        only = _projects(task.only)
        snapshots = self._tickets_of(only, reader, began) if only else self._everything(reader, began)
        caller = self._api.caller
        return Look(
            snapshots,
            tuple(reader.findings),
            tuple(reader.notes),
            read=caller.requests - before,
            requests=caller.requests - before,
            quota=caller.quota,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the credential and each permission; see `workflows.ports.Connected`."""
        return permissions_of(self._api)

    def close(self) -> None:
        """Give back connections."""
        self._api.caller.close()

    def _everything(self, reader: Reader, began: datetime) -> tuple[Snapshot, ...]:
        site = self._api.site(reader.task.stopped)
        projects = reader.projects()
        whole = (EVERYTHING,) if not reader.findings else ()
        users, all_users = reader.people()
        people = _people(users, projects, site)
        ids = None if self._options.takes_all else [each.id for each in projects]
        counts = count(self._api, self._options, ids, reader.task)
        reader.findings += counts.findings
        reader.notes += counts.notes
        remarks = Remarks(projects, self._options, site)
        if self._options.match_names and remarks.repeated:
            reader.notes.append(
                f"{self._name}: {remarks.repeated} names of components are in several projects; those "
                "are found by the annotation jira/component alone"
            )
        of_people = (EVERYTHING,) if all_users and whole else ()
        return (
            Snapshot(f"{self._name}/people", began, tuple(people.values()), of_people),
            Snapshot(self._name, began, remarks.links(), whole),
            Snapshot(f"{self._name}/leads", began, remarks.leads(people), whole),
            Snapshot(f"{self._name}/tickets", began, remarks.tickets(counts), whole),
        )

    def _tickets_of(self, ids: list[str], reader: Reader, began: datetime) -> tuple[Snapshot, ...]:
        projects = [found for each in ids if (found := reader.project(each)) is not None]
        counts = count(self._api, self._options, [each.id for each in projects], reader.task)
        reader.findings += counts.findings
        reader.notes += counts.notes
        remarks = Remarks(projects, self._options, self._api.site(reader.task.stopped))
        within = tuple(map(id_of, ids)) if not reader.findings else ()
        return (Snapshot(f"{self._name}/tickets", began, remarks.tickets(counts), within),)


def _projects(only: Iterable[str]) -> list[str]:
    """Return the ids of the projects that a task names, or that what it names belongs to."""
    heads = (each.partition("#")[0].removeprefix("project/") for each in only if each.startswith("project/"))
    return list(dict.fromkeys(each for each in heads if each.isascii() and each.isdigit()))


def _people(users: Iterable[Person], projects: Iterable[Project], site: Site) -> dict[str, Claim]:
    """Return the claims on users and leads, by the account's id; what the list says of one goes first."""
    known = {each.id: each for each in users}
    for project in projects:
        for lead in (project.lead, *(each.lead for each in project.components)):
            if lead is not None:
                known.setdefault(lead.id, lead)
    return {id_: person(known[id_], site) for id_ in sorted(known)}
