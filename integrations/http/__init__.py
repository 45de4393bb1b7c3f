"""Any JSON API as a source: where its items are, how its pages go on, and what each item says.

Knows no vendor; what is asked for stands in `idp.yaml`, and credentials come from the environment.
"""

from __future__ import annotations

from integrations.http.options import HttpOptions
from integrations.http.source import open_source
from workflows.ports import Integration

INTEGRATION = Integration("http", "JSON over HTTP", HttpOptions, open_source)
