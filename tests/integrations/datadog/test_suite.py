"""The Datadog adapter stands what every adapter must."""

from __future__ import annotations

from tests.integrations.adapter_suite import AdapterSuite


class TestDatadog(AdapterSuite):
    """Each of the suite's tests."""
