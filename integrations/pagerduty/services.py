"""PagerDuty's services as claims: what stands for a component, and by which names it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.entities import Claim, Grounds, Json, Standing
from integrations.key_aliases import key_alias
from integrations.pagerduty.answers import VENDOR, Item, address, called, items, text
from integrations.tools.claims import remark, service, service_alias

STATUS = "pagerduty.com/status"
"""The label that a switched-off service has; the other statuses follow its incidents and are not kept."""


def service_id(id_: str) -> str:
    """Return the id under which a service is claimed, and by which a webhook names it."""
    return f"service/{id_}"


def service_claim(item: Item, standing: Standing) -> Claim:
    """Return the claim on one service, read with its integrations."""
    id_ = text(item, "id")
    claim = service(
        VENDOR,
        id_,
        name=called(item),
        fields=_fields(item),
        aliases=_keys(item),
        url=address(item),
        standing=standing,
    )
    # An annotation with the id says more than a name that happens to be the same.
    return claim if standing is Standing.SEEN else replace(claim, same_as=(service_alias(VENDOR, id_),))


def _fields(item: Item) -> Mapping[str, Json]:
    fields: dict[str, Json] = {"title": called(item)}
    if described := text(item, "description"):
        fields["description"] = described
    if url := address(item):
        fields["links"] = [{"url": url, "title": "PagerDuty", "type": "alerting"}]
    if text(item, "status") == "disabled":
        fields["labels"] = {STATUS: "disabled"}
    return fields


def _keys(item: Item) -> list[str]:
    """Return an alias for each integration key; the keys themselves are credentials and go nowhere."""
    return [
        key_alias(VENDOR, key)
        for each in items(item, "integrations")
        if (key := text(each, "integration_key"))
    ]


def on_service(
    key: str,
    id_: str,
    fields: Mapping[str, Json],
    *,
    url: str = "",
    grounds: Mapping[str, Grounds] | None = None,
) -> Claim:
    """Return a remark on the component that a service is; `key` is the remark's id.

    It is found by its alias among components: by `same_as` it would be nobody's where a group is annotated
    with the same service.
    """
    alias = service_alias(VENDOR, id_)
    claim = remark(key, alias, "Component", fields, url=url, grounds=grounds)
    return replace(claim, same_as=(), aliases=(alias,))
