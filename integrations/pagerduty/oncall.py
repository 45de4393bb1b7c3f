"""Who is called for what, as remarks: on components by their services, on groups by their policies.

A service's team is evidence of who owns it, with the reason in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.entities import Claim, Grounds, Json
from integrations.pagerduty.answers import VENDOR, Item, address, called, inner, items, key_of, text
from integrations.pagerduty.plan import Shift, plan_of
from integrations.pagerduty.services import on_service, service_id
from integrations.tools.claims import remark, team_alias, team_ref

OWNER_CONFIDENCE = 0.6
"""Whoever is called mostly owns it; but some are called for what others build."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The escalation policies, with who is on call for them."""

    policies: Mapping[str, Item]
    """By id."""
    shifts: Mapping[str, list[Shift]]
    """By the policy's id."""
    _made: dict[str, Json] = field(default_factory=dict)
    """Plans by the policy's id, since many services share one."""

    def of(self, ids: Iterable[str]) -> dict[str, Json]:
        """Return the field `oncall` of whatever escalates to these policies."""
        return {key_of(id_): self._plan(id_) for id_ in sorted(set(ids)) if id_ in self.policies}

    def _plan(self, id_: str) -> Json:
        if id_ not in self._made:
            self._made[id_] = plan_of(self.policies[id_], self.shifts)
        return self._made[id_]


def of_services(services: Iterable[Item], plans: Plans) -> Iterator[Claim]:
    """Yield a remark on each component whose service escalates to a policy, or belongs to a team."""
    for service in services:
        reference = inner(service, "escalation_policy")
        policy = plans.policies.get(text(reference, "id"), reference)
        fields: dict[str, Json] = {}
        grounds: dict[str, Grounds] = {}
        if plan := plans.of([text(policy, "id")]):
            fields["oncall"] = plan
        if team := _team_of(policy, service):
            fields["owner"] = str(team_ref(called(team)))
            grounds["owner"] = Grounds(OWNER_CONFIDENCE, _reason(policy, team), address(policy))
        if fields:
            id_ = text(service, "id")
            yield on_service(service_id(id_), id_, fields, url=address(service), grounds=grounds)


def of_teams(plans: Plans) -> Iterator[Claim]:
    """Yield a remark on each group whose team has policies."""
    policies: dict[str, list[str]] = defaultdict(list)
    for id_, policy in plans.policies.items():
        for team in items(policy, "teams"):
            policies[text(team, "id")].append(id_)
    for team_id, own in sorted(policies.items()):
        yield remark(f"team/{team_id}", team_alias(VENDOR, team_id), "Group", {"oncall": plans.of(own)})


def _team_of(policy: Item, service: Item) -> Item | None:
    """Return the one team that is called; None where there is none, or where it may be one of several."""
    for item in (policy, service):
        teams = {text(each, "id"): each for each in items(item, "teams")}
        if len(teams) == 1:
            return next(iter(teams.values()))
    return None


def _reason(policy: Item, team: Item) -> str:
    called_for = f" is escalated to {called(policy)}" if called(policy) else ""
    return f"its PagerDuty service{called_for} of team {called(team)}"
