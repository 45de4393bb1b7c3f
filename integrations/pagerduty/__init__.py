"""PagerDuty as a source: services, who is on call for them, what is broken, and the people who are called.

Reads and never writes.
"""

from __future__ import annotations

from integrations.pagerduty.options import PagerDutyOptions
from integrations.pagerduty.source import open_source
from integrations.pagerduty.webhook import PagerDutyWebhook
from workflows.ports import Integration

INTEGRATION = Integration("pagerduty", "PagerDuty", PagerDutyOptions, open_source, PagerDutyWebhook)
