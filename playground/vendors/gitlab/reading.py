"""The endpoints that show users, groups, and lists of projects and merge requests.

What a project holds is `repositories`' job.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from starlette.responses import Response

from playground.vendors.gitlab import shapes
from playground.vendors.gitlab.calls import Call, Refusal, Table
from playground.vendors.gitlab.paging import answered, listed
from playground.vendors.gitlab.state import Group, MergeRequest, Project

_ORDERS = ("id", "name", "path", "created_at", "updated_at", "last_activity_at")


def _user(call: Call) -> Response:
    return answered(shapes.user(call.state, call.state.user_named(call.user)))


def _token(call: Call) -> Response:
    scopes = call.request.state.scopes
    return answered({"id": 1, "name": "playground", "revoked": False, "active": True, "scopes": scopes})


def _metadata(call: Call) -> Response:
    version = {"version": call.state.version, "revision": "playground"}
    return answered({**version, "enterprise": call.state.enterprise})


def _groups(call: Call) -> Response:
    return listed(call.request, _shown(call, call.state.groups.values()))


def _group(call: Call) -> Response:
    group = call.group()
    shape = {**shapes.group(call.state, group), "shared_with_groups": [], "shared_projects": []}
    if call.flag("with_projects", default=True):
        shape["projects"] = [
            shapes.project(call.state, each) for each in call.state.projects_in(group.id, deep=False)
        ]
    return answered(shape)


def _subgroups(call: Call) -> Response:
    above = call.group().id
    return listed(call.request, _shown(call, (g for g in call.state.groups.values() if g.parent == above)))


def _descendants(call: Call) -> Response:
    return listed(call.request, _shown(call, call.state.below(call.group().id)))


def _shown(call: Call, groups: Iterable[Group]) -> list[shapes.Shape]:
    shown = [shapes.group(call.state, each) for each in groups]
    return sorted(shown, key=lambda each: (str(each["name"]).lower(), each["id"]))


def _group_members(call: Call) -> Response:
    return _members(call, call.group().members.items())


def _project_members(call: Call) -> Response:
    """A project's members are those of its groups; nobody is one of a project alone here."""
    return _members(call, call.state.groups[call.project().group].members.items())


def _members(call: Call, levels: Iterable[tuple[int, int]]) -> Response:
    state = call.state
    return listed(call.request, [shapes.member(state, state.users[user], level) for user, level in levels])


def _group_projects(call: Call) -> Response:
    group = call.group()
    inside = call.state.projects_in(group.id, deep=call.flag("include_subgroups"))
    if call.flag("with_shared", default=True):
        inside += [each for each in call.state.projects.values() if group.id in each.shared_with]
    return _projects(call, inside)


def _all_projects(call: Call) -> Response:
    return _projects(call, call.state.projects.values())


def _projects(call: Call, projects: Iterable[Project]) -> Response:
    order = call.query("order_by", "created_at")
    if order not in _ORDERS:
        raise Refusal(400, "order_by does not have a valid value")
    found = list({each.id: each for each in projects}.values())
    if archived := call.query("archived"):
        found = [each for each in found if each.archived is (archived.lower() == "true")]
    if after := _moment(call, "last_activity_after"):
        found = [each for each in found if each.last_activity_at > after]
    found.sort(key=lambda each: (getattr(each, order), each.id), reverse=call.query("sort", "desc") == "desc")
    return listed(call.request, found, lambda each: shapes.project(call.state, each))


def _group_merge_requests(call: Call) -> Response:
    inside = {each.id for each in call.state.projects_in(call.group().id, deep=True)}
    return _merge_requests(call, (each for each in call.state.merge_requests if each.project in inside))


def _project_merge_requests(call: Call) -> Response:
    project = call.project().id
    return _merge_requests(call, (each for each in call.state.merge_requests if each.project == project))


def _merge_requests(call: Call, requests: Iterable[MergeRequest]) -> Response:
    state = call.query("state", "all")
    after, before = _moment(call, "updated_after"), _moment(call, "updated_before")
    found = [
        each
        for each in requests
        if state in ("all", each.state)
        and (after is None or each.updated_at >= after)
        and (before is None or each.updated_at <= before)
    ]
    found.sort(key=lambda each: (each.created_at, each.id), reverse=call.query("sort", "desc") == "desc")
    simple = call.query("view") == "simple"
    return listed(call.request, found, lambda each: shapes.merge_request(call.state, each, simple))


def _moment(call: Call, name: str) -> datetime | None:
    if not (text := call.query(name)):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(400, f"{name} is invalid") from None


READING: Table = {
    "GET user": _user,
    "GET personal_access_tokens/self": _token,
    "GET metadata": _metadata,
    "GET version": _metadata,
    "GET groups": _groups,
    "GET groups/:id": _group,
    "GET groups/:id/subgroups": _subgroups,
    "GET groups/:id/descendant_groups": _descendants,
    "GET groups/:id/members": _group_members,
    "GET groups/:id/projects": _group_projects,
    "GET groups/:id/merge_requests": _group_merge_requests,
    "GET projects": _all_projects,
    "GET projects/:id/members": _project_members,
    "GET projects/:id/merge_requests": _project_merge_requests,
}
