"""Reads teams and users, and makes claims of them; who is in which team is asked team by team.

Datadog has no list of all memberships: neither teams nor users come with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.entities import Claim
from domain.refs import Ref
from integrations.calling.failures import Absent
from integrations.datadog.answers import Item, identity, inner, number, text
from integrations.datadog.naming import VENDOR, Team
from integrations.datadog.pages import NUMBERED, Listing, Read, Reader
from integrations.tools.claims import ACTIVE, DEACTIVATED, INVITED, person, team, team_alias
from workflows.ports import Task

TEAMS = Listing("api/v2/team", "teams", NUMBERED, 100)
USERS = Listing("api/v2/users", "users", NUMBERED, 100)
_ACCOUNTS = {"pending": INVITED, "disabled": DEACTIVATED}


def members_of(team_: Team) -> Listing:
    """Return the list of one team's memberships."""
    return Listing(f"api/v2/team/{team_.id}/memberships", f"members of {team_.handle}", NUMBERED, 100)


def teams_of(read: Read) -> tuple[Team, ...]:
    """Return the teams; one without an id or a handle is none."""
    found = [_team(each) for each in read.items]
    return tuple(dict.fromkeys(each for each in found if each.id and each.handle))


def _team(item: Item) -> Team:
    about = inner(item, "attributes")
    members = number(about, "user_count")
    handle = text(about, "handle")
    return Team(
        identity(item),
        handle,
        text(about, "name") or handle,
        None if members is None else int(members),
    )


def team_claims(read: Read, web: str) -> tuple[Claim, ...]:
    """Return a claim for each team, by its id, its handle leading to it, too."""
    about = {identity(each): inner(each, "attributes") for each in read.items}
    return tuple(
        team(
            VENDOR,
            each.id,
            name=each.name,
            handle=each.handle,
            fields=_said(about[each.id]),
            aliases=(team_alias(VENDOR, each.handle),),
            url=f"{web}/teams/{each.id}",
        )
        for each in teams_of(read)
    )


def _said(about: Item) -> dict[str, str]:
    summary = text(about, "summary") or text(about, "description")
    return {"description": summary} if summary else {}


@dataclass(slots=True)
class Memberships:
    """Who is in which team."""

    teams: dict[str, list[Ref]] = field(default_factory=dict)
    """By a user's id."""
    lost: int = 0
    """How many memberships do not say whose they are."""


def memberships(teams: Sequence[Team], reader: Reader, task: Task) -> Memberships:
    """Ask each team for its members, unless it is said to have none.

    A look that was cut off and is resumed does not ask the same team again.
    """
    found = Memberships()
    for done, each in enumerate(teams):
        task.progress(done, len(teams), "who is in which team")
        for user in _members(each, reader, task) if each.members != 0 else ():
            if user:
                found.teams.setdefault(user, []).append(each.ref)
            else:
                found.lost += 1
    return found


def _members(team_: Team, reader: Reader, task: Task) -> Sequence[str]:
    """Return the ids of a team's users; empty text for each that cannot be told."""
    page = f"members/{team_.id}"
    noted = task.notebook.read(page)
    if noted is not None:
        return tuple(str(each) for each in json.loads(noted))
    try:
        read = reader.read(members_of(team_))
    except Absent:
        return ()  # deleted since the teams were listed
    users = [identity(inner(each, "relationships", "user", "data")) for each in read.items]
    users += [""] * read.broken
    task.notebook.write(page, json.dumps(users))
    return users


def people(users: Iterable[Item], teams: Mapping[str, Sequence[Ref]], web: str) -> tuple[Claim, ...]:
    """Return a claim for each account of a person; service accounts are nobody's."""
    claims: dict[str, Claim] = {}
    for each in users:
        id_, about = identity(each), inner(each, "attributes")
        if not id_ or about.get("service_account") is True:
            continue
        claims[id_] = person(
            VENDOR,
            id_,
            name=text(about, "name"),
            email=text(about, "email"),
            account=_account(about),
            teams=teams.get(id_, ()),
            url=f"{web}/organization-settings/users?user_id={id_}",
        )
    return tuple(claims.values())


def _account(about: Item) -> str:
    if about.get("disabled") is True:
        return DEACTIVATED
    return _ACCOUNTS.get(text(about, "status").lower(), ACTIVE)
