"""Words for tests that look at files."""

from __future__ import annotations

from collections.abc import Callable

from domain.entities import Claim
from workflows.ports import Look

Reads = Callable[..., Look]


def claims(look: Look, source: str = "backstage") -> dict[str, Claim]:
    """The claims of one source by their ref's short text."""
    return {
        claim.ref.short: claim for each in look.snapshots if each.source == source for claim in each.claims
    }


def component(name: str = "pay", **spec: str) -> str:
    lines = {"type": "service", "lifecycle": "production", "owner": "team-pay", **spec}
    below = "".join(f"  {key}: {value}\n" for key, value in lines.items())
    return f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n{below}"


def said(look: Look) -> list[str]:
    """The findings without their folder, as `file:line: severity: …`."""
    return [str(finding).partition("/catalog/")[2] for finding in look.findings]
