"""Counts open vulnerabilities: by GraphQL, since REST has no count and would list every one of them.

Only GitLab Ultimate knows any; elsewhere, and without the right to see them, a project has no count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from integrations.gitlab.answers import global_id, inside, number_in, objects, text, whole
from integrations.gitlab.api import Api

BATCH = 50
"""Projects a query: well below GitLab's limits of 100 a page and of a query's complexity."""

_QUERY = """
query vulnerabilities($ids: [ID!], $first: Int) {
  projects(ids: $ids, first: $first) {
    nodes {
      id
      vulnerabilitySeveritiesCount(state: [DETECTED, CONFIRMED]) { critical high medium low }
    }
  }
}
"""
_NAMES = {"critical": "critical", "high": "high", "medium": "moderate", "low": "low"}


def alerts_of(api: Api, projects: Sequence[int]) -> Iterator[tuple[int, Mapping[str, int]]]:
    """Yield the open vulnerabilities of each project that shows them, by severity."""
    for start in range(0, len(projects), BATCH):
        ids = [global_id("Project", each) for each in projects[start : start + BATCH]]
        data = api.ask(_QUERY, {"ids": ids, "first": BATCH})
        if data is None:
            return
        for node in objects(inside(data, "projects"), "nodes"):
            number = number_in(text(node, "id"), "Project")
            counts = inside(node, "vulnerabilitySeveritiesCount")
            if number is not None and counts:
                yield number, {ours: whole(counts, theirs) or 0 for theirs, ours in _NAMES.items()}
