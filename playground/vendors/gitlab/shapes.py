"""GitLab's JSON of users, groups and projects, as its documentation shows it (API v4, GitLab 18).

Has the fields that clients read, and not all of GitLab's hundred.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from playground.vendors.gitlab.state import (
    Group,
    Hook,
    MergeRequest,
    Pipeline,
    Project,
    Release,
    State,
    User,
)

Shape = dict[str, Any]


def iso(at: datetime) -> str:
    """Return a time as GitLab writes it: UTC, milliseconds."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def user(state: State, each: User) -> Shape:
    """Return a user as others see it."""
    return {
        "id": each.id,
        "username": each.username,
        "public_email": None,
        "name": each.name,
        "state": each.state,
        "locked": False,
        "avatar_url": None,
        "web_url": f"{state.url}/{each.username}",
    }


def member(state: State, each: User, level: int) -> Shape:
    """Return a member. The e-mail address shows as it does to an owner of an enterprise's users."""
    shown = {"email": each.email} if each.email else {}
    return {
        **user(state, each),
        "access_level": level,
        "expires_at": None,
        "membership_state": "active",
        **shown,
    }


def group(state: State, each: Group) -> Shape:
    """Return a group of a list."""
    path = state.group_path(each.id)
    return {
        "id": each.id,
        "web_url": f"{state.url}/groups/{path}",
        "name": each.name,
        "path": each.path,
        "description": each.description,
        "visibility": "private",
        "full_name": path.replace("/", " / "),
        "full_path": path,
        "parent_id": each.parent,
        "marked_for_deletion_on": None,
        "archived": False,
    }


def project(state: State, each: Project) -> Shape:
    """Return a project, alone or of a list."""
    path = state.project_path(each)
    url = f"{state.url}/{path}"
    origin = state.projects.get(each.forked_from) if each.forked_from else None
    fork: Shape = {}
    if origin:
        fork = {"forked_from_project": {"id": origin.id, "path_with_namespace": state.project_path(origin)}}
    return {
        "id": each.id,
        "description": each.description,
        "name": each.name,
        "name_with_namespace": path.replace("/", " / "),
        "path": each.path,
        "path_with_namespace": path,
        "created_at": iso(each.created_at),
        "updated_at": iso(each.updated_at),
        "last_activity_at": iso(each.last_activity_at),
        "default_branch": each.default_branch if each.files else None,
        "empty_repo": not each.files,
        "tag_list": each.topics,
        "topics": each.topics,
        "web_url": url,
        "http_url_to_repo": f"{url}.git",
        "namespace": _namespace(state, state.groups[each.group]),
        "archived": each.archived,
        "visibility": each.visibility,
        "repository_access_level": "enabled",
        "merge_requests_access_level": "enabled",
        "builds_access_level": "enabled",
        "releases_access_level": "enabled",
        "only_allow_merge_if_pipeline_succeeds": each.must_pass,
        "shared_with_groups": [
            _share(state, state.groups[number], level)
            for number, level in each.shared_with.items()
            if number in state.groups
        ],
        "marked_for_deletion_on": None,
        **fork,
    }


def _namespace(state: State, holder: Group) -> Shape:
    return {
        "id": holder.id,
        "name": holder.name,
        "path": holder.path,
        "kind": "group",
        "full_path": state.group_path(holder.id),
        "parent_id": holder.parent,
    }


def _share(state: State, guest: Group, level: int) -> Shape:
    return {
        "group_id": guest.id,
        "group_name": guest.name,
        "group_full_path": state.group_path(guest.id),
        "group_access_level": level,
        "expires_at": None,
    }


def merge_request(state: State, each: MergeRequest, simple: bool = False) -> Shape:
    """Return a merge request; a simple one does not tell who merged it."""
    path = state.project_path(state.projects[each.project])
    shape: Shape = {
        "id": each.id,
        "iid": each.iid,
        "project_id": each.project,
        "title": each.title,
        "state": each.state,
        "created_at": iso(each.created_at),
        "updated_at": iso(each.updated_at),
        "web_url": f"{state.url}/{path}/-/merge_requests/{each.iid}",
    }
    if simple:
        return shape
    merger = user(state, state.users[each.merged_by]) if each.merged_by else None
    return {
        **shape,
        "merged_by": merger,
        "merge_user": merger,
        "merged_at": iso(each.merged_at) if each.merged_at else None,
        "author": user(state, state.users[each.author]),
    }


def pipeline(state: State, each: Pipeline) -> Shape:
    """Return a pipeline of a list."""
    path = state.project_path(state.projects[each.project])
    return {
        "id": each.id,
        "project_id": each.project,
        "status": each.status,
        "source": "push",
        "ref": each.ref,
        "sha": f"{each.id:040x}",
        "web_url": f"{state.url}/{path}/-/pipelines/{each.id}",
        "created_at": iso(each.at),
        "updated_at": iso(each.at),
    }


def release(state: State, owner: Project, each: Release) -> Shape:
    """Return a release."""
    return {
        "tag_name": each.tag,
        "name": each.tag,
        "created_at": iso(each.at),
        "released_at": iso(each.at),
        "upcoming_release": False,
        "_links": {"self": f"{state.url}/{state.project_path(owner)}/-/releases/{each.tag}"},
    }


def protected_branch(number: int, name: str) -> Shape:
    """Return a protected branch, or a pattern of them."""
    level = {"access_level": 40, "access_level_description": "Maintainers", "user_id": None, "group_id": None}
    return {
        "id": number,
        "name": name,
        "push_access_levels": [level],
        "merge_access_levels": [level],
        "allow_force_push": False,
        "code_owner_approval_required": False,
    }


def approval_rule(each: Project) -> Shape:
    """Return the rule that asks for a project's approvals."""
    return {
        "id": each.id,
        "name": "All Members",
        "rule_type": "any_approver",
        "approvals_required": each.approvals,
        "protected_branches": [],
        "applies_to_all_protected_branches": False,
    }


def hook(each: Hook) -> Shape:
    """Return a webhook; GitLab never shows its token."""
    return {
        "id": each.id,
        "url": each.url,
        "group_id": each.group,
        "project_id": each.project,
        "push_events": True,
        "enable_ssl_verification": True,
    }
