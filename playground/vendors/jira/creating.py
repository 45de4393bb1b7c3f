"""What a Jira answers who creates an issue, or asks what one needs."""

from __future__ import annotations

import asyncio
from typing import Any

from playground.vendors.jira.calls import Call, Refusal, Table
from playground.vendors.jira.state import Project

_LONGEST_SUMMARY, _LONGEST_LABEL = 255, 255


async def _types(call: Call) -> object:
    call.must_be_known()
    call.project()
    shown = (
        [call.jira.shapes.type(name) for name in call.jira.state.types] if call.may("CREATE_ISSUES") else []
    )
    return _page(call, shown, "issueTypes")


async def _fields(call: Call) -> object:
    call.must_be_known()
    project, state = call.project(), call.jira.state
    known = {state.type_id(name) for name in state.types}
    if call.request.path_params["type"] not in known:
        raise Refusal(400, "The issue type selected is invalid.")
    return _page(
        call, [each for each in _of(call, project) if each["fieldId"] not in call.jira.off_screen], "fields"
    )


def _page(call: Call, shown: list[Any], name: str) -> object:
    start, size = call.number("startAt", 0), call.number("maxResults", 50)
    part = shown[start : start + size]
    if call.jira.cloud:
        return {"startAt": start, "maxResults": size, "total": len(shown), name: part}
    last = start + len(part) >= len(shown)
    return {"startAt": start, "maxResults": size, "total": len(shown), "isLast": last, "values": part}


def _of(call: Call, project: Project) -> list[dict[str, Any]]:
    allowed = [call.jira.shapes.component(each, project) for each in project.components.values()]
    return [
        _field("project", "Project", "project", required=True),
        _field("issuetype", "Issue Type", "issuetype", required=True),
        _field("summary", "Summary", "string", required=True),
        _field("reporter", "Reporter", "user", required=True),
        _field("description", "Description", "string"),
        _field("labels", "Labels", "array"),
        {**_field("components", "Components", "array"), "allowedValues": allowed},
        {**_field("priority", "Priority", "priority", required=True), "hasDefaultValue": True},
        *(_field(f"customfield_{at}", name, "string", required=True) for at, name in _custom(project)),
    ]


def _custom(project: Project) -> list[tuple[int, str]]:
    return list(enumerate(project.required, 10_050))


def _field(id_: str, name: str, kind: str, *, required: bool = False) -> dict[str, Any]:
    schema = {"type": kind, **({"items": "string"} if kind == "array" else {})}
    return {
        "fieldId": id_, "key": id_, "name": name, "required": required, "hasDefaultValue": False,
        "operations": ["set"], "schema": schema,
    }  # fmt: skip


async def _create(call: Call) -> object:
    call.must_be_known()
    jira = call.jira
    jira.bodies.append(call.body)
    fields = call.body.get("fields") if isinstance(call.body, dict) else None
    if not isinstance(fields, dict):
        raise Refusal(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    project = jira.state.project(str((fields.get("project") or {}).get("key", "")))
    if project is None or not call.may("BROWSE_PROJECTS"):
        raise Refusal(400, project="valid project is required")
    if not call.may("CREATE_ISSUES"):
        raise Refusal(400, project="You do not have permission to create issues in this project.")
    wrong, components = _wrong(call, project, fields)
    if wrong:
        raise Refusal(400, **wrong)
    issue = jira.state.add_issue(
        project,
        fields["issuetype"]["name"],
        components=components,
        labels=fields.get("labels", ()),
        summary=fields["summary"],
        description=fields.get("description"),
        unseen=jira.lag,
    )
    if jira.slow_to_create:
        await asyncio.sleep(jira.slow_to_create)
    call.created = True
    version = 3 if jira.cloud else 2
    return {"id": issue.id, "key": issue.key, "self": f"{jira.url}/rest/api/{version}/issue/{issue.id}"}


def _wrong(call: Call, project: Project, fields: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return what is wrong by field, and the ids of the components."""
    wrong = {
        name: f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
        for name in fields
        if name in call.jira.off_screen
    }
    summary, description = fields.get("summary"), fields.get("description")
    if not isinstance(summary, str) or not summary.strip():
        wrong["summary"] = "You must specify a summary of the issue."
    elif len(summary) > _LONGEST_SUMMARY or "\n" in summary:
        wrong["summary"] = "The summary is invalid because it contains newline characters or is too long."
    if (fields.get("issuetype") or {}).get("name") not in call.jira.state.types:
        wrong["issuetype"] = "The issue type selected is invalid."
    if description is not None and not (
        _is_document(description) if call.jira.cloud else isinstance(description, str)
    ):
        wrong["description"] = (
            "Operation value must be an Atlassian Document" if call.jira.cloud else "data was not a String"
        )
    if any(" " in each or len(each) > _LONGEST_LABEL for each in fields.get("labels", ())):
        wrong["labels"] = "The label can't contain spaces, or is too long."
    ids = {each.name: each.id for each in project.components.values()}
    named = [each.get("name") for each in fields.get("components", ())]
    if unknown := [each for each in named if each not in ids]:
        wrong["components"] = f"Component name '{unknown[0]}' is not valid"
    for at, name in _custom(project):
        if f"customfield_{at}" not in fields:
            wrong[f"customfield_{at}"] = f"{name} is required."
    return wrong, [ids[each] for each in named if each in ids]


def _is_document(value: object) -> bool:
    """Whether a value is a document of paragraphs, no text in it empty, as the cloud wants it."""
    if not isinstance(value, dict) or (value.get("type"), value.get("version")) != ("doc", 1):
        return False
    leaves = [leaf for block in value.get("content", ()) for leaf in block.get("content", ())]
    paragraphs = all(block.get("type") == "paragraph" for block in value.get("content", ()))
    return paragraphs and all(leaf.get("type") == "hardBreak" or leaf.get("text") for leaf in leaves)


CREATING: Table = {
    ("", "GET", "issue/createmeta/{project}/issuetypes"): _types,
    ("", "GET", "issue/createmeta/{project}/issuetypes/{type}"): _fields,
    ("", "POST", "issue"): _create,
}
