"""How REST and webhooks show repositories, teams and people, in the shapes of GitHub's OpenAPI description.

Pure: reads the state, changes nothing.
"""

from __future__ import annotations

import base64
from typing import Any

from playground.vendors.github.answers import stamp
from playground.vendors.github.hooks import Hook
from playground.vendors.github.state import Organization, Person, Repository, Team, object_id

WEB = "https://github.com"
LINKS = {
    "archive": "/{archive_format}{/ref}", "assignees": "{/user}", "blobs": "{/sha}", "branches": "{/branch}",
    "collaborators": "{/collaborator}", "comments": "{/number}", "commits": "{/sha}",
    "compare": "/{base}...{head}", "contents": "/{+path}", "contributors": "", "deployments": "",
    "downloads": "", "events": "", "forks": "", "hooks": "", "issues": "{/number}", "keys": "{/key_id}",
    "labels": "{/name}", "languages": "", "merges": "", "milestones": "{/number}",
    "notifications": "{?since,all,participating}", "pulls": "{/number}", "releases": "{/id}",
    "stargazers": "", "statuses": "/{sha}", "subscribers": "", "subscription": "", "tags": "", "teams": "",
}  # fmt: skip
DEEPER = {
    "git_commits_url": "git/commits{/sha}", "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}", "trees_url": "git/trees{/sha}",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
}  # fmt: skip
COUNTS = (
    "forks", "forks_count", "stargazers_count", "watchers", "watchers_count",
    "network_count", "subscribers_count",
)  # fmt: skip
REST_PERMISSION = {
    "read": "pull",
    "triage": "triage",
    "write": "push",
    "maintain": "maintain",
    "admin": "admin",
}


def account(login: str, number: int, id_: str, type_: str, api: str) -> dict[str, Any]:
    """Return `simple-user`: a person, an app's bot or an organization as an owner."""
    url = f"{api}/users/{login}"
    return {
        "login": login,
        "id": number,
        "node_id": id_,
        "avatar_url": f"{WEB}/identicons/{login}.png",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{WEB}/{login}",
        "followers_url": f"{url}/followers",
        "following_url": f"{url}/following{{/other_user}}",
        "gists_url": f"{url}/gists{{/gist_id}}",
        "starred_url": f"{url}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{url}/subscriptions",
        "organizations_url": f"{url}/orgs",
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events{{/privacy}}",
        "received_events_url": f"{url}/received_events",
        "type": type_,
        "site_admin": False,
    }


def person(each: Person, api: str) -> dict[str, Any]:
    """Return `simple-user` for a person."""
    return account(each.login, each.number, each.id, "User", api)


def private_person(each: Person, api: str) -> dict[str, Any]:
    """Return what `GET /user` says of the token's own user."""
    counts = dict.fromkeys(
        ("followers", "following", "public_gists", "public_repos", "collaborators", "disk_usage",
         "owned_private_repos", "private_gists", "total_private_repos"), 0,
    )  # fmt: skip
    nothing = dict.fromkeys(("bio", "company", "hireable", "location"))
    times = {"created_at": "2015-03-02T09:00:00Z", "updated_at": "2026-01-12T09:00:00Z"}
    more = {
        "name": each.name or None,
        "email": each.email or None,
        "blog": "",
        "user_view_type": "private",
        "two_factor_authentication": True,
    }
    return {**person(each, api), **counts, **nothing, **times, **more}


def organization_simple(each: Organization, api: str) -> dict[str, Any]:
    """Return `organization-simple`."""
    url = f"{api}/orgs/{each.login}"
    return {
        "login": each.login,
        "id": each.number,
        "node_id": each.id,
        "url": url,
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events",
        "hooks_url": f"{url}/hooks",
        "issues_url": f"{url}/issues",
        "members_url": f"{url}/members{{/member}}",
        "public_members_url": f"{url}/public_members{{/member}}",
        "avatar_url": f"{WEB}/identicons/{each.login}.png",
        "description": each.description or None,
    }


def organization_full(each: Organization, api: str) -> dict[str, Any]:
    """Return `organization-full`."""
    return {
        **organization_simple(each, api),
        "name": each.name or each.login,
        "html_url": f"{WEB}/{each.login}",
        "has_organization_projects": True,
        "has_repository_projects": True,
        "public_repos": sum(one.visibility == "public" for one in each.own()),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "type": "Organization",
        "created_at": "2015-03-02T09:00:00Z",
        "updated_at": "2026-01-12T09:00:00Z",
        "archived_at": None,
    }


def repository(each: Repository, organization: Organization, api: str) -> dict[str, Any]:
    """Return `full-repository`, which has all that `repository` and `minimal-repository` have."""
    url = f"{api}/repos/{each.slug}"
    mine = each.owner == organization.login
    owner = account(each.owner, organization.number if mine else 1, organization.id, "Organization", api)
    language = max(each.languages, key=lambda name: each.languages[name]) if each.languages else None
    return {
        "id": each.number,
        "node_id": each.id,
        "name": each.name,
        "full_name": each.slug,
        "private": each.visibility != "public",
        "visibility": each.visibility,
        "owner": owner,
        "html_url": f"{WEB}/{each.slug}",
        "description": each.description or None,
        "fork": each.fork,
        "url": url,
        **{f"{name}_url": f"{url}/{name}{tail}" for name, tail in LINKS.items()},
        **{name: f"{url}/{tail}" for name, tail in DEEPER.items()},
        "archive_url": f"{url}/{{archive_format}}{{/ref}}",
        "git_url": f"git://github.com/{each.slug}.git",
        "ssh_url": f"git@github.com:{each.slug}.git",
        "clone_url": f"{WEB}/{each.slug}.git",
        "svn_url": f"{WEB}/{each.slug}",
        "homepage": each.homepage or None,
        "mirror_url": None,
        "language": language,
        "topics": list(each.topics),
        "size": sum(map(len, each.files.values())) // 1024,
        "default_branch": each.default_branch,
        "open_issues": each.open_pull_requests,
        "open_issues_count": each.open_pull_requests,
        "is_template": each.template,
        "archived": each.archived,
        **dict.fromkeys(("disabled", "has_pages", "has_discussions"), False),
        **dict.fromkeys(COUNTS, 0),
        **dict.fromkeys(("has_issues", "has_projects", "has_wiki"), True),
        "has_downloads": True,
        "license": None,
        "pushed_at": stamp(each.pushed_at) or stamp(each.created_at),
        "created_at": stamp(each.created_at),
        "updated_at": stamp(each.updated_at),
    }


def team(each: Team, organization: Organization, api: str, *, permission: str = "read") -> dict[str, Any]:
    """Return `team`."""
    above = organization.teams.get(each.parent)
    return {**team_simple(each, organization, api, permission),
            "parent": team_simple(above, organization, api) if above else None}  # fmt: skip


def team_simple(each: Team, organization: Organization, api: str, permission: str = "read") -> dict[str, Any]:
    """Return `team-simple`."""
    url = f"{api}/orgs/{organization.login}/teams/{each.slug}"
    return {
        "id": each.number,
        "node_id": each.id,
        "name": each.name,
        "slug": each.slug,
        "description": each.description or None,
        "privacy": "closed",
        "permission": REST_PERMISSION[permission],
        "type": "organization",
        "url": url,
        "html_url": f"{WEB}/orgs/{organization.login}/teams/{each.slug}",
        "members_url": f"{url}/members{{/member}}",
        "repositories_url": f"{url}/repos",
    }


def team_full(each: Team, organization: Organization, api: str) -> dict[str, Any]:
    """Return `team-full`."""
    return {
        **team(each, organization, api),
        "created_at": "2019-05-06T09:00:00Z",
        "updated_at": "2026-01-12T09:00:00Z",
        "members_count": len(each.members),
        "repos_count": sum(each.slug in one.teams for one in organization.own()),
        "organization": organization_full(organization, api),
    }


def content_file(each: Repository, path: str, api: str) -> dict[str, Any]:
    """Return `content-file`: a file with its text."""
    data = each.files[path].encode()
    return {**content_entry(each, path, "file", api), "size": len(data), "encoding": "base64",
            "content": base64.encodebytes(data).decode()}  # fmt: skip


def content_entry(each: Repository, path: str, type_: str, api: str) -> dict[str, Any]:
    """Return one row of a folder's listing."""
    url = f"{api}/repos/{each.slug}/contents/{path}?ref={each.default_branch}"
    sha = object_id(each.files.get(path, path))
    git = f"{api}/repos/{each.slug}/git/{'blobs' if type_ == 'file' else 'trees'}/{sha}"
    html = f"{WEB}/{each.slug}/{'blob' if type_ == 'file' else 'tree'}/{each.default_branch}/{path}"
    raw = f"https://raw.githubusercontent.com/{each.slug}/{each.default_branch}/{path}"
    return {
        "type": type_,
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": sha,
        "size": len(each.files.get(path, "").encode()),
        "url": url,
        "git_url": git,
        "html_url": html,
        "download_url": raw if type_ == "file" else None,
        "_links": {"self": url, "git": git, "html": html},
    }


def hook(each: Hook, organization: Organization, api: str) -> dict[str, Any]:
    """Return `org-hook`; the secret stays here."""
    url = f"{api}/orgs/{organization.login}/hooks/{each.number}"
    config = {"url": each.url, "content_type": "json", "insecure_ssl": "0"}
    return {
        "id": each.number,
        "type": "Organization",
        "name": "web",
        "active": each.active,
        "events": list(each.events),
        "config": {**config, "secret": "********"} if each.secret else config,
        "url": url,
        "ping_url": f"{url}/pings",
        "deliveries_url": f"{url}/deliveries",
        "created_at": "2026-01-12T09:00:00Z",
        "updated_at": "2026-01-12T09:00:00Z",
    }
