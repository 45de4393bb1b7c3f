"""Understands Jira's webhooks: an issue that was created, changed or deleted has its project counted again.

Takes nothing of a delivery for a fact.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from domain.errors import BadConfiguration, BadInput
from integrations.jira.answers import text
from integrations.jira.api import options_of
from integrations.jira.claims import id_of
from workflows.ports import Delivery, Forged, Opening

SIGNATURE = "x-hub-signature"
_OF_ISSUES = frozenset({"jira:issue_created", "jira:issue_updated", "jira:issue_deleted"})


class JiraWebhook:
    """Reads the deliveries of webhooks with one secret."""

    def __init__(self, opening: Opening) -> None:
        variable = options_of(opening).webhook_secret_env
        secret = (opening.secret(variable) or "").strip()
        if not secret:
            raise BadConfiguration(
                f"webhooks of {opening.name!r} need a secret, and {variable} is not set",
                f"Set it, or {variable}_FILE, to the secret that the webhook has in Jira.",
            )
        self._secret = secret.encode()

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the signature and say what to look at; header names are lower case."""
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), headers.get(SIGNATURE, "").encode(errors="replace")):
            raise Forged("the signature is missing or wrong")
        try:
            event = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadInput("the delivery's body is no JSON", "Point a webhook of Jira here.") from error
        kind = text(event, "webhookEvent")
        if not kind:
            raise BadInput("the delivery names no event of Jira's", "Point a webhook of Jira here.")
        only = tuple(dict.fromkeys(map(id_of, _projects(event)))) if kind in _OF_ISSUES else ()
        key = text(event.get("issue"), "key")
        return Delivery(_id(headers, body), only, f"{kind}: {key}" if key else kind)


def _id(headers: Mapping[str, str], body: bytes) -> str:
    """Return what stays the same when a delivery is repeated; the body's digest where Jira names nothing."""
    return headers.get("x-atlassian-webhook-identifier") or f"sha256:{hashlib.sha256(body).hexdigest()}"


def _projects(event: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the projects whose counts may have moved: of the issue, and of where it came from."""
    items = event.get("changelog", {}).get("items") if isinstance(event.get("changelog"), dict) else None
    if event.get("webhookEvent") == "jira:issue_updated" and not isinstance(items, list):
        return  # somebody commented
    issue = event.get("issue")
    fields = issue.get("fields") if isinstance(issue, dict) else None
    project = fields.get("project") if isinstance(fields, dict) else None
    moved = [text(each, "from") for each in items or () if text(each, "field").lower() == "project"]
    yield from (each for each in (text(project, "id"), *moved) if each.isascii() and each.isdigit())
