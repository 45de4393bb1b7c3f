"""Business services as systems, which depend on what supports them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.entities import Claim, Json, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.hosting.confidences import SEEN
from integrations.hosting.naming import plain
from integrations.pagerduty.answers import VENDOR, Item, address, called, inner, text
from integrations.tools.claims import service_ref, team_ref

ALIAS = f"{VENDOR}-business"


def business_claim(
    item: Item, relationships: Iterable[Item], named: Mapping[str, str], teams: Mapping[str, str]
) -> Claim:
    """Return the claim on one business service.

    `relationships` are its dependencies, those of others among them; `named` are the names of services and
    of business services by id, `teams` those of teams.
    """
    id_, name = text(item, "id"), called(item)
    fields: dict[str, Json] = {"title": name}
    if described := text(item, "description"):
        fields["description"] = described
    if owner := teams.get(text(inner(item, "team"), "id")):
        fields["owner"] = str(team_ref(owner))
    if needed := sorted(set(_needed(id_, relationships, named))):
        fields["dependsOn"] = list[Json](needed)
    return Claim(
        ref=_system(name),
        name=plain(name),
        kind="System",
        fields=fields,
        aliases=(f"{ALIAS}:{id_}".lower(),),
        origin=address(item),
        confidence=SEEN,
        id=f"business/{id_}",
        standing=Standing.SEEN,
        scope=VENDOR,
    )


def _needed(id_: str, relationships: Iterable[Item], named: Mapping[str, str]) -> Iterable[str]:
    for each in relationships:
        supporting, dependent = inner(each, "supporting_service"), inner(each, "dependent_service")
        name = named.get(text(supporting, "id"))
        if name and text(dependent, "id") == id_:
            is_business = text(supporting, "type").startswith("business_service")
            yield str(_system(name) if is_business else service_ref(name))


def _system(name: str) -> Ref:
    return Ref("system", DEFAULT_NAMESPACE, plain(name))
