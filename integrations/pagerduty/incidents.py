"""What is broken now: open incidents as remarks on the components of their services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from domain.entities import Claim, Finding, Json
from integrations.pagerduty.answers import (
    Item,
    address,
    called,
    inner,
    key_of,
    moment,
    stamp,
    text,
)
from integrations.pagerduty.services import on_service

OPEN = ["triggered", "acknowledged"]
MOST = 50
"""Incidents of one service that are kept, the newest: an alert storm is no reason to fill the catalog."""


def incidents_id(service: str) -> str:
    """Return the id under which a service's incidents are claimed, and by which a webhook names them."""
    return f"incidents/{service}"


def of_incidents(incidents: Iterable[Item], findings: list[Finding], source: str) -> Iterator[Claim]:
    """Yield a remark on each component that has open incidents; they come the newest first."""
    by_service: dict[str, list[Item]] = defaultdict(list)
    for each in incidents:
        service = text(inner(each, "service"), "id")
        if service and text(each, "status") != "resolved":  # resolved while the list was read
            by_service[service].append(each)
    for service, own in sorted(by_service.items()):
        fields: dict[str, Json] = {
            "incidents": {key_of(text(each, "id")): _incident(each, findings, source) for each in own[:MOST]}
        }
        # By an alias and not by `same_as`: as in `oncall`.
        yield on_service(incidents_id(service), service, fields)


def _incident(item: Item, findings: list[Finding], source: str) -> Json:
    told: dict[str, Json] = {"title": text(item, "title") or called(item), "url": address(item)}
    told |= {name: value for name in ("status", "urgency") if (value := text(item, name))}
    if priority := called(inner(item, "priority")):
        told["priority"] = priority
    try:
        since = moment(item, "created_at")
    except ValueError as error:
        where = f"{source}: incident {text(item, 'id')}"
        findings.append(Finding(where, 0, f"its time cannot be read: {error}", "Report this.", "warning"))
        since = None
    if since is not None:
        told["since"] = stamp(since)
    return told
