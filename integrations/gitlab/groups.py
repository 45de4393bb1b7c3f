"""Reads groups as teams, and their members as people.

Counts direct members alone: who is inherited from above belongs to the team above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from integrations.gitlab.answers import Answer, doomed, global_id, id_of, person, text
from integrations.gitlab.api import Api, encoded
from integrations.gitlab.failures import Denied
from integrations.hosting.facts import PersonFacts, TeamFacts
from workflows.ports import Progress

_BOT = re.compile(r"(project|group)_\d+_bot(_[0-9a-f]+|\d*)|service_account_.*|ghost|support-bot|alert-bot")
"""The users behind access tokens and GitLab's own."""


def roots_of(api: Api, groups: Iterable[str]) -> list[Answer]:
    """Return the groups that a source is pointed at. Raises Denied for one that is not there, or hidden."""
    return [api.one(f"/groups/{encoded(each)}", with_projects=False) for each in groups]


def groups_of(api: Api, roots: Iterable[Answer]) -> list[Answer]:
    """Return the root groups and all groups below them, each once."""
    found: dict[int, Answer] = {}
    for root in roots:
        number = id_of(root, "group")
        found[number] = root
        for below in api.every(f"/groups/{number}/descendant_groups"):
            found[id_of(below, "group")] = below
    return [each for each in found.values() if not doomed(each)]


def teams_of(
    api: Api, groups: list[Answer], progress: Progress
) -> tuple[tuple[TeamFacts, ...], tuple[PersonFacts, ...]]:
    """Return teams in the order of their slugs, and everybody who is a direct member of one."""
    slugs = {id_of(each, "group"): text(each, "full_path").lower() for each in groups}
    people: dict[str, PersonFacts] = {}
    teams: list[TeamFacts] = []
    for done, group in enumerate(groups):
        progress(done, len(groups), "reading groups")
        number = id_of(group, "group")
        members = _members(api, number)
        for each in members:
            known = people.get(each.id, each)
            people[each.id] = replace(each, email=each.email or known.email)
        parent = group.get("parent_id")
        teams.append(
            TeamFacts(
                id=global_id("Group", number),
                slug=slugs[number],
                name=text(group, "name"),
                description=text(group, "description"),
                parent=slugs.get(parent, "") if isinstance(parent, int) else "",
                members=tuple(sorted(each.login for each in members)),
                web_url=text(group, "web_url").rstrip("/"),
            )
        )
    return (
        tuple(sorted(teams, key=lambda team: team.slug)),
        tuple(sorted(people.values(), key=lambda each: each.login)),
    )


def _members(api: Api, group: int) -> list[PersonFacts]:
    """Return a group's direct members; none where they are not for this token."""
    try:
        members = api.every(f"/groups/{group}/members")
    except Denied:
        return []
    return [person(each) for each in members if not _BOT.fullmatch(text(each, "username"))]
