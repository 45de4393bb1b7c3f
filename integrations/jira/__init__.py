"""Jira as a source: who leads what, and how many bugs and incidents are open, in the cloud or a data center.

A source reads and never writes; `open_tickets` makes what creates issues for workflows.
"""

from __future__ import annotations

from integrations.jira.api import connect, options_of
from integrations.jira.options import JiraOptions
from integrations.jira.source import JiraSource
from integrations.jira.tickets import JiraTickets
from integrations.jira.webhook import JiraWebhook
from workflows.ports import Connected, Integration, Opening


def open_source(opening: Opening) -> Connected:
    """Return a source that reads one Jira; opens no connection. Raises BadConfiguration without a token."""
    return JiraSource(opening.name, options_of(opening), connect(opening), opening.clock)


def open_tickets(opening: Opening) -> JiraTickets:
    """Return what creates issues; opens no connection. Raises BadConfiguration without a token."""
    return JiraTickets(connect(opening))


INTEGRATION = Integration(
    name="jira", title="Jira", options=JiraOptions, open=open_source, webhook=JiraWebhook
)
