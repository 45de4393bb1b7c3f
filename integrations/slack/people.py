"""Members of a workspace as people of the catalog, and what is told of those who are no full members.

A name in Slack is whatever its bearer writes, and a Slack id decides who may do what here: so nobody is
taken for a person of the catalog by a name, only by the id and by an address that Slack has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.entities import Claim, Json, Standing
from domain.refs import Ref
from integrations.hosting.naming import plain
from integrations.slack.reading import Listed, part, text, texts
from integrations.tools.claims import ACTIVE, DEACTIVATED, GUEST, INVITED, person

VENDOR = "slack"
_SLACKBOT = "USLACKBOT"
_BOTS = ("is_bot", "is_workflow_bot", "is_connector_bot")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where people are at home."""

    id: str
    enterprise: str = ""
    """The organization of several workspaces that it belongs to; empty: none."""
    url: str = ""
    """`https://acme.slack.com/`."""

    def is_home_of(self, member: Mapping[str, Any]) -> bool:
        """Tell whether somebody is of this workspace, and not a guest of a shared channel."""
        if member.get("is_stranger") is True:
            return False
        home = text(member, "team_id")
        shared = texts(part(member, "enterprise_user"), "teams") or ()
        return home in ("", self.id, self.enterprise) or self.id in shared


def is_bot(id_: str, member: Mapping[str, Any]) -> bool:
    """Tell whether a member is nobody."""
    return id_ == _SLACKBOT or any(member.get(each) is True for each in _BOTS)


def account_of(member: Mapping[str, Any]) -> str:
    """Return how an account stands, in the words of `integrations.tools.claims`."""
    if member.get("deleted") is True:
        return DEACTIVATED
    if member.get("is_restricted") is True or member.get("is_ultra_restricted") is True:
        return GUEST
    return INVITED if member.get("is_invited_user") is True else ACTIVE


def alias_of(id_: str) -> str:
    """Return the alias by which whatever has a Slack id is found: `slack:u0ana`."""
    return f"{VENDOR}:{id_}".lower()


def people_of(
    listed: Listed, workspace: Workspace, teams: Mapping[str, Iterable[Ref]], *, create: bool
) -> Iterator[Claim]:
    """Yield a claim for each account of a person of the workspace.

    Full members are things seen, where `create` says so; everybody else is a remark on whom others know.
    `teams` are those that each is in, by id.
    """
    for id_, member in listed:
        if is_bot(id_, member) or not workspace.is_home_of(member):
            continue
        account = account_of(member)
        claim = _claim(id_, member, workspace, account, teams.get(id_, ()))
        full = account in (ACTIVE, INVITED)
        yield claim if create and full else _remark(claim, id_)


def _claim(
    id_: str, member: Mapping[str, Any], workspace: Workspace, account: str, teams: Iterable[Ref]
) -> Claim:
    profile = part(member, "profile")
    fields: dict[str, Json] = {"slack_user_id": id_}
    if zone := text(member, "tz"):
        fields["time_zone"] = zone
    # Whoever was invited confirms the address by coming.
    confirmed = member.get("is_email_confirmed") is not False or account == INVITED
    email = text(profile, "email") if confirmed else ""
    name = next(
        filter(None, (text(profile, "real_name"), text(member, "real_name"), text(profile, "display_name"))),
        text(member, "name"),
    )
    return person(
        VENDOR,
        id_,
        name=name,
        email=email,
        account=account,
        teams=() if account == DEACTIVATED else teams,
        fields=fields,
        aliases=(alias_of(id_),),
        url=f"{workspace.url}team/{id_}" if workspace.url else "",
    )


def _remark(claim: Claim, id_: str) -> Claim:
    # With an id of its own: who was a full member vanishes as such, and is told of all the same. The ref is
    # nobody's: the aliases lead to whom it is about.
    ref = Ref("user", "remarks", plain(id_))
    return replace(claim, ref=ref, id=f"account/{id_}", standing=Standing.REMARK)
