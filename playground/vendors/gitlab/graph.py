"""The little of GitLab's GraphQL API that REST has not, or not so well: vulnerabilities by severity, texts.

A query for anything else gets GraphQL's own error, as from a GitLab that is too old for it.
"""

from __future__ import annotations

from typing import Any

from graphql import build_schema, graphql_sync

from playground.vendors.gitlab.state import Project, State

_SCHEMA = build_schema(
    """
    enum VulnerabilityState { CONFIRMED DETECTED DISMISSED RESOLVED }
    type VulnerabilitySeveritiesCount { critical: Int high: Int medium: Int low: Int info: Int unknown: Int }
    type RepositoryBlob { path: String!, name: String, rawTextBlob: String }
    type RepositoryBlobConnection { nodes: [RepositoryBlob] }
    type Repository { rootRef: String, blobs(paths: [String!]!, ref: String): RepositoryBlobConnection }
    type Project {
      id: ID!
      repository: Repository
      fullPath: ID!
      name: String!
      vulnerabilitySeveritiesCount(state: [VulnerabilityState!]): VulnerabilitySeveritiesCount
    }
    type ProjectConnection { nodes: [Project], count: Int! }
    type Query {
      projects(ids: [ID!], first: Int): ProjectConnection
      project(fullPath: ID!): Project
    }
    """
)
MOST = 100


class Root:
    """Resolves the fields of Query."""

    def __init__(self, state: State) -> None:
        self._state = state

    def projects(self, _info: object, ids: list[str] | None = None, first: int = MOST) -> dict[str, Any]:
        """Return projects by their Global IDs, or all."""
        wanted = None if ids is None else set(ids)
        found = [each for each in self._state.projects.values() if wanted is None or _id(each) in wanted]
        return {"nodes": [self._shown(each) for each in found[: min(first, MOST)]], "count": len(found)}

    def project(self, _info: object, fullPath: str) -> dict[str, Any] | None:  # noqa: N803 - GraphQL's name
        """Return a project by its full path; None when there is none."""
        found = self._state.project_named(fullPath) if "/" in fullPath else None
        return self._shown(found) if found else None

    def _shown(self, project: Project) -> dict[str, Any]:
        counts = project.vulnerabilities
        nothing = {"critical": 0, "high": 0, "medium": 0, "low": 0, "info": 0, "unknown": 0}
        return {
            "id": _id(project),
            "fullPath": self._state.project_path(project),
            "name": project.name,
            "repository": Repository(project),
            "vulnerabilitySeveritiesCount": None if counts is None else {**nothing, **counts},
        }


def _id(project: Project) -> str:
    return f"gid://gitlab/Project/{project.id}"


class Repository:
    """Resolves the fields of Repository."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.rootRef = project.default_branch if project.files else None  # GraphQL's name

    def blobs(self, _info: object, paths: list[str], ref: str | None = None) -> dict[str, Any]:
        """Return the files that are there, their texts unless they are binary."""
        files = self._project.files if ref in (None, "HEAD", self._project.default_branch) else {}
        found = [(path, files[path]) for path in paths[:MOST] if path in files]
        return {
            "nodes": [{"path": path, "name": path, "rawTextBlob": _text(content)} for path, content in found]
        }


def _text(content: bytes) -> str | None:
    try:
        return None if b"\0" in content else content.decode()
    except UnicodeDecodeError:
        return None


def carried_out(state: State, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Return GraphQL's answer to a query."""
    return dict(graphql_sync(_SCHEMA, query, Root(state), variable_values=variables).formatted)
