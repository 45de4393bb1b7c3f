"""The Slack directory stands what every adapter must stand."""

from __future__ import annotations

from tests.integrations.adapter_suite import AdapterSuite


class TestSlack(AdapterSuite):
    """The stage is this folder's."""
