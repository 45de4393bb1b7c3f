"""The clock's ticks: small jobs that keep a running portal fresh. The one place that knows APScheduler."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.due_sources import DueSources
from bot.portal import Portal
from domain.errors import StoreError

log = structlog.get_logger("idp")

DUE_SECONDS = 2
"""How often a replica looks whether a source is due."""
REFRESH_SECONDS = 1
"""How often a replica looks whether the catalog moved: with the rebuild, answers are at most 2 s behind."""
CLAIM_LIFE = timedelta(days=2)
"""How long a claimed event id is kept; Slack redelivers for minutes, so two days are ample."""


COUNT_SECONDS = 30
"""How often is written down what found no answer."""


def count_unanswered(portal: Portal) -> None:
    """Write down what found no answer since the last time."""
    portal.catalog.note_unanswered(portal.questions.tally.take())


class Refreshable(Protocol):
    """An index that can look whether the catalog moved; `LiveIndex` is one."""

    def refresh(self) -> bool:
        """Rebuild when it did. Raises StoreError when the catalog does not answer."""
        ...


class Steadily:
    """A tick that an outage of the database does not end; the outage is told once, and so is its end."""

    def __init__(self, doing: str, job: Callable[[], object]) -> None:
        self._doing = doing
        self._job = job
        self._away = False

    def __call__(self) -> None:
        """Do the job, or wait for the database to come back."""
        try:
            self._job()
        except StoreError as error:
            if not self._away:
                log.error("catalog unavailable", doing=self._doing, problem=str(error), hint=error.hint)
            self._away = True
        else:
            if self._away:
                log.info("catalog back")
            self._away = False


class Refresh(Steadily):
    """The tick that keeps the index fresh; the old index goes on answering while the database does not.

    What is to be ready before somebody asks for it is done by `then`, after each exchange.
    """

    def __init__(self, index: Refreshable, then: Callable[[], object] = lambda: None) -> None:
        super().__init__("refresh", lambda: index.refresh() and then())


def start_schedule(portal: Portal) -> BackgroundScheduler:
    """Start the ticks of a running portal; the caller stops them with `shutdown`."""
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    # A tick while the one before still builds returns at once; the clock need not warn of it.
    refresh = Refresh(portal.index, portal.questions.prepare)
    scheduler.add_job(refresh, "interval", seconds=REFRESH_SECONDS, id="refresh index", max_instances=2)
    if portal.syncs.enabled:
        tick = Steadily("sync", DueSources(portal.syncs))
        scheduler.add_job(tick, "interval", seconds=DUE_SECONDS, id="sync what is due")
    counting = Steadily("count what found no answer", lambda: count_unanswered(portal))
    scheduler.add_job(counting, "interval", seconds=COUNT_SECONDS, id="count what found no answer")
    scheduler.add_job(
        lambda: portal.catalog.forget_claims(portal.clock() - CLAIM_LIFE),
        "interval",
        hours=6,
        id="forget claims",
    )
    scheduler.start()
    return scheduler
