"""What a look does at Sentry, in Sentry's own words for it, each with one small request to try it."""

from __future__ import annotations

from integrations.calling.client import Params
from integrations.calling.health import Need
from integrations.sentry.api import SentryApi


def needs_of(api: SentryApi) -> tuple[Need, ...]:
    """Return the scopes of a token, the surest first.

    Teams' members and projects' rules are tried on the first that there is; without one there is nothing
    that the scope would be needed for.
    """

    def listed(what: str, params: Params | None = None) -> object:
        return api.page(api.of_organization(what), params or {"per_page": 1}, stopped=_never)[0]

    def first(what: str) -> dict[str, object]:
        items = listed(what)
        found = items[0] if isinstance(items, list) and items else None
        return found if isinstance(found, dict) else {}

    def rules() -> object:
        id_ = first("projects").get("id")
        return api.get(api.of_project(str(id_), "ownership"), stopped=_never) if id_ else None

    def members_of_a_team() -> object:
        slug = first("teams").get("slug")
        return api.page(api.of_team(str(slug), "members"), {}, stopped=_never) if slug else None

    return (
        Need("org:read", lambda: listed("projects"), _remedy("Organization: Read")),
        Need("project:read (ownership rules)", rules, _remedy("Project: Read"), optional=True),
        Need("team:read (who is in a team)", members_of_a_team, _remedy("Team: Read"), optional=True),
        Need("member:read (people)", lambda: listed("members", {}), _remedy("Member: Read"), optional=True),
        Need(
            "event:read (errors)",
            lambda: listed("issues", {"limit": 1, "statsPeriod": "24h"}),
            _remedy("Issue & Event: Read"),
            optional=True,
        ),
        Need(
            "project:releases (releases)",
            lambda: listed("releases"),
            _remedy("Release: Admin"),
            optional=True,
        ),
    )


def _remedy(permission: str) -> str:
    return f"Give the internal integration the permission {permission}, or the token the scope."


def _never() -> bool:
    return False
