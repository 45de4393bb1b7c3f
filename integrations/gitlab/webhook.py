"""Understands GitLab's webhooks: of projects, of groups, and a self-managed GitLab's system hooks.

Takes nothing of a delivery for a fact: it only names what to look at again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from domain.errors import BadInput
from integrations.gitlab.answers import global_id, inside, text, whole
from workflows.ports import Delivery, Forged

TEAMS = "teams"
"""The scope of all groups and their members."""

_OF_TEAMS = frozenset({
    "group_create", "group_destroy", "group_rename", "subgroup_create", "subgroup_destroy",
    "user_add_to_group", "user_remove_from_group", "user_update_for_group", "user_create", "user_destroy",
    "user_rename",
})  # fmt: skip
_OF_A_PROJECT = frozenset({
    "project_create", "project_destroy", "project_rename", "project_transfer", "project_update",
    "project_archive", "project_unarchive", "repository_update", "push", "tag_push", "release",
})  # fmt: skip
_FINISHED = frozenset({"success", "failed", "canceled"})
_COUNTED = frozenset({"open", "reopen", "close", "merge"})


class GitLabWebhook:
    """Reads the deliveries of hooks with one secret token."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the token and say what to look at; header names are lower case.

        GitLab signs nothing: the token is the secret itself, so that TLS must carry it.
        """
        given = headers.get("x-gitlab-token", "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret):
            raise Forged("X-Gitlab-Token is missing" if not given else "X-Gitlab-Token is not ours")
        try:
            event = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadInput("the delivery's body is no JSON", "Is this GitLab's webhook?") from error
        if not isinstance(event, dict):
            raise BadInput("the delivery's body is no JSON object", "Is this GitLab's webhook?")
        kind = text(event, "event_name") or text(event, "object_kind")
        if not kind:
            raise BadInput("the delivery names no event", "Is this GitLab's webhook?")
        return Delivery(_id_of(headers, body), _only(kind, event), _summary(kind, event))


def _id_of(headers: Mapping[str, str], body: bytes) -> str:
    """Return what stays the same when a delivery is repeated.

    That is the Idempotency-Key (since GitLab 17.4). The event's UUID is also that of all events that a
    delivery itself brought about; before it there was nothing but the body.
    """
    known = headers.get("idempotency-key") or headers.get("x-gitlab-event-uuid")
    return known or f"sha256:{hashlib.sha256(body).hexdigest()}"


def _only(kind: str, event: Mapping[str, Any]) -> tuple[str, ...]:
    if kind in _OF_TEAMS:
        group = whole(event, "group_id")
        renamed = kind == "group_rename" and group is not None
        return (TEAMS, global_id("Group", group)) if renamed and group is not None else (TEAMS,)
    project = whole(event, "project_id") or whole(inside(event, "project"), "id")
    if project is None or not _matters(kind, event):
        return ()
    return (global_id("Project", project),)


def _matters(kind: str, event: Mapping[str, Any]) -> bool:
    """Tell whether an event moves a fact that is kept; pushes to other branches, the most, do not."""
    if kind == "push":
        branch = text(inside(event, "project"), "default_branch")
        return not branch or text(event, "ref") == f"refs/heads/{branch}"
    if kind == "pipeline":
        return text(inside(event, "object_attributes"), "status") in _FINISHED
    if kind == "merge_request":
        return text(inside(event, "object_attributes"), "action") in _COUNTED
    return kind in _OF_A_PROJECT


def _summary(kind: str, event: Mapping[str, Any]) -> str:
    project = inside(event, "project")
    name = text(event, "path_with_namespace") or text(project, "path_with_namespace")
    name = name or text(event, "full_path") or text(event, "group_path") or text(event, "username")
    return f"{kind}: {name}" if name else kind
