"""Sentry as a source: projects, teams, people, evidence on owners, and how many errors things throw.

Asks over HTTP by `integrations.calling`; Sentry's own SDK, which reports errors to it, has no part in this.
"""

from __future__ import annotations

from domain.errors import BadConfiguration
from integrations.sentry.options import SentryOptions
from integrations.sentry.source import SentrySource
from integrations.sentry.webhook import SentryWebhook
from workflows.ports import Connected, Integration, Opening, Webhook


def open_source(opening: Opening) -> Connected:
    """Return a source that reads an organization; asks nobody. Raises BadConfiguration without a token."""
    options = _options(opening)
    token = (opening.secret(options.token_env) or "").strip()
    if not token:
        raise BadConfiguration(
            f"the source {opening.name!r} needs a Sentry token, and {options.token_env} is not set",
            f"Set it, or {options.token_env}_FILE, to the token of an internal integration.",
        )
    return SentrySource(opening.name, options, token, opening.clock)


def open_webhook(opening: Opening) -> Webhook:
    """Return what understands Sentry's webhooks. Raises BadConfiguration when their secret is missing."""
    options = _options(opening)
    secret = (opening.secret(options.webhook_secret_env) or "").strip()
    if not secret:
        raise BadConfiguration(
            f"webhooks of {opening.name!r} need a secret, and {options.webhook_secret_env} is not set",
            f"Set it, or {options.webhook_secret_env}_FILE, to the internal integration's client secret.",
        )
    return SentryWebhook(options, secret)


def _options(opening: Opening) -> SentryOptions:
    if not isinstance(opening.options, SentryOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not Sentry's", "Write type: sentry.")
    return opening.options


INTEGRATION = Integration(
    name="sentry", title="Sentry", options=SentryOptions, open=open_source, webhook=open_webhook
)
