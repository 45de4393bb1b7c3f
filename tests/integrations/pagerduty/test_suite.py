"""PagerDuty stands what every adapter must stand."""

from __future__ import annotations

from tests.integrations.adapter_suite import AdapterSuite


class TestPagerDuty(AdapterSuite):
    """The suite, on the fixture `stage`."""
