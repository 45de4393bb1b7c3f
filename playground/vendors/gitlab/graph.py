"""The little of GitLab's GraphQL API that has no counterpart in REST: vulnerabilities by severity.

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
    type Project {
      id: ID!
      fullPath: ID!
      name: String!
      vulnerabilitySeveritiesCount(state: [VulnerabilityState!]): VulnerabilitySeveritiesCount
    }
    type ProjectConnection { nodes: [Project], count: Int! }
    type Query { projects(ids: [ID!], first: Int): ProjectConnection }
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
        found = [self._shown(each) for each in self._state.projects.values()]
        found = [each for each in found if wanted is None or each["id"] in wanted]
        return {"nodes": found[: min(first, MOST)], "count": len(found)}

    def _shown(self, project: Project) -> dict[str, Any]:
        counts = project.vulnerabilities
        nothing = {"critical": 0, "high": 0, "medium": 0, "low": 0, "info": 0, "unknown": 0}
        return {
            "id": f"gid://gitlab/Project/{project.id}",
            "fullPath": self._state.project_path(project),
            "name": project.name,
            "vulnerabilitySeveritiesCount": None if counts is None else {**nothing, **counts},
        }


def carried_out(state: State, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Return GraphQL's answer to a query."""
    return dict(graphql_sync(_SCHEMA, query, Root(state), variable_values=variables).formatted)
