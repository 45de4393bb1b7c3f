"""One look at GitHub: what is asked for everything, for what changed, and for what a webhook named.

Keeps nothing between looks.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from domain.clock import Clock
from domain.entities import EVERYTHING
from integrations.github.client import GitHubClient
from integrations.github.options import GitHubOptions
from integrations.github.pages import Asking, Size
from integrations.github.queries import Parts
from integrations.github.reading import repository_facts
from integrations.github.repositories import Node, Repositories
from integrations.github.teams import Accesses, Teams
from integrations.github.texts import Texts
from integrations.hosting.facts import Access, HostFacts, PersonFacts, RepositoryFacts, TeamFacts
from workflows.ports import Task

TEAMS = "teams"
"""In `Task.only`: look at teams and people."""
FEW = 50
"""Up to so many repositories, what teams may do in them is asked by name; beyond, all teams are read."""

Since = Mapping[str, Mapping[str, str]]
"""By organization, the newest `pushedAt` and `updatedAt` that were seen."""


class Looking:
    """One look."""

    def __init__(self, client: GitHubClient, options: GitHubOptions, task: Task, clock: Clock) -> None:
        self._options, self._clock = options, clock
        parts = Parts(without=() if options.merges else ("merged",))
        asking = Asking(client, parts, task)
        batch = options.batch
        self._repositories = Repositories(asking, Size(batch.repositories))
        self._texts = Texts(asking, Size(batch.texts), options.folders)
        self._teams = Teams(asking, Size(batch.teams))

    def everywhere(self) -> tuple[HostFacts, str]:
        """Look at everything; return it and the cursor."""
        nodes: list[Node] = []
        newest: dict[str, Mapping[str, str]] = {}
        for login in self._options.organization:
            found = self._repositories.sweep(login)
            newest[login] = {
                name: max((str(node.raw.get(name) or "") for node in found), default="")
                for name in ("pushedAt", "updatedAt")
            }
            nodes += found
        teams, people, accesses = self._members()
        repositories, complete = self._mapped(nodes, accesses), self._teams.complete
        facts = HostFacts("github", repositories, teams, people, (EVERYTHING,), complete)
        return facts, cursor_of(newest, self._clock().isoformat())

    def since(self, since: Since, swept_at: str) -> tuple[HostFacts, str]:
        """Look at the repositories that changed; return them and the cursor."""
        ids: list[str] = []
        newest: dict[str, Mapping[str, str]] = {}
        for login in self._options.organization:
            some, newest[login] = self._repositories.changed(login, since.get(login, {}))
            ids += some
        repositories, within = self._some(ids)
        return HostFacts("github", repositories, repositories_within=within), cursor_of(newest, swept_at)

    def at(self, only: Sequence[str]) -> HostFacts:
        """Look at repositories by their ids, and at teams where `teams` is among them."""
        ids = [each for each in dict.fromkeys(only) if each != TEAMS]
        repositories, within = self._some(ids)
        if TEAMS not in only:
            return HostFacts("github", repositories, repositories_within=within)
        teams, people, _ = self._members()
        return HostFacts("github", repositories, teams, people, within, self._teams.complete)

    def _members(self) -> tuple[tuple[TeamFacts, ...], tuple[PersonFacts, ...], Accesses]:
        teams: list[TeamFacts] = []
        people: dict[str, PersonFacts] = {}
        accesses: dict[str, Sequence[Access]] = {}
        for login in self._options.organization:
            found, may = self._teams.teams(login)
            teams += found
            accesses.update(may)
            people.update({each.id: each for each in self._teams.people(login)})
        return tuple(teams), tuple(people.values()), accesses

    def _some(self, ids: Sequence[str]) -> tuple[tuple[RepositoryFacts, ...], tuple[str, ...]]:
        """Return repositories, and what they are complete for: the ids, and what GitHub calls them now."""
        if not ids:
            return (), ()
        found = self._repositories.by_ids(ids).values()
        within = tuple(dict.fromkeys([*ids, *(str(each.raw["id"]) for each in found)]))
        nodes = [each for each in found if self._ours(each)]
        return self._mapped(nodes, self._accesses([each for each in nodes if self._wanted(each)])), within

    def _accesses(self, nodes: Sequence[Node]) -> Accesses:
        by_owner: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            by_owner[str(node.raw["owner"]["login"])].append(str(node.raw["name"]))
        found: dict[str, Sequence[Access]] = {}
        for login, names in by_owner.items():
            few = len(names) <= FEW
            found.update(self._teams.accesses_of(login, names) if few else self._teams.teams(login)[1])
        return found

    def _mapped(self, nodes: Sequence[Node], accesses: Accesses) -> tuple[RepositoryFacts, ...]:
        wanted = [each for each in nodes if self._wanted(each)]
        files = self._texts.fetch(wanted)
        now = self._clock()
        return tuple(
            repository_facts(each, files.get(str(each.raw["id"])), accesses.get(str(each.raw["id"]), ()), now)
            for each in wanted
        )

    def _ours(self, node: Node) -> bool:
        """Return whether a repository still belongs to one of the organizations."""
        owner = str((node.raw.get("owner") or {}).get("login", "")).lower()
        return owner in {each.lower() for each in self._options.organization}

    def _wanted(self, node: Node) -> bool:
        raw = node.raw
        return self._options.wants(
            str(raw.get("name", "")), fork=bool(raw.get("isFork")), archived=bool(raw.get("isArchived"))
        )


def cursor_of(newest: Since, swept_at: str) -> str:
    """Return the cursor with which the next look goes on."""
    return json.dumps({"swept": swept_at, "newest": newest}, sort_keys=True)


def read_cursor(text: str) -> tuple[Since, str] | None:
    """Return what a cursor says; None when it is empty, or not one of ours: then everything is looked at."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    newest = found.get("newest")
    if not isinstance(newest, dict) or not all(isinstance(each, dict) for each in newest.values()):
        return None
    return newest, str(found.get("swept", ""))
