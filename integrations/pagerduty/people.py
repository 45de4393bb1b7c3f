"""PagerDuty's teams and users as claims. PagerDuty lists nobody who is deactivated."""

from __future__ import annotations

from collections.abc import Mapping

from domain.entities import Claim, Json
from integrations.pagerduty.answers import VENDOR, Item, address, called, items, text
from integrations.tools.claims import ACTIVE, INVITED, person, team, team_ref


def team_claim(item: Item) -> Claim:
    """Return the claim on one team."""
    described = text(item, "description")
    fields: Mapping[str, Json] = {"description": described} if described else {}
    return team(VENDOR, text(item, "id"), name=called(item), fields=fields, url=address(item))


def user_claim(item: Item, teams: Mapping[str, str]) -> Claim:
    """Return the claim on one user; `teams` are the names of teams by their ids."""
    groups = [team_ref(teams.get(text(each, "id")) or called(each)) for each in items(item, "teams")]
    title = text(item, "job_title")
    return person(
        VENDOR,
        text(item, "id"),
        name=called(item),
        email=text(item, "email"),
        account=INVITED if item.get("invitation_sent") is True else ACTIVE,
        teams=groups,
        fields={"description": title} if title else {},
        url=address(item),
    )
