"""Builds the Bolt app: tokens in, an app with every listener out. Opens no connection but `auth.test`."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

import handlers
from bot.settings import Environment
from domain.errors import BadConfiguration, OutsideFailure
from handlers.portal import Portal

LISTENER_THREADS = 32
"""Bolt's default of 5 threads is shared by all listeners and lazy listeners; a burst would wait for them."""
WEB_API_TIMEOUT = 10
"""Seconds for one call of the Web API; the SDK's default is 30."""


def web_client(environment: Environment) -> WebClient:
    """Return a Web API client that waits out 429s and retries broken connections and server errors.

    Raises BadConfiguration when there is no bot token.
    """
    token = environment.slack_bot_token
    if token is None:
        raise BadConfiguration(
            "SLACK_BOT_TOKEN is not set",
            "Install the app to your workspace (idp manifest prints it) and export its xoxb- token.",
        )
    return WebClient(
        token=token.get_secret_value(),
        base_url=environment.slack_api_base_url.rstrip("/") + "/",
        timeout=WEB_API_TIMEOUT,
        retry_handlers=[
            ConnectionErrorRetryHandler(max_retry_count=2),
            RateLimitErrorRetryHandler(max_retry_count=3),
            ServerErrorRetryHandler(max_retry_count=2),
        ],
    )


def build_app(environment: Environment, portal: Portal) -> App:
    """Return the app with every listener registered.

    Listeners answer before the acknowledgement leaves (`process_before_response`), so that a read question
    costs no second call; slower work is lazy. Raises OutsideFailure when Slack refuses the token or does not
    answer, BadConfiguration when there is none.
    """
    client = web_client(environment)
    logger = logging.getLogger("slack_bolt")
    logger.addFilter(_is_news)
    try:
        app = App(
            client=client,
            logger=logger,
            process_before_response=True,
            listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
            # The three below are for requests over HTTP; Socket Mode authenticates its connection instead.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
        )
    except SlackApiError as error:
        code = error.response.get("error", "unknown_error")
        raise OutsideFailure(
            f"Slack refuses the bot token: {code}", "Check SLACK_BOT_TOKEN with: idp doctor"
        ) from error
    except (BoltError, URLError, OSError) as error:
        raise OutsideFailure(
            f"Slack does not answer at {client.base_url}: {error}",
            "Check the network and SLACK_API_BASE_URL.",
        ) from error
    handlers.register(app, portal)
    return app


def _is_news(record: logging.LogRecord) -> bool:
    """Tell Bolt's remark that SLACK_BOT_TOKEN is set beside a client (the client has it) from the rest."""
    return "`token` will be unused" not in record.getMessage()
