"""A portal on the air: index, Socket Mode and clock started in order and stopped in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.portal import Portal
from bot.schedule import start_schedule
from bot.slack_app import build_app
from bot.socket_mode import Connections
from domain.errors import BadConfiguration
from handlers.portal import Portal as SlackPortal

log = structlog.get_logger("idp")


@contextmanager
def serving(portal: Portal) -> Iterator[Connections]:
    """Serve Slack while the context lasts.

    It is entered when the bot can be asked: the index is built before the connections open, so that nobody
    waits for it. Leaving it stops the clock, answers what is in flight, and closes the connections.
    """
    connections = _connections(portal)
    portal.index.refresh()
    connections.start()
    # What is there now stays: the collector need not walk it (50 ms) in the middle of somebody's question.
    gc.collect()
    gc.freeze()
    schedule = start_schedule(portal)
    log.info("serving", connections=connections.connected(), catalog_version=portal.index.current.version)
    try:
        yield connections
    finally:
        schedule.shutdown(wait=True)
        answered = connections.stop()
        log.info("stopped", everything_answered=answered)


def _connections(portal: Portal) -> Connections:
    environment = portal.settings.environment
    token = environment.slack_app_token
    if token is None:
        raise BadConfiguration(
            "SLACK_APP_TOKEN is not set",
            "Make an app-level token with connections:write under Basic Information and export it (xapp-…).",
        )
    return Connections(
        build_app(environment, SlackPortal(portal.questions, portal.catalog, portal.clock)),
        token.get_secret_value(),
    )
