"""The table of resolvers: for each type and field of the schema that is no plain key, how it is answered.

Decides nothing on limits or faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from playground.vendors.github.answers import (
    Branch,
    Head,
    Resolver,
    entries,
    git_object,
    ordered,
    page,
    protection,
    pull_requests,
    rules,
    stamp,
    with_edges,
)
from playground.vendors.github.state import Organization, Person, Repository, Team, object_id

Info = GraphQLResolveInfo[Any]


def not_found(message: str) -> GraphQLError:
    """Return the error with which GitHub says that there is nothing, or nothing that the token sees."""
    return GraphQLError(message, extensions={"type": "NOT_FOUND"})


def state(info: Info) -> Organization:
    """Return the organization that a request is about."""
    found: Organization = info.context["organization"]
    return found


def web(info: Info) -> str:
    """Return where people see this GitHub, without a slash at the end."""
    return str(info.context["web"])


def _organization(_root: Any, info: Info, login: str) -> Organization:
    found = state(info)
    if login.lower() != found.login.lower():
        raise not_found(f"Could not resolve to an Organization with the login of '{login}'.")
    return found


def _repository(
    _root: Any,
    info: Info,
    owner: str,
    name: str,
    followRenames: bool = True,  # noqa: N803
) -> Repository:
    found = state(info).named(owner, name)
    if found is None and followRenames:
        found = state(info).formerly(owner, name)
    if found is None:
        raise not_found(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


def _node(_root: Any, info: Info, id: str) -> Any:
    organization = state(info)
    known: Any = organization.visible(id)
    if known is None:
        others: tuple[Any, ...] = (organization, *organization.people.values(), *organization.teams.values())
        known = next((each for each in others if each.id == id), None)
    if known is None:
        raise not_found(f"Could not resolve to a node with the global id of '{id}'")
    return known


def _nodes(_root: Any, info: Info, ids: list[str]) -> list[Any]:
    return [_node_or_error(info, each) for each in ids]


def _node_or_error(info: Info, id_: str) -> Any:
    try:
        return _node(None, info, id_)
    except GraphQLError as error:
        return error


def _repositories(
    organization: Organization, _info: Info, first: int | None = None, after: str | None = None,
    isFork: bool | None = None, isArchived: bool | None = None,  # noqa: N803
    orderBy: Mapping[str, str] | None = None,  # noqa: N803
) -> dict[str, Any]:  # fmt: skip
    found = [
        each
        for each in organization.own()
        if (isFork is None or each.fork == isFork) and (isArchived is None or each.archived == isArchived)
    ]
    return page(ordered(found, orderBy), first, after)


def _members(
    organization: Organization, _info: Info, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    people = page(list(organization.people.values()), first, after)
    return with_edges(people, role=lambda each: "ADMIN" if each.admin else "MEMBER")


def _teams(
    organization: Organization, _info: Info, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    return page(list(organization.teams.values()), first, after)


def _team_members(
    team: Team, info: Info, first: int | None = None, after: str | None = None,
    membership: str = "ALL",
) -> dict[str, Any]:  # fmt: skip
    organization = state(info)
    logins = list(team.members)
    if membership == "ALL":
        below = [each for each in organization.teams.values() if each.parent == team.slug]
        logins += [login for each in below for login in each.members if login not in logins]
    return page([organization.people[each] for each in logins if each in organization.people], first, after)


def _team_repositories(
    team: Team, info: Info, first: int | None = None, after: str | None = None,
    query: str = "",
) -> dict[str, Any]:  # fmt: skip
    found = [
        each
        for each in state(info).own()
        if team.slug in each.teams and (not query or query.lower() in each.name.lower())
    ]
    return with_edges(page(found, first, after), permission=lambda each: each.teams[team.slug].upper())


def _languages(
    repository: Repository, _info: Info, first: int | None = None, after: str | None = None,
    **_order: Any,
) -> dict[str, Any]:  # fmt: skip
    ranked = sorted(repository.languages.items(), key=lambda pair: -pair[1])
    named = [{"id": f"LA_{name}", "name": name, "size": size} for name, size in ranked]
    return with_edges(page(named, first, after, totalSize=sum(repository.languages.values())),
                      size=lambda each: each["size"])  # fmt: skip


def _topics(
    repository: Repository, info: Info, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    named = [
        {"id": f"RT_{each}", "url": f"{web(info)}/topics/{each}", "topic": {"id": f"TO_{each}", "name": each}}
        for each in repository.topics
    ]
    return page(named, first, after)


def _alerts(
    repository: Repository, _info: Info, first: int | None = None, after: str | None = None,
    states: list[str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    open_ones = [
        {"id": f"RVA_{severity}_{number}", "state": "OPEN", "securityVulnerability": {"severity": severity}}
        for severity, count in repository.alerts.items()
        for number in range(count)
    ]
    return page(open_ones if not states or "OPEN" in states else [], first, after)


def _pull_requests(
    repository: Repository, info: Info, first: int | None = None, after: str | None = None,
    states: list[str] | None = None, **_order: Any,
) -> dict[str, Any]:  # fmt: skip
    return page(pull_requests(repository, state(info), states), first, after)


def _release(repository: Repository, info: Info) -> dict[str, Any] | None:
    if repository.release is None:
        return None
    tag, at = repository.release
    url = f"{web(info)}/{repository.slug}/releases/tag/{tag}"
    when = {"publishedAt": stamp(at), "createdAt": stamp(at)}
    return {"id": f"RE_{repository.number}", "tagName": tag, "url": url, "isDraft": False, **when}


def _rollup(head: Head, _info: Info) -> dict[str, Any] | None:
    checks = head.repository.checks
    return {"id": f"SCR_{head.repository.number}", "state": checks} if checks else None


def _owner(repository: Repository, info: Info) -> Any:
    organization = state(info)
    if repository.owner == organization.login:
        return organization
    return Person(1, repository.owner)


RESOLVERS: Mapping[str, Mapping[str, Resolver]] = {
    "Query": {
        "viewer": lambda _root, info: info.context["viewer"],
        "rateLimit": lambda _root, info, **_: info.context["rate"],
        "organization": _organization,
        "repository": _repository,
        "node": _node,
        "nodes": _nodes,
    },
    "Organization": {
        "databaseId": lambda each, _info: each.number,
        "url": lambda each, info: f"{web(info)}/{each.login}",
        "repositories": _repositories,
        "teams": _teams,
        "team": lambda each, _info, slug: each.teams.get(slug),
        "membersWithRole": _members,
    },
    "User": {
        "databaseId": lambda each, _info: each.number,
        "url": lambda each, info: f"{web(info)}/{each.login}",
        "organizationVerifiedDomainEmails": lambda each, _info, **_: [each.email] if each.email else [],
    },
    "Team": {
        "databaseId": lambda each, _info: each.number,
        "combinedSlug": lambda each, info: f"{state(info).login}/{each.slug}",
        "url": lambda each, info: f"{web(info)}/orgs/{state(info).login}/teams/{each.slug}",
        "parentTeam": lambda each, info: state(info).teams.get(each.parent),
        "members": _team_members,
        "repositories": _team_repositories,
    },
    "Repository": {
        "databaseId": lambda each, _info: each.number,
        "nameWithOwner": lambda each, _info: each.slug,
        "owner": _owner,
        "url": lambda each, info: f"{web(info)}/{each.slug}",
        "description": lambda each, _info: each.description or None,
        "homepageUrl": lambda each, _info: each.homepage or None,
        "visibility": lambda each, _info: each.visibility.upper(),
        "isArchived": lambda each, _info: each.archived,
        "isEmpty": lambda each, _info: not each.files,
        "isFork": lambda each, _info: each.fork,
        "isPrivate": lambda each, _info: each.visibility != "public",
        "isTemplate": lambda each, _info: each.template,
        "createdAt": lambda each, _info: stamp(each.created_at),
        "pushedAt": lambda each, _info: stamp(each.pushed_at),
        "updatedAt": lambda each, _info: stamp(each.updated_at),
        "primaryLanguage": lambda each, _info: _primary(each),
        "languages": _languages,
        "repositoryTopics": _topics,
        "latestRelease": _release,
        "defaultBranchRef": lambda each, _info: Branch(each) if each.files else None,
        "pullRequests": _pull_requests,
        "vulnerabilityAlerts": _alerts,
        "object": lambda each, _info, expression="", oid="": git_object(each, expression or oid),
    },
    "Ref": {
        "id": lambda each, _info: f"REF_{each.repository.number}",
        "name": lambda each, _info: each.repository.default_branch,
        "branchProtectionRule": lambda each, _info: protection(each.repository.guarding),
        "rules": lambda each, _info, first=None, after=None: page(
            rules(each.repository.guarding), first, after
        ),
        "target": lambda each, _info: Head(each.repository),
    },
    "Commit": {
        "id": lambda each, _info: f"C_{each.repository.head}",
        "oid": lambda each, _info: each.repository.head,
        "abbreviatedOid": lambda each, _info: each.repository.head[:7],
        "committedDate": lambda each, _info: stamp(each.repository.pushed_at or each.repository.created_at),
        "url": lambda each, info: f"{web(info)}/{each.repository.slug}/commit/{each.repository.head}",
        "statusCheckRollup": _rollup,
    },
    "Tree": {
        "id": lambda each, _info: f"TR_{each.repository.number}_{each.path}",
        "oid": lambda each, _info: object_id(each.path),
        "entries": lambda each, _info: entries(each),
    },
    "Blob": {
        "id": lambda each, _info: f"B_{each.repository.number}_{each.path}",
        "oid": lambda each, _info: object_id(each.text),
        "byteSize": lambda each, _info: len(each.text.encode()),
        "isBinary": lambda each, _info: "\0" in each.text,
        "isTruncated": lambda _each, _info: False,
        "text": lambda each, _info: None if "\0" in each.text else each.text,
    },
}


def _primary(repository: Repository) -> dict[str, Any] | None:
    ranked = sorted(repository.languages.items(), key=lambda pair: -pair[1])
    return {"id": f"LA_{ranked[0][0]}", "name": ranked[0][0]} if ranked else None
