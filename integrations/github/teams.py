"""Fetches teams, who is in them, what they may do in repositories, and the organization's members.

Maps to facts at once, since nothing has to be asked later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from integrations.github.client import Json
from integrations.github.pages import Asking, Size, nodes_of
from integrations.github.queries import MORE_MEMBERS, MORE_REPOSITORIES, TEAMS, access, people
from integrations.hosting.facts import Access, PersonFacts, TeamFacts

MANY = 100
NAMES_AT_ONCE = 10

Accesses = Mapping[str, Sequence[Access]]
"""By the repository's id."""


class Teams:
    """Teams and people through one look's questions."""

    def __init__(self, asking: Asking, size: Size) -> None:
        self._asking, self._size = asking, size
        self.complete = True
        """Whether all that was asked so far was answered whole."""

    def teams(self, login: str) -> tuple[list[TeamFacts], Accesses]:
        """Return all teams of an organization, and what each may do in which repository."""
        teams: list[TeamFacts] = []
        accesses: dict[str, list[Access]] = defaultdict(list)
        pages = self._asking.pages(
            "teams", lambda: TEAMS, {"login": login, "many": MANY}, "teams", self._size
        )
        for page in pages:
            self.complete &= not page.errors
            for raw in nodes_of(page.connection):
                if isinstance(raw, dict) and raw.get("combinedSlug"):
                    teams.append(self._team(raw))
                    for id_, each in self._accesses(raw):
                        accesses[id_].append(each)
            self._asking.task.progress(len(teams), None, f"teams of {login}")
        return teams, accesses

    def accesses_of(self, login: str, names: Sequence[str]) -> Accesses:
        """Return what teams may do in some repositories, found by name."""
        accesses: dict[str, list[Access]] = defaultdict(list)
        for start in range(0, len(names), NAMES_AT_ONCE):
            some = names[start : start + NAMES_AT_ONCE]
            asked = {"login": login, **{f"n{place}": name for place, name in enumerate(some)}}
            count = len(some)
            pages = self._asking.pages(
                "access",
                lambda count=count: access(count),  # type: ignore[misc] # mypy infers no default
                asked,
                "teams",
                Size(MANY),
            )
            for page in pages:
                for raw in nodes_of(page.connection):
                    for place in range(count):
                        for id_, each in _accesses(raw, raw.get(f"r{place}")):
                            if each not in accesses[id_]:
                                accesses[id_].append(each)
        return accesses

    def people(self, login: str) -> list[PersonFacts]:
        """Return all members of an organization."""
        found: list[PersonFacts] = []
        pages = self._asking.pages(
            "people",
            lambda: people(self._asking.parts.people()),
            {"login": login},
            "membersWithRole",
            Size(MANY),
        )
        for page in pages:
            self.complete &= not page.errors
            found += [_person(each) for each in nodes_of(page.connection) if isinstance(each, dict)]
            self._asking.task.progress(len(found), None, f"people of {login}")
        return found

    def _team(self, raw: Json) -> TeamFacts:
        members = [str(each["login"]) for each in nodes_of(raw.get("members")) if isinstance(each, dict)]
        for more in self._more(raw, "members", MORE_MEMBERS):
            members += [str(each["login"]) for each in nodes_of(more) if isinstance(each, dict)]
        return TeamFacts(
            id=str(raw["id"]),
            slug=str(raw["combinedSlug"]).lower(),
            name=str(raw.get("name") or raw.get("slug") or ""),
            description=str(raw.get("description") or ""),
            parent=str((raw.get("parentTeam") or {}).get("combinedSlug") or "").lower(),
            members=tuple(members),
            web_url=str(raw.get("url") or ""),
        )

    def _accesses(self, raw: Json) -> list[tuple[str, Access]]:
        found = _accesses(raw, raw.get("repositories"))
        for more in self._more(raw, "repositories", MORE_REPOSITORIES):
            found += _accesses(raw, more)
        return found

    def _more(self, raw: Json, name: str, query: str) -> list[Any]:
        """Return the further pages of a team's connection."""
        pages: list[Any] = []
        connection = raw.get(name) or {}
        while (connection.get("pageInfo") or {}).get("hasNextPage"):
            asked = {"id": raw["id"], "after": connection["pageInfo"].get("endCursor"), "many": MANY}
            answer = self._asking.ask(f"team/{name}", lambda: query, asked)
            self.complete &= not answer.errors
            connection = (answer.data.get("node") or {}).get(name) or {}
            pages.append(connection)
        return pages


def _accesses(raw: Json, connection: object) -> list[tuple[str, Access]]:
    edges = connection.get("edges") if isinstance(connection, dict) else None
    slug = str(raw.get("combinedSlug", "")).lower()
    return [
        (str(edge["node"]["id"]), Access(slug, str(edge.get("permission") or "read").lower()))
        for edge in (edges if isinstance(edges, list) else ())
        if isinstance(edge, dict) and isinstance(edge.get("node"), dict)
    ]


def _person(raw: Json) -> PersonFacts:
    verified = raw.get("organizationVerifiedDomainEmails") or [""]
    return PersonFacts(
        id=str(raw.get("id", "")),
        login=str(raw.get("login", "")),
        name=str(raw.get("name") or ""),
        email=str(verified[0] or raw.get("email") or ""),
    )
