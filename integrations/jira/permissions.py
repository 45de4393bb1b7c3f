"""Tries what a look at Jira needs, in rows for `idp doctor`; raises nothing."""

from __future__ import annotations

from collections.abc import Callable

from domain.sources import Permission
from integrations.calling.failures import Forbidden
from integrations.calling.health import Need, examine
from integrations.jira.api import Api


def permissions_of(api: Api) -> tuple[Permission, ...]:
    """Return whether Jira is there and knows us, and what it lets us do."""
    return examine(
        api.target,
        api.caller,
        [
            Need("read the own account", lambda: api.get("myself")),
            Need(
                "Browse Projects",
                _may(api, "BROWSE_PROJECTS"),
                "Give the account the permission Browse Projects in the projects to look at.",
            ),
            Need(
                "Browse users and groups",
                _may(api, "USER_PICKER"),
                "Give the account the global permission, or set `users: false`.",
                optional=True,
            ),
            Need(
                "Create Issues",
                _may(api, "CREATE_ISSUES"),
                "Only workflows that create issues need it: give it in their projects.",
                optional=True,
            ),
        ],
    )


def _may(api: Api, key: str) -> Callable[[], None]:
    def ask() -> None:
        value = api.object(api.get("mypermissions", {"permissions": key}), "permissions")
        permissions = value.get("permissions")
        one = permissions.get(key) if isinstance(permissions, dict) else None
        if not (isinstance(one, dict) and one.get("havePermission") is True):
            raise Forbidden(
                f"source {api.target.source}: Jira does not give {api.target.credential} {key} anywhere",
                "Ask who administers Jira.",
            )

    return ask
