"""What the tables of answers share: one request that came, and how Jira refuses one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from playground.vendors.jira.seed import JiraSeed
from playground.vendors.jira.shapes import Shapes
from playground.vendors.jira.state import Project, State

PERMISSIONS = ("BROWSE_PROJECTS", "USER_PICKER", "CREATE_ISSUES")

Table = dict[tuple[str, str, str], Callable[["Call"], Awaitable[object]]]
"""By flavour (empty: both), verb and path."""


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, *messages: str, **errors: str) -> None:
        super().__init__(*messages)
        self.status = status
        self.value = {"errorMessages": list(messages), "errors": errors}


class Desk:
    """What there is, and how it behaves; all of it may be changed while it runs."""

    def __init__(self, seed: JiraSeed) -> None:
        self.cloud = seed.deployment == "cloud"
        self.url, self.email, self.token, self.user = seed.url, seed.email, seed.token, seed.user
        self.state = State(seed)
        self.shapes = Shapes(self.state, seed.url, self.cloud)
        self.permissions = set(PERMISSIONS)
        """What the credential may do."""
        self.largest_page = 5_000 if self.cloud else 1_000
        """How many issues a search shows at most."""
        self.lag = 0
        """How many searches do not find an issue that was just created."""
        self.slow_to_create = 0.0
        """For how many seconds creating an issue is not answered, though it is done at once."""
        self.off_screen: set[str] = set()
        """Fields that no issue can be created with."""
        self.bodies: list[object] = []
        """What was sent to create issues."""


@dataclass(slots=True)
class Call:
    """One request."""

    jira: Desk
    request: Request
    body: Any
    known: bool
    """Whether it came with the right credential."""
    created: bool = False

    def must_be_known(self) -> None:
        """Refuse who is nobody."""
        if not self.known:
            raise Refusal(401, "Client must be authenticated to access this resource.")

    def may(self, permission: str) -> bool:
        """Whether the asker has a permission."""
        return self.known and permission in self.jira.permissions

    def number(self, name: str, usual: int) -> int:
        """Return a parameter that is a number."""
        try:
            return max(0, int(self.request.query_params.get(name, usual)))
        except ValueError:
            raise Refusal(400, f"Failed to convert '{name}' to a number.") from None

    def projects(self) -> list[Project]:
        """Return the projects that the asker sees, by key."""
        if not self.may("BROWSE_PROJECTS"):
            return []
        return sorted(self.jira.state.projects.values(), key=lambda each: each.key)

    def project(self) -> Project:
        """Return the project that the path names."""
        named = self.request.path_params["project"]
        project = self.jira.state.project(named) if self.may("BROWSE_PROJECTS") else None
        if project is None:
            raise Refusal(404, f"No project could be found with key '{named}'.")
        return project
