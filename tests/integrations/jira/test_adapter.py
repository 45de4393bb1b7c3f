"""What every adapter must stand, for both flavours of Jira."""

from __future__ import annotations

from tests.integrations.adapter_suite import AdapterSuite


class TestJira(AdapterSuite):
    """The suite; `stage` is each flavour in turn."""
