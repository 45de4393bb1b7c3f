"""Datadog's JSON for what the organization holds, in the form in which each endpoint gives it."""

from __future__ import annotations

from typing import Any

from playground.vendors.datadog.seed import Monitor, Objective, Team, User

Shape = dict[str, Any]
CREATED = "2025-01-15T09:00:00.000000+00:00"
CREATED_AT = 1_736_931_600
QUERY = {"numerator": "sum:good{*}.as_count()", "denominator": "sum:all{*}.as_count()"}


def definition(document: Shape) -> Shape:
    """Return a service definition, in the version in which it was written."""
    name = _name(document)
    meta = {
        "ingested-schema-version": document["schema-version"],
        "ingestion-source": "api",
        "last-modified-time": CREATED,
        "github-html-url": "",
        "origin": "unknown",
        "origin-detail": "",
        "warnings": [],
    }
    return {
        "id": f"definition-{name}",
        "type": "service-definition",
        "attributes": {"meta": meta, "schema": document},
    }


def converted(document: Shape) -> Shape:
    """Return a service definition as an entity, as the list of entities shows it."""
    info = document.get("info", {})
    metadata = {
        "name": _name(document),
        "namespace": "default",
        "owner": document.get("team") or document.get("org", {}).get("team"),
        "description": document.get("description") or info.get("description"),
        "tags": document.get("tags"),
    }
    spec = {key: document.get(key) for key in ("tier", "lifecycle", "languages", "type")}
    return {
        "apiVersion": "v3" if document["schema-version"] == "v1" else document["schema-version"],
        "kind": "service",
        "metadata": _filled(metadata),
        "spec": _filled(spec),
    }


def _name(document: Shape) -> str:
    return str(document.get("dd-service") or document.get("info", {}).get("dd-service") or "")


def entity(document: Shape) -> Shape:
    """Return an entity of the catalog as a list shows it; its document comes beside it."""
    metadata = document["metadata"]
    about = {
        "apiVersion": document["apiVersion"],
        "kind": document["kind"],
        "name": metadata["name"],
        "namespace": metadata.get("namespace", "default"),
        "displayName": metadata.get("displayName"),
        "description": metadata.get("description"),
        "owner": metadata.get("owner"),
        "tags": metadata.get("tags", []),
    }
    id_ = entity_id(document)
    return {
        "id": id_,
        "type": "entity",
        "attributes": _filled(about),
        "meta": {"createdAt": CREATED, "modifiedAt": CREATED, "ingestionSource": "api"},
        "relationships": {"schema": {"data": {"id": f"{id_}-schema", "type": "schema"}}},
    }


def schema_of(document: Shape) -> Shape:
    """Return an entity's document as it is included."""
    return {"id": f"{entity_id(document)}-schema", "type": "schema", "attributes": {"schema": document}}


def entity_id(document: Shape) -> str:
    """Return the id that Datadog gives an entity."""
    metadata = document["metadata"]
    return f"{document['kind']}.{metadata.get('namespace', 'default')}.{metadata['name']}"


def team(each: Team) -> Shape:
    """Return a team."""
    about = {
        "name": each.name,
        "handle": each.handle,
        "summary": each.summary or None,
        "description": each.summary or None,
        "user_count": len(each.members),
        "link_count": 0,
        "is_managed": False,
        "avatar": None,
        "banner": 7,
        "created_at": CREATED,
        "modified_at": CREATED,
        "hidden_modules": None,
        "visible_modules": None,
    }
    return {"id": each.id, "type": "team", "attributes": about}


def membership(each: Team, user: User) -> Shape:
    """Return that a user is in a team."""
    return {
        "id": f"TeamMembership-{each.id}-{user.id}",
        "type": "team_memberships",
        "attributes": {"provisioned_by": None, "provisioned_by_id": None},
        "relationships": {
            "team": {"data": {"id": each.id, "type": "team"}},
            "user": {"data": {"id": user.id, "type": "users"}},
        },
    }


def user(each: User) -> Shape:
    """Return a user."""
    about = {
        "name": each.name or None,
        "handle": each.email,
        "email": each.email,
        "title": each.title or None,
        "status": each.status,
        "disabled": each.status == "Disabled",
        "verified": each.status != "Pending",
        "service_account": each.service_account,
        "mfa_enabled": False,
        "icon": "",
        "created_at": CREATED,
        "modified_at": CREATED,
        "last_login_time": None,
    }
    return {"id": each.id, "type": "users", "attributes": about, "relationships": {"roles": {"data": []}}}


def objective(each: Objective) -> Shape:
    """Return an objective as the search finds it."""
    reckoned: Shape = {
        "error_budget_remaining": each.budget_left,
        "raw_error_budget_remaining": None,
        "indexed_at": CREATED_AT,
        "span_precision": 3,
        "state": each.state,
    }
    about: Shape = {
        "name": each.name,
        "description": None,
        "all_tags": list(each.tags),
        "service_tags": [tag for tag in each.tags if tag.startswith("service:")],
        "env_tags": [tag for tag in each.tags if tag.startswith("env:")],
        "team_tags": [tag for tag in each.tags if tag.startswith("team:")],
        "slo_type": "metric",
        "created_at": CREATED_AT,
        "modified_at": CREATED_AT,
        "creator": None,
        "groups": None,
        "monitor_ids": None,
        "query": {**QUERY, "metrics": None},
        "thresholds": [{**_threshold(each), "warning": None, "warning_display": None}],
        "status": {"sli": each.status, "calculation_error": None, **reckoned},
        "overall_status": [
            {
                "status": each.status,
                "error": None,
                "target": each.target,
                "timeframe": each.timeframe,
                **reckoned,
            }
        ],
    }  # fmt: skip
    if each.status is None:
        about |= {"overall_status": [], "status": {"calculation_error": "not yet", "state": "no_data"}}
    return {"data": {"id": each.id, "type": "slo", "attributes": about}}


def _threshold(each: Objective) -> Shape:
    return {"timeframe": each.timeframe, "target": each.target, "target_display": f"{each.target:g}"}


def listed_objective(each: Objective) -> Shape:
    """Return an objective as the list of v1 has it, which does not say how it stands."""
    return {
        "id": each.id,
        "name": each.name,
        "description": None,
        "tags": list(each.tags),
        "type": "metric",
        "query": QUERY,
        "thresholds": [_threshold(each)],
        "timeframe": each.timeframe,
        "target_threshold": each.target,
        "created_at": CREATED_AT,
        "modified_at": CREATED_AT,
    }


def monitor(each: Monitor) -> Shape:
    """Return a monitor."""
    since = None if each.since is None else each.since.isoformat()
    groups = {}
    if each.multi and each.since is not None:
        at = int(each.since.timestamp())
        groups = {"env:prod": {"name": "env:prod", "status": each.state, "last_triggered_ts": at}}
    return {
        "id": each.id,
        "org_id": 1,
        "name": each.name,
        "type": each.type,
        "query": each.query,
        "message": "",
        "tags": list(each.tags),
        "multi": each.multi,
        "priority": None,
        "overall_state": each.state,
        "overall_state_modified": None if each.multi else since,
        "state": {"groups": groups},
        "options": {"silenced": {}, "thresholds": {"critical": 5.0}, "notify_no_data": False},
        "matching_downtimes": [{"id": 1, "scope": ["*"], "start": CREATED_AT, "end": None}]
        if each.muted
        else [],
        "restricted_roles": None,
        "created": CREATED,
        "modified": CREATED,
        "deleted": None,
    }


def _filled(fields: Shape) -> Shape:
    return {key: value for key, value in fields.items() if value not in (None, [], {})}
