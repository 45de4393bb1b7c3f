"""Datadog as a source: services, what calls what, SLOs, monitors, teams and people.

Reads and never writes; asks the HTTP API itself.
"""

from __future__ import annotations

from domain.errors import BadConfiguration
from integrations.calling.client import Caller, Target
from integrations.datadog.options import DatadogOptions
from integrations.datadog.source import DatadogSource
from workflows.ports import Connected, Integration, Opening

API_KEY, APP_KEY = "DD_API_KEY", "DD_APP_KEY"


def open_source(opening: Opening) -> Connected:
    """Return a source that reads one organization; asks nobody. Raises BadConfiguration for a missing key."""
    options = opening.options
    if not isinstance(options, DatadogOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not Datadog's", "Write type: datadog.")
    target = Target(opening.name, "Datadog", options.api, f"{API_KEY} and {APP_KEY}")
    caller = Caller(
        target,
        {
            "dd-api-key": _key(opening, API_KEY, "API key"),
            "dd-application-key": _key(opening, APP_KEY, "application key of a service account"),
        },
        clock=opening.clock,
        timeout=options.timeout_seconds,
    )
    return DatadogSource(opening.name, options, target, caller, opening.clock)


def _key(opening: Opening, variable: str, what: str) -> str:
    key = (opening.secret(variable) or "").strip()
    if not key or not key.isascii() or not key.isprintable():
        problem = "is not set" if not key else "holds characters that no key has"
        raise BadConfiguration(
            f"the source {opening.name!r} needs {API_KEY} and {APP_KEY}, and {variable} {problem}",
            f"Set it, or {variable}_FILE, to an {what}.",
        )
    return key


INTEGRATION = Integration(name="datadog", title="Datadog", options=DatadogOptions, open=open_source)
