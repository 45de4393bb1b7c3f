"""A portal on the air: index, Socket Mode, clock and webhooks started in order and stopped in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog

from bot.http_server import HttpServer
from bot.news import News
from bot.portal import Portal
from bot.schedule import Steadily, count_unanswered, start_schedule
from bot.slack_app import build_app
from bot.socket_mode import Connections
from bot.watching import Watches
from bot.webhooks import webhook_app
from domain.errors import BadConfiguration
from handlers.portal import Portal as SlackPortal

log = structlog.get_logger("idp")


@contextmanager
def serving(portal: Portal) -> Iterator[Connections]:
    """Serve Slack while the context lasts.

    It is entered when the bot can be asked: the index is built before the connections open, so that nobody
    waits for it. Leaving it stops the clock and every look at a source, answers what is in flight, and closes
    the connections. Raises BadConfiguration for a mistake in a source's block.
    """
    sources = [each.name for each in portal.syncs.sources]
    connections = _connections(portal)
    portal.index.refresh()
    portal.questions.prepare()
    connections.start()
    # What is there now stays: the collector need not walk it (50 ms) in the middle of somebody's question.
    gc.collect()
    gc.freeze()
    with ExitStack() as ending:
        ending.callback(_leave, connections)
        _start_sources(portal, ending)
        version = portal.index.current.version
        log.info("serving", connections=connections.connected(), catalog_version=version, sources=sources)
        yield connections


def _start_sources(portal: Portal, ending: ExitStack) -> None:
    """Start what keeps the catalog fresh; what is to be done at the end goes onto the stack."""
    ending.callback(portal.syncs.stop)
    news = News(portal.syncs)
    environment = portal.settings.environment
    if environment.idp_http_port is not None:
        server = HttpServer(
            webhook_app(portal.syncs, news), host=environment.idp_http_host, port=environment.idp_http_port
        )
        server.start()
        ending.callback(server.stop)
    news.start()
    ending.callback(news.stop)
    Watches(portal.syncs, news).start()
    ending.callback(Steadily("count what found no answer", lambda: count_unanswered(portal)))
    schedule = start_schedule(portal)
    ending.callback(schedule.shutdown, wait=True)


def _leave(connections: Connections) -> None:
    log.info("stopped", everything_answered=connections.stop())


def _for_slack(portal: Portal) -> SlackPortal:
    unfurl = tuple(portal.settings.file.unfurl)
    return SlackPortal(portal.questions, portal.catalog, portal.actions, portal.clock, unfurl)


def _connections(portal: Portal) -> Connections:
    environment = portal.settings.environment
    token = environment.slack_app_token
    if token is None:
        raise BadConfiguration(
            "SLACK_APP_TOKEN is not set",
            "Make an app-level token with connections:write under Basic Information and export it (xapp-…).",
        )
    return Connections(
        build_app(environment, _for_slack(portal)),
        token.get_secret_value(),
    )
