"""GitLab as a source: projects, groups, people and the files that tell who owns what.

Reads and never writes. python-gitlab is loaded when a source is opened, no sooner: it is an extra.
"""

from __future__ import annotations

from domain.errors import BadConfiguration
from integrations.gitlab.options import GitLabOptions
from integrations.gitlab.webhook import GitLabWebhook
from integrations.hosting.looks import look_of
from workflows.ports import Connected, Integration, Opening, Webhook


def open_source(opening: Opening) -> Connected:
    """Return a source that reads a GitLab; opens no connection.

    Raises BadConfiguration when the extra or the token is missing.
    """
    try:
        from integrations.gitlab.source import GitLabSource  # noqa: PLC0415 - python-gitlab is an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("gitlab", "requests"):
            raise
        raise BadConfiguration(
            f"the source {opening.name!r} needs python-gitlab, which is not installed",
            "pip install 'idp[gitlab]'",
        ) from error
    options = _options(opening)
    token = opening.secret(options.token_env)
    if not token:
        raise BadConfiguration(
            f"the source {opening.name!r} needs a GitLab token, and {options.token_env} is not set",
            f"Set it, or {options.token_env}_FILE, to a group access token with the scope read_api.",
        )
    return GitLabSource(opening.name, options, token, opening.clock, look_of)


def open_webhook(opening: Opening) -> Webhook:
    """Return what understands GitLab's webhooks. Raises BadConfiguration when their secret is missing."""
    options = _options(opening)
    secret = opening.secret(options.webhook_secret_env)
    if not secret:
        raise BadConfiguration(
            f"webhooks of {opening.name!r} need a secret token, and {options.webhook_secret_env} is not set",
            f"Set it, or {options.webhook_secret_env}_FILE, to the hook's secret token.",
        )
    return GitLabWebhook(secret)


def _options(opening: Opening) -> GitLabOptions:
    if not isinstance(opening.options, GitLabOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not GitLab's", "Write type: gitlab.")
    return opening.options


INTEGRATION = Integration(
    name="gitlab", title="GitLab", options=GitLabOptions, open=open_source, webhook=open_webhook
)
