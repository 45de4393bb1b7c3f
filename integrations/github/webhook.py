"""Understands what GitHub delivers: checks the signature, and says which repository or that teams changed.

Fetches nothing: a delivery only names what to look at.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from domain.errors import BadConfiguration, BadInput
from integrations.calling.failures import line
from integrations.github.looking import TEAMS
from integrations.github.options import GitHubOptions
from workflows.ports import Delivery, Forged, Opening

SIGNATURE = "x-hub-signature-256"
OF_A_REPOSITORY = frozenset(
    {"repository", "release", "branch_protection_rule", "repository_ruleset", "dependabot_alert"}
)
OF_TEAMS = frozenset({"membership", "organization"})


class GitHubWebhook:
    """Deliveries of the organizations of one source."""

    def __init__(self, opening: Opening) -> None:
        options = opening.options
        if not isinstance(options, GitHubOptions):
            raise TypeError("a GitHub webhook is opened with GitHubOptions")
        secret = (opening.secret(options.webhook_secret_env) or "").strip()
        if not secret:
            raise BadConfiguration(
                f"{options.webhook_secret_env} is not set",
                "Put the secret there that the webhook has on GitHub; one without a secret is not taken.",
            )
        self._secret = secret.encode()
        self._organizations = frozenset(each.lower() for each in options.organization)

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the signature and say what to look at."""
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), headers.get(SIGNATURE, "").encode()):
            raise Forged("the signature is missing or wrong")
        event, id_ = headers.get("x-github-event", ""), headers.get("x-github-delivery", "")
        if not event or not id_:
            raise BadInput(
                "this is no delivery of GitHub's: X-GitHub-Event or X-GitHub-Delivery is missing",
                "Point a GitHub webhook here.",
            )
        payload = _payload(headers, body)
        only = self._only(event, payload)
        return Delivery(id_, only, _summary(event, payload))

    def _only(self, event: str, payload: Mapping[str, Any]) -> tuple[str, ...]:
        repository = _object(payload, "repository")
        id_ = repository.get("node_id")
        if not self._ours(payload, repository):
            return ()
        if event == "push":
            branch = f"refs/heads/{repository.get('default_branch')}"
            return (str(id_),) if id_ and payload.get("ref") == branch else ()
        if event == "team":
            return (str(id_),) if id_ else (TEAMS,)
        if event in OF_TEAMS:
            return (TEAMS,)
        return (str(id_),) if id_ and event in OF_A_REPOSITORY else ()

    def _ours(self, payload: Mapping[str, Any], repository: Mapping[str, Any]) -> bool:
        """Return whether it is news of an organization that is looked at, or was until a moment ago."""
        owners = {
            _object(payload, "organization").get("login"),
            _object(repository, "owner").get("login"),
            _object(payload, "changes", "owner", "from", "organization").get("login"),
        }
        return any(str(each).lower() in self._organizations for each in owners)


def _payload(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    try:
        text = parse_qs(body.decode())["payload"][0] if form else body.decode()
        found = json.loads(text)
    except (ValueError, KeyError) as error:
        raise BadInput(
            "the delivery holds no JSON", "Set the webhook's content type to application/json."
        ) from error
    if not isinstance(found, dict):
        raise BadInput("the delivery holds no JSON object", "Point a GitHub webhook here.")
    return found


def _object(value: object, *path: str) -> Mapping[str, Any]:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _summary(event: str, payload: Mapping[str, Any]) -> str:
    action = payload.get("action")
    name = _object(payload, "repository").get("full_name") or _object(payload, "team").get("slug") or ""
    words = f"{event} {action}" if isinstance(action, str) else event
    return line(f"{words}: {name}" if name else words)
