"""What a Jira answers who reads: itself, projects, components, people and issues."""

from __future__ import annotations

from typing import Any

from playground.vendors.jira.calls import Call, Refusal, Table
from playground.vendors.jira.jql import Malformed, parse
from playground.vendors.jira.state import Issue

_UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
LARGEST_PROJECTS, LARGEST_USERS, SEARCHED_USERS = 100, 1_000, 1_000
_TITLES = {
    "BROWSE_PROJECTS": ("Browse Projects", "PROJECT"),
    "USER_PICKER": ("Browse users and groups", "GLOBAL"),
    "CREATE_ISSUES": ("Create Issues", "PROJECT"),
}


async def _server(call: Call) -> object:
    jira = call.jira
    version = ("1001.0.0-SNAPSHOT", [1001, 0, 0]) if jira.cloud else ("10.3.1", [10, 3, 1])
    return {
        "baseUrl": jira.url, "version": version[0], "versionNumbers": version[1], "buildNumber": 100_000,
        "deploymentType": "Cloud" if jira.cloud else "Server", "serverTitle": "Jira",
    }  # fmt: skip


async def _myself(call: Call) -> object:
    call.must_be_known()
    user = call.jira.state.users.get(call.jira.user)
    nobody = {"accountId": "712020:idp"} if call.jira.cloud else {"key": "JIRAUSER1", "name": "idp"}
    return call.jira.shapes.user(user) if user else {**nobody, "displayName": "idp", "active": True}


async def _permissions(call: Call) -> object:
    asked = [each for each in call.request.query_params.get("permissions", "").split(",") if each]
    if call.jira.cloud and not asked:
        raise Refusal(400, "The 'permissions' query parameter is required.")
    if unknown := [each for each in asked if each not in _TITLES]:
        raise Refusal(400, f"Unrecognized permission: {unknown[0]}")
    return {
        "permissions": {
            key: {
                "id": str(number), "key": key, "name": _TITLES[key][0], "type": _TITLES[key][1],
                "description": _TITLES[key][0], "havePermission": call.may(key),
            }
            for number, key in enumerate(asked or _TITLES, 1)
        }
    }  # fmt: skip


async def _project_pages(call: Call) -> object:
    start, size = call.number("startAt", 0), min(LARGEST_PROJECTS, call.number("maxResults", 50))
    every = call.projects()
    part, lead = every[start : start + size], "lead" in call.request.query_params.get("expand", "")
    return {
        "self": f"{call.jira.url}/rest/api/3/project/search", "startAt": start, "maxResults": size,
        "total": len(every), "isLast": start + len(part) >= len(every),
        "values": [call.jira.shapes.project(each, lead=lead) for each in part],
    }  # fmt: skip


async def _project_list(call: Call) -> object:
    lead = "lead" in call.request.query_params.get("expand", "")
    return [call.jira.shapes.project(each, lead=lead) for each in call.projects()]


async def _project(call: Call) -> object:
    return call.jira.shapes.project(call.project(), lead=True, whole=True)


async def _components(call: Call) -> object:
    project = call.project()
    return [call.jira.shapes.component(each, project) for each in project.components.values()]


async def _users(call: Call) -> object:
    call.must_be_known()
    if not call.may("USER_PICKER"):
        raise Refusal(403, "You do not have permission to browse users.")
    return _some_users(call, None)


async def _found_users(call: Call) -> object:
    """Answer a data center's search, which finds its first 1,000 and, without the permission, nobody."""
    if not call.request.query_params.get("username"):
        raise Refusal(400, "The username query parameter was not provided")
    return _some_users(call, SEARCHED_USERS) if call.may("USER_PICKER") else []


def _some_users(call: Call, most: int | None) -> list[Any]:
    start, size = call.number("startAt", 0), min(LARGEST_USERS, call.number("maxResults", 50))
    every = list(call.jira.state.users.values())[:most]
    return [call.jira.shapes.user(each) for each in every[start : start + size]]


def _found(call: Call) -> list[Issue]:
    jql = call.body.get("jql", "") if isinstance(call.body, dict) else ""
    state = call.jira.state
    try:
        query = parse(jql, state)
    except Malformed as error:
        raise Refusal(400, str(error)) from None
    if call.jira.cloud and not query.bounded:
        raise Refusal(400, _UNBOUNDED)
    if not call.may("BROWSE_PROJECTS"):
        return []
    found = [each for each in state.issues.values() if each.unseen == 0 and query.holds(each)]
    for each in state.issues.values():
        each.unseen = max(0, each.unseen - 1)
    return found


async def _search_by_token(call: Call) -> object:
    found, body = _found(call), call.body
    if unknown := set(body) - {"jql", "fields", "maxResults", "nextPageToken", "expand", "properties"}:
        raise Refusal(400, f"Invalid request payload: {sorted(unknown)[0]}")
    token = body.get("nextPageToken") or "page0"
    if not token.startswith("page"):
        raise Refusal(400, "The provided next page token is invalid or expired.")
    start, size = int(token[4:], 16), min(call.jira.largest_page, body.get("maxResults", 50))
    part = found[start : start + size]
    shown = [call.jira.shapes.issue(each, body.get("fields", ("id",))) for each in part]
    last = start + len(part) >= len(found)
    return {
        "issues": shown,
        "isLast": last,
        **({} if last else {"nextPageToken": f"page{start + len(part):x}"}),
    }


async def _search_by_offset(call: Call) -> object:
    found, body = _found(call), call.body
    start, size = body.get("startAt", 0), min(call.jira.largest_page, body.get("maxResults", 50))
    fields = body.get("fields", ("summary", "project", "components", "issuetype", "labels", "status"))
    shown = [call.jira.shapes.issue(each, fields) for each in found[start : start + size]]
    return {
        "expand": "names,schema",
        "startAt": start,
        "maxResults": size,
        "total": len(found),
        "issues": shown,
    }


READING: Table = {
    ("", "GET", "serverInfo"): _server,
    ("", "GET", "myself"): _myself,
    ("", "GET", "mypermissions"): _permissions,
    ("cloud", "GET", "project/search"): _project_pages,
    ("datacenter", "GET", "project"): _project_list,
    ("", "GET", "project/{project}"): _project,
    ("", "GET", "project/{project}/components"): _components,
    ("cloud", "GET", "users/search"): _users,
    ("datacenter", "GET", "user/search"): _found_users,
    ("cloud", "POST", "search/jql"): _search_by_token,
    ("datacenter", "POST", "search"): _search_by_offset,
}
