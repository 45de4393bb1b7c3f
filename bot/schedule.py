"""The clock's ticks: small jobs that keep a running portal fresh. The one place that knows APScheduler."""

from __future__ import annotations

from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.portal import Portal

REFRESH_SECONDS = 1
"""How often a replica looks whether the catalog moved: with the rebuild, answers are at most 2 s behind."""
CLAIM_LIFE = timedelta(days=2)
"""How long a claimed event id is kept; Slack redelivers for minutes, so two days are ample."""


def start_schedule(portal: Portal) -> BackgroundScheduler:
    """Start the ticks of a running portal; the caller stops them with `shutdown`."""
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(portal.index.refresh, "interval", seconds=REFRESH_SECONDS, id="refresh index")
    scheduler.add_job(
        lambda: portal.catalog.forget_claims(portal.clock() - CLAIM_LIFE),
        "interval",
        hours=6,
        id="forget claims",
    )
    scheduler.start()
    return scheduler
