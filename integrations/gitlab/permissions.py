"""Tries what a look needs of GitLab, one row each, the token first.

Raises nothing: what fails is a row.
"""

from __future__ import annotations

from domain.errors import IdpError
from domain.sources import Permission
from integrations.gitlab.answers import Answer, id_of, text
from integrations.gitlab.api import Api, Denied, encoded
from integrations.gitlab.options import GitLabOptions

_SCOPES = frozenset({"read_api", "api"})


def permissions_of(api: Api, options: GitLabOptions) -> tuple[Permission, ...]:
    """Return the token, its scope, and what it may read of each group."""
    try:
        user = api.one("/user")
    except IdpError as error:
        return (Permission("token", False, str(error), error.hint),)
    rows = [Permission(f"token of {text(user, 'username') or 'an unnamed user'}", True)]
    try:
        rows += _scope(api)
        for group in options.group:
            rows += _group(api, group)
    except IdpError as error:
        rows.append(Permission("the rest", False, str(error), error.hint))
    return tuple(rows)


def _scope(api: Api) -> list[Permission]:
    """Return whether the token's scope suffices; nothing where GitLab does not say (OAuth tokens)."""
    token = api.maybe("/personal_access_tokens/self")
    if token is None:
        return []
    scopes = {each for each in token.get("scopes") or () if isinstance(each, str)}
    if scopes & _SCOPES:
        return [Permission("scope read_api", True)]
    has = ", ".join(sorted(scopes)) or "none"
    return [
        Permission("scope read_api", False, f"the token has {has}", "Create a token with the scope read_api.")
    ]


def _group(api: Api, group: str) -> list[Permission]:
    path = f"/groups/{encoded(group)}"
    try:
        api.one(path, with_projects=False)
        projects = api.first(f"{path}/projects", include_subgroups=True, with_shared=False, per_page=1)
    except Denied as error:
        return [Permission(f"group {group}", False, str(error), error.hint)]
    rows = [Permission(f"group {group}", True), _listable(api, f"{path}/members", f"members of {group}")]
    if projects and projects.items:
        rows += _project(api, projects.items[0])
    return rows


def _project(api: Api, project: Answer) -> list[Permission]:
    """Try one project for all: roles are given by the group."""
    path, slug = f"/projects/{id_of(project, 'project')}", text(project, "path_with_namespace")
    rows = []
    if project.get("empty_repo") is not True and text(project, "default_branch"):
        rows.append(_listable(api, f"{path}/repository/tree", f"files of {slug}"))
    rows.append(_listable(api, f"{path}/merge_requests", f"merge requests of {slug}"))
    rows.append(_listable(api, f"{path}/protected_branches", f"protected branches of {slug}"))
    return rows


def _listable(api: Api, path: str, name: str) -> Permission:
    if api.first(path, per_page=1) is not None:
        return Permission(name, True, optional=True)
    return Permission(
        name, False, "GitLab hides them from this token", "Give it a higher role in the group.", optional=True
    )
