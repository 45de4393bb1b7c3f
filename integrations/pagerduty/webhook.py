"""Understands PagerDuty's webhooks (v3): checks the signature, and says whose service or incidents changed.

Takes nothing of a delivery for a fact: it only names what to look at again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping

from domain.errors import BadConfiguration, BadInput
from integrations.calling.failures import line
from integrations.pagerduty.answers import Item, inner, text
from integrations.pagerduty.incidents import incidents_id
from integrations.pagerduty.options import PagerDutyOptions
from integrations.pagerduty.services import service_id
from workflows.ports import Delivery, Forged, Opening

SIGNATURE = "x-pagerduty-signature"
_VERSION = "v1="


class PagerDutyWebhook:
    """Deliveries of webhook subscriptions with one secret."""

    def __init__(self, opening: Opening) -> None:
        options = opening.options
        if not isinstance(options, PagerDutyOptions):
            raise BadConfiguration(f"the options of {opening.name!r} are not PagerDuty's", "type: pagerduty")
        secret = (opening.secret(options.webhook_secret_env) or "").strip()
        if not secret:
            raise BadConfiguration(
                f"webhooks of {opening.name!r} need a secret, and {options.webhook_secret_env} is not set",
                "PagerDuty shows the secret once, when the subscription is created.",
            )
        self._secret = secret.encode()

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the signature and say what to look at; header names are lower case."""
        expected = hmac.new(self._secret, body, hashlib.sha256).hexdigest().encode()
        # While the secret is rotated, PagerDuty signs with both, the old one and the new.
        given = [each.strip() for each in headers.get(SIGNATURE, "").split(",")]
        signatures = [each.removeprefix(_VERSION) for each in given if each.startswith(_VERSION)]
        if not any(hmac.compare_digest(expected, each.encode(errors="replace")) for each in signatures):
            raise Forged("the signature is missing or wrong")
        event = _event(body)
        kind, id_ = text(event, "event_type"), text(event, "id")
        if not kind or not id_:
            raise BadInput("the delivery names no event", "Point a webhook subscription (v3) here.")
        return Delivery(id_, _only(kind, inner(event, "data")), _summary(kind, inner(event, "data")))


def _event(body: bytes) -> Item:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("the delivery's body is no JSON", "Is this PagerDuty's webhook?") from error
    return inner(found, "event") if isinstance(found, dict) else {}


def _only(kind: str, data: Item) -> tuple[str, ...]:
    """Return what to look at; notes, responders and pings move nothing that is kept."""
    if kind.startswith("service.") and text(data, "id"):
        return (service_id(text(data, "id")),)
    service = text(inner(data, "service"), "id")
    return (incidents_id(service),) if kind.startswith("incident.") and service else ()


def _summary(kind: str, data: Item) -> str:
    name = text(data, "title") or text(data, "summary") or text(inner(data, "incident"), "summary")
    return line(f"{kind}: {name}" if name else kind)
