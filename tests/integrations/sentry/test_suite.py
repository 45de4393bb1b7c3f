"""What every adapter must stand, by Sentry's."""

from __future__ import annotations

from tests.integrations.adapter_suite import AdapterSuite


class TestSentry(AdapterSuite):
    """The suite; `stage` is this folder's."""
