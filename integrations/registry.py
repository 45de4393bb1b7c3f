"""The one table of integrations: ours by name, third parties' by the entry-point group `idp.integrations`.

Loads the one that is asked for and no other: an extra that is not installed costs nobody anything.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from domain.errors import BadConfiguration
from workflows.ports import Integration

GROUP = "idp.integrations"

OURS: Mapping[str, str] = {
    "github": "integrations.github",
    "gitlab": "integrations.gitlab",
    "kubernetes": "integrations.kubernetes",
    "slack": "integrations.slack",
    "http": "integrations.http",
    "sentry": "integrations.sentry",
    "datadog": "integrations.datadog",
    "jira": "integrations.jira",
    "pagerduty": "integrations.pagerduty",
}
"""By type, the package that holds the value INTEGRATION."""


def known_types() -> tuple[str, ...]:
    """Return every type that `idp.yaml` may name, sorted."""
    return tuple(sorted({*OURS, *_theirs()}))


def load(type_: str) -> Integration:
    """Return an integration. Raises BadConfiguration for an unknown type, or one that cannot be loaded."""
    if type_ in OURS:
        found: object = importlib.import_module(OURS[type_]).INTEGRATION
    elif (entry := _theirs().get(type_)) is not None:
        try:
            found = entry.load()
        except (ImportError, AttributeError, SyntaxError) as error:
            raise BadConfiguration(
                f"the integration {type_!r} ({entry.value}) cannot be loaded: {error}",
                "Reinstall its package.",
            ) from error
    else:
        raise BadConfiguration(
            f"there is no integration {type_!r}", f"Types of sources: {', '.join(known_types())}"
        )
    if not isinstance(found, Integration):
        raise BadConfiguration(
            f"the integration {type_!r} is no workflows.ports.Integration", "Report this to who wrote it."
        )
    return found


def _theirs() -> Mapping[str, EntryPoint]:
    return {each.name: each for each in entry_points(group=GROUP) if each.name not in OURS}
