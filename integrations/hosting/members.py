"""Teams and people of a host as groups and users of the catalog.

Leaves out who is no longer active: that they vanish is what makes an owner who left show.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.entities import Claim, Json, Standing
from domain.refs import Ref
from integrations.hosting.confidences import SEEN
from integrations.hosting.facts import HostFacts, PersonFacts, TeamFacts
from integrations.hosting.naming import last, plain, scope_of
from integrations.hosting.refs import Refs


def members_of(facts: HostFacts, refs: Refs) -> Iterator[Claim]:
    """Yield a claim for each team, then one for each active person."""
    people = {person.login.lower() for person in facts.people}
    for team in facts.teams:
        yield _group(facts.host, team, people, refs)
    teams: dict[str, list[Ref]] = {}
    for team in facts.teams:
        for login in team.members:
            teams.setdefault(login.lower(), []).append(refs.team(team.slug))
    for person in facts.people:
        if person.active:
            yield _user(facts.host, person, teams.get(person.login.lower(), []), refs)


def _group(host: str, team: TeamFacts, people: set[str], refs: Refs) -> Claim:
    fields: dict[str, Json] = {"type": "team", "title": team.name or last(team.slug)}
    if team.description.strip():
        fields["description"] = team.description.strip()
    if team.parent:
        fields["parent"] = str(refs.team(team.parent))
    if team.web_url:
        fields["links"] = [{"url": team.web_url, "title": "Team"}]
    if strangers := [login for login in team.members if login.lower() not in people]:
        # Whom the host does not list as people is a member all the same.
        fields["members"] = [str(refs.person(login)) for login in strangers]
    declared = refs.declared_team(team.slug)
    return Claim(
        ref=refs.spelled_team(team.slug),
        name=plain(last(team.slug)),
        kind="Group",
        fields=fields,
        aliases=(f"{host}-team:{team.slug}".lower(),),
        origin=team.web_url,
        confidence=SEEN,
        id=team.id,
        standing=Standing.SEEN,
        same_as=(str(declared),) if declared else (),
        scope=scope_of(team.slug),
    )


def _user(host: str, person: PersonFacts, teams: list[Ref], refs: Refs) -> Claim:
    fields: dict[str, Json] = {}
    aliases = [f"{host}-user:{person.login}".lower()]
    if person.name.strip():
        fields["title"] = person.name.strip()
    if person.email.strip():
        fields["email"] = person.email.strip().lower()
        aliases.append(f"mailto:{person.email.strip().lower()}")
    if teams:
        fields["memberOf"] = [str(ref) for ref in dict.fromkeys(teams)]
    declared = refs.declared_person(person.login)
    return Claim(
        ref=refs.spelled_person(person.login),
        name=plain(person.login),
        kind="User",
        fields=fields,
        aliases=tuple(aliases),
        confidence=SEEN,
        id=person.id,
        standing=Standing.SEEN,
        same_as=(str(declared),) if declared else (),
    )
