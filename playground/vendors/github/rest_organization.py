"""REST on the organization: who I am, limits, members, teams and hooks.

Answers from the state; changes go through `changes`.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.vendors.github import shapes
from playground.vendors.github.changes import Changes
from playground.vendors.github.hooks import Hooks
from playground.vendors.github.state import PERMISSIONS, Organization, Repository, Team
from playground.vendors.github.troubles import Troubles
from playground.vendors.github.wire import Table, api, json_of, paged, refusal, repository_named

FROM_REST = {rest: name for name, rest in shapes.REST_PERMISSION.items()}


class OrganizationRest:
    """Handlers over one organization."""

    def __init__(
        self, organization: Organization, changes: Changes, hooks: Hooks, troubles: Troubles
    ) -> None:
        self._organization, self._changes = organization, changes
        self._hooks, self._troubles = hooks, troubles

    def table(self) -> Table:
        """Return what is answered here."""
        return (
            ("GET", "/user", self._user),
            ("GET", "/rate_limit", self._rate_limit),
            ("GET", "/orgs/{org}", self._org),
            ("GET", "/orgs/{org}/repos", self._repos),
            ("GET", "/orgs/{org}/members", self._members),
            ("GET", "/orgs/{org}/teams", self._teams),
            ("GET", "/orgs/{org}/teams/{team}", self._team),
            ("GET", "/orgs/{org}/teams/{team}/members", self._team_members),
            ("PUT", "/orgs/{org}/teams/{team}/memberships/{login}", self._join),
            ("DELETE", "/orgs/{org}/teams/{team}/memberships/{login}", self._leave),
            ("PUT", "/orgs/{org}/teams/{team}/repos/{owner}/{repo}", self._grant),
            ("GET", "/orgs/{org}/hooks", self._list_hooks),
            ("POST", "/orgs/{org}/hooks", self._add_hook),
        )

    async def _user(self, request: Request) -> Response:
        return JSONResponse(shapes.private_person(request.state.viewer, api(request)))

    async def _rate_limit(self, _request: Request) -> Response:
        each = {"limit": 5_000, "used": 0, "remaining": 5_000, "reset": 4_102_444_800}
        graph = {**each, "limit": self._troubles.limit, "remaining": max(0, self._troubles.remaining)}
        return JSONResponse({"resources": {"core": each, "search": each, "graphql": graph}, "rate": each})

    async def _org(self, request: Request) -> Response:
        if request.path_params["org"].lower() != self._organization.login.lower():
            return refusal(404, "Not Found")
        return JSONResponse(shapes.organization_full(self._organization, api(request)))

    async def _repos(self, request: Request) -> Response:
        shown = [
            shapes.repository(each, self._organization, api(request)) for each in self._organization.own()
        ]
        return paged(request, shown)

    async def _members(self, request: Request) -> Response:
        return paged(
            request, [shapes.person(each, api(request)) for each in self._organization.people.values()]
        )

    async def _teams(self, request: Request) -> Response:
        teams = self._organization.teams.values()
        return paged(request, [shapes.team(each, self._organization, api(request)) for each in teams])

    async def _team(self, request: Request) -> Response:
        team = self._named_team(request)
        if team is None:
            return refusal(404, "Not Found")
        return JSONResponse(shapes.team_full(team, self._organization, api(request)))

    async def _team_members(self, request: Request) -> Response:
        team = self._named_team(request)
        if team is None:
            return refusal(404, "Not Found")
        people = [
            self._organization.people[each] for each in team.members if each in self._organization.people
        ]
        return paged(request, [shapes.person(each, api(request)) for each in people])

    async def _join(self, request: Request) -> Response:
        team = self._named_team(request)
        if team is None:
            return refusal(404, "Not Found")
        login = request.path_params["login"]
        self._changes.add_member(team.slug, login)
        url = f"{api(request)}/orgs/{self._organization.login}/teams/{team.slug}/memberships/{login}"
        return JSONResponse({"url": url, "role": "member", "state": "active"})

    async def _leave(self, request: Request) -> Response:
        team = self._named_team(request)
        if team is None:
            return refusal(404, "Not Found")
        self._changes.remove_member(team.slug, request.path_params["login"])
        return Response(status_code=204)

    async def _grant(self, request: Request) -> Response:
        team, one = self._named_team(request), repository_named(self._organization, request)
        if team is None or not isinstance(one, Repository):
            return refusal(404, "Not Found")
        asked = str((await json_of(request)).get("permission", "push"))
        permission = FROM_REST.get(asked, asked)
        if permission not in PERMISSIONS:
            return refusal(422, "Validation Failed")
        self._changes.grant(one.name, team.slug, permission)
        return Response(status_code=204)

    async def _list_hooks(self, request: Request) -> Response:
        return paged(
            request, [shapes.hook(each, self._organization, api(request)) for each in self._hooks.hooks]
        )

    async def _add_hook(self, request: Request) -> Response:
        asked = await json_of(request)
        config = asked.get("config") or {}
        try:
            made = self._hooks.add(
                str(config.get("url", "")),
                str(config.get("secret", "")),
                tuple(asked.get("events") or ("push",)),
            )
        except ValueError as error:
            return refusal(422, str(error))
        return JSONResponse(shapes.hook(made, self._organization, api(request)), 201)

    def _named_team(self, request: Request) -> Team | None:
        return self._organization.teams.get(request.path_params["team"])
