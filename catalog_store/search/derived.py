"""The ids that follow from an entity's fields: where its files are, and what runs of it.

They are found whole or not at all, like a vendor's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.entities import Json

CODE_RULES = "codeowners:"
"""Before a repository's `owner/name`: the entities that keep its CODEOWNERS rules."""
FOLDER = "at:"
"""Before `owner/name#folder`, lower case: the components whose files are in that folder; before `owner/name`
alone: all that are in any folder of it."""
WORKLOAD = "workload:"
"""Before `kind/name`, `namespace/kind/name` and `cluster/namespace/kind/name`, lower case."""
DERIVING = frozenset({"codeowners", "repository_path", "workloads"})
"""The fields of which an entity has at least one that has any ids."""


def ids(fields: Mapping[str, Json], *, is_component: bool) -> Iterator[str]:
    """Yield them, possibly more than once."""
    slug = fields.get("repository")
    if isinstance(slug, str) and slug:
        if fields.get("codeowners"):
            yield f"{CODE_RULES}{slug}"
        folder = fields.get("repository_path")
        if is_component and isinstance(folder, str) and folder:
            yield f"{FOLDER}{slug}#{folder}"
            yield f"{FOLDER}{slug}"
    workloads = fields.get("workloads")
    for each in workloads if isinstance(workloads, list) else ():
        if isinstance(each, Mapping) and each.get("name"):
            named = f"{each.get('kind')}/{each['name']}"
            within = f"{each.get('namespace')}/{named}"
            yield f"{WORKLOAD}{named}"
            yield f"{WORKLOAD}{within}"
            yield f"{WORKLOAD}{each.get('cluster')}/{within}"
