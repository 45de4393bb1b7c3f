"""User groups as evidence on teams, and who is in those that are teams.

A user group is a list of people to ping, and mostly no team. Who is in one counts as a member of a team only
where the source's block says that it is one, since whoever edits it in Slack then decides who is in the team.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from domain.entities import Claim, Json
from domain.refs import Ref
from integrations.hosting.naming import plain
from integrations.slack.options import SlackOptions
from integrations.slack.people import VENDOR, alias_of
from integrations.slack.reading import Listed, text, texts
from integrations.tools.claims import remark, team, team_ref


def ref_of(id_: str) -> Ref:
    """Return the ref by which people say that they are in a user group.

    It has the group's id, which stays; the group's claim brings it as an alias to the team that it is, under
    whatever name the catalog knows that.
    """
    return Ref("group", VENDOR, plain(id_))


def groups_of(listed: Listed, options: SlackOptions, deactivated: Collection[str]) -> Iterator[Claim]:
    """Yield a claim for each user group of the workspace itself."""
    for id_, group in listed:
        if group.get("is_external") is True:
            continue
        handle, enabled = text(group, "handle"), not group.get("date_delete")
        people = [each for each in texts(group, "users") or () if each not in deactivated]
        about: dict[str, Json] = {"name": text(group, "name"), "handle": handle, "enabled": enabled}
        about["people"] = len(people)
        fields: dict[str, Json] = {"usergroups": {f"{VENDOR}:{id_}": about}}
        if enabled:
            fields["slack_usergroup_id"] = id_
        if enabled and options.usergroups == "all" and options.is_team(handle):
            aliases = (alias_of(id_), str(ref_of(id_)))
            yield team(VENDOR, id_, name=text(group, "name"), handle=handle, fields=fields, aliases=aliases)
        else:
            yield _remark(id_, handle, fields, enabled=enabled)


def teams_of(listed: Listed, options: SlackOptions) -> dict[str, list[Ref]]:
    """Return the teams that each person is in, by the person's id."""
    teams: dict[str, list[Ref]] = {}
    for id_, group in listed:
        if is_live(group) and options.is_team(text(group, "handle")):
            for person in texts(group, "users") or ():
                teams.setdefault(person, []).append(ref_of(id_))
    return teams


def is_live(group: Mapping[str, Any]) -> bool:
    """Tell whether a user group is the workspace's own, and can be pinged."""
    return group.get("is_external") is not True and not group.get("date_delete")


def _remark(id_: str, handle: str, fields: Mapping[str, Json], *, enabled: bool) -> Claim:
    """Return evidence on the team that declares the id, else on the one that has just this name."""
    claim = remark(f"{'team' if enabled else 'disabled'}/{id_}", alias_of(id_), "Group", fields)
    named = (str(team_ref(handle)),) if handle else ()
    aliases = (alias_of(id_), str(ref_of(id_))) if enabled else ()
    return replace(claim, same_as=(alias_of(id_), *named), aliases=aliases)
