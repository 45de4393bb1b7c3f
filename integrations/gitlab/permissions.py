"""Tries what a look needs of GitLab, one row each, the token first.

Raises nothing: what fails is a row.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import IdpError
from domain.sources import Permission
from integrations.calling.health import entered, refused, told
from integrations.gitlab.answers import Answer, id_of, text
from integrations.gitlab.api import Api, encoded
from integrations.gitlab.failures import Denied
from integrations.gitlab.options import GitLabOptions

_SCOPES = frozenset({"read_api", "api"})


def permissions_of(api: Api, options: GitLabOptions) -> tuple[Permission, ...]:
    """Return the rows that `Connected.validate` promises: the token's scope, and what each group shows it."""
    return (*_tried(api, options), *told(api.skew, api.quota))


def _tried(api: Api, options: GitLabOptions) -> Iterator[Permission]:
    try:
        user = api.one("/user")
    except IdpError as error:
        rows = entered(options.url, options.token_env, error)
        yield from rows
        if rows[-1].granted:
            yield refused("token's user", error)
        return
    yield from entered(options.url, options.token_env, None)
    yield Permission(f"token of {text(user, 'username') or 'an unnamed user'}", True)
    try:
        yield from _scope(api)
        for group in options.group:
            yield from _group(api, group)
    except IdpError as error:
        yield refused("the rest", error)


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
        return [refused(f"group {group}", error)]
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
