"""Understands the webhooks of Sentry's internal integrations.

Takes nothing of a delivery for a fact: it only names the project whose figures to look at again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from domain.errors import BadInput
from integrations.sentry.answers import inside, text
from integrations.sentry.options import SentryOptions
from integrations.sentry.scopes import Scope
from workflows.ports import Delivery, Forged

SIGNATURE = "sentry-hook-signature"
RESOURCE = "sentry-hook-resource"
_COUNTED = frozenset({"created", "resolved", "unresolved", "archived", "ignored"})
"""What moves a figure; that somebody was assigned does not. `ignored` is the older word for `archived`."""
_REMEDY = "Point the webhook of a Sentry internal integration here."


class SentryWebhook:
    """Reads the deliveries of one integration, which are signed with its client secret."""

    def __init__(self, options: SentryOptions, secret: str) -> None:
        self._options = options
        self._secret = secret.encode()

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the signature and say what to look at; header names are lower case.

        An `issue` names its project. An `error` is each single event, thousands in an hour of trouble: its
        figures come with the next look. Other resources (`installation`, `comment`, alerts) move no figure.
        """
        expected = hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), headers.get(SIGNATURE, "").encode(errors="replace")):
            raise Forged(f"{SIGNATURE} is missing or wrong")
        resource = headers.get(RESOURCE, "")
        if not resource:
            raise BadInput(f"the delivery has no {RESOURCE}", _REMEDY)
        event = _event(body)
        action = text(event, "action")
        project = inside(inside(inside(event, "data"), "issue"), "project")
        scope = Scope(f"service/{text(project, 'id')}", text(project, "slug"))
        counts = resource == "issue" and action in _COUNTED and text(project, "id")
        only = (scope.text,) if counts and self._options.takes(scope.slug) else ()
        words = f"{resource} {action}".strip()
        told = f"{words}: {scope.slug}" if scope.slug else words
        return Delivery(_id_of(headers, body), only, told)


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("the delivery's body is no JSON", _REMEDY) from error
    if not isinstance(event, dict):
        raise BadInput("the delivery's body is no JSON object", _REMEDY)
    return event


def _id_of(headers: Mapping[str, str], body: bytes) -> str:
    return headers.get("request-id") or f"sha256:{hashlib.sha256(body).hexdigest()}"
