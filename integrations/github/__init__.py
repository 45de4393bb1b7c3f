"""GitHub: repositories, teams and people by GraphQL; webhooks; tokens and GitHub Apps."""

from __future__ import annotations

from integrations.github.options import GitHubOptions
from integrations.github.source import GitHubSource
from integrations.github.webhook import GitHubWebhook
from workflows.ports import Integration

INTEGRATION = Integration(
    name="github", title="GitHub", options=GitHubOptions, open=GitHubSource, webhook=GitHubWebhook
)
