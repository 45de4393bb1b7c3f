"""How GraphQL's types are read off the state: one table of resolvers, and pages of connections.

Changes nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playground.vendors.github.state import Guarding, Merge, Organization, Person, Repository, Team, object_id

Resolver = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit of a repository's default branch."""

    repository: Repository


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder at the newest commit; empty path: the top."""

    repository: Repository
    path: str


@dataclass(frozen=True, slots=True)
class File:
    """A file at the newest commit."""

    repository: Repository
    path: str

    @property
    def text(self) -> str:
        """What is in it."""
        return self.repository.files[self.path]


@dataclass(frozen=True, slots=True)
class Branch:
    """The default branch."""

    repository: Repository


def stamp(at: datetime | None) -> str | None:
    """Return a time as GitHub writes it: `2026-03-01T10:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def page(items: Sequence[Any], first: int | None, after: str | None, **more: Any) -> dict[str, Any]:
    """Return one page of a connection; `edges` are given with the cursor where they have more than a node."""
    start = int(base64.b64decode(after).decode().removeprefix("cursor:v2:")) if after else 0
    end = len(items) if first is None else min(len(items), start + first)
    cursor = base64.b64encode(f"cursor:v2:{end}".encode()).decode()
    return {
        "nodes": list(items[start:end]),
        "totalCount": len(items),
        "pageInfo": {
            "endCursor": cursor if end > start else None,
            "startCursor": None,
            "hasNextPage": end < len(items),
            "hasPreviousPage": start > 0,
        },
        **more,
    }


def with_edges(connection: dict[str, Any], **extra: Callable[[Any], Any]) -> dict[str, Any]:
    """Add edges to a page, each with its node and what `extra` says of it."""
    connection["edges"] = [
        {"cursor": "", "node": node, **{name: of(node) for name, of in extra.items()}}
        for node in connection["nodes"]
    ]
    return connection


def ordered(repositories: Sequence[Repository], order: Mapping[str, str] | None) -> list[Repository]:
    """Return repositories in the order that was asked for; those without a push come last."""
    if not order:
        return list(repositories)
    keys: dict[str, Callable[[Repository], Any]] = {
        "PUSHED_AT": lambda each: (each.pushed_at or datetime.min.replace(tzinfo=UTC), each.number),
        "UPDATED_AT": lambda each: (each.updated_at, each.number),
        "CREATED_AT": lambda each: (each.created_at, each.number),
        "NAME": lambda each: each.name.lower(),
        "STARGAZERS": lambda each: each.number,
    }
    return sorted(repositories, key=keys[order["field"]], reverse=order["direction"] == "DESC")


def git_object(repository: Repository, expression: str) -> Head | Folder | File | None:
    """Return what `HEAD`, `HEAD:` or `HEAD:some/path` leads to."""
    revision, colon, path = expression.partition(":")
    if not repository.files or revision not in ("HEAD", repository.default_branch):
        return None
    if not colon:
        return Head(repository)
    if path in repository.files:
        return File(repository, path)
    inside = any(each.startswith(f"{path}/") for each in repository.files) if path else True
    return Folder(repository, path) if inside else None


def entries(folder: Folder) -> list[dict[str, Any]]:
    """Return what is in a folder, folders first."""
    prefix = f"{folder.path}/" if folder.path else ""
    found: dict[str, dict[str, Any]] = {}
    for path, text in sorted(folder.repository.files.items()):
        if not path.startswith(prefix):
            continue
        name, deeper, _ = path[len(prefix) :].partition("/")
        whole = prefix + name
        found[name] = {
            "name": name,
            "path": whole,
            "type": "tree" if deeper else "blob",
            "mode": 0o40000 if deeper else 0o100644,
            "size": 0 if deeper else len(text.encode()),
            "oid": object_id(whole if deeper else text),
            "object": Folder(folder.repository, whole) if deeper else File(folder.repository, whole),
        }
    return sorted(found.values(), key=lambda each: (each["type"] == "blob", each["name"]))


def rules(guarding: Guarding | None) -> list[dict[str, Any]]:
    """Return the rules of a ruleset, or none for a branch protection rule."""
    if guarding is None or not guarding.ruleset:
        return []
    found: list[dict[str, Any]] = [{"id": "RRU_1", "type": "DELETION", "parameters": None}]
    if not guarding.force_push:
        found.append({"id": "RRU_2", "type": "NON_FAST_FORWARD", "parameters": None})
    if guarding.reviews:
        reviews = {"requiredApprovingReviewCount": guarding.reviews, "requireCodeOwnerReview": False}
        found.append(
            {
                "id": "RRU_3",
                "type": "PULL_REQUEST",
                "parameters": {"__typename": "PullRequestParameters", **reviews},
            }
        )
    if guarding.checks:
        named = [{"context": each, "integrationId": None} for each in guarding.checks]
        parameters = {
            "__typename": "RequiredStatusChecksParameters",
            "requiredStatusChecks": named,
            "strictRequiredStatusChecksPolicy": False,
        }
        found.append({"id": "RRU_4", "type": "REQUIRED_STATUS_CHECKS", "parameters": parameters})
    return found


def protection(guarding: Guarding | None) -> dict[str, Any] | None:
    """Return the branch protection rule; None where there is none."""
    if guarding is None or guarding.ruleset:
        return None
    return {
        "id": "BPR_1",
        "pattern": "main",
        "allowsForcePushes": guarding.force_push,
        "requiresApprovingReviews": guarding.reviews > 0,
        "requiredApprovingReviewCount": guarding.reviews,
        "requiresStatusChecks": bool(guarding.checks),
        "requiredStatusCheckContexts": list(guarding.checks),
    }


def pull_requests(
    repository: Repository, organization: Organization, states: Sequence[str] | None
) -> list[dict[str, Any]]:
    """Return pull requests in these states, the newest first."""
    wanted = set(states or ("OPEN", "CLOSED", "MERGED"))
    opened = [
        {
            "id": f"PR_{repository.number}_{number}",
            "number": 5_000 + number,
            "state": "OPEN",
            "merged": False,
            "mergedAt": None,
            "mergedBy": None,
            "updatedAt": stamp(repository.pushed_at or repository.created_at),
        }
        for number in range(repository.open_pull_requests if "OPEN" in wanted else 0)
    ]
    merged = sorted(repository.merges, key=lambda each: each.at, reverse=True) if "MERGED" in wanted else []
    return opened + [_merged(each, repository, organization) for each in merged]


def _merged(merge: Merge, repository: Repository, organization: Organization) -> dict[str, Any]:
    by: Any = organization.people.get(merge.login) or {
        "__typename": "Bot" if merge.bot else "User",
        "id": f"U_{merge.login}",
        "login": merge.login,
        "email": "",
        "url": "",
    }
    return {
        "id": f"PR_{repository.number}_{merge.number}",
        "number": merge.number,
        "state": "MERGED",
        "merged": True,
        "mergedAt": stamp(merge.at),
        "mergedBy": by,
        "updatedAt": stamp(merge.at),
    }


def type_name(value: Any, *_: Any) -> str:
    """Return the GraphQL type of a value of the state."""
    if isinstance(value, dict):
        return str(value["__typename"])
    names = {Organization: "Organization", Person: "User", Team: "Team", Repository: "Repository"}
    return {**names, Head: "Commit", Folder: "Tree", File: "Blob"}[type(value)]
