"""What is asked of Sentry, and what the playground answers, held to Sentry's own description."""

from __future__ import annotations

from playground.vendors.vendor import Exchange
from tests.integrations.described import hold
from tests.integrations.sentry.stage import SentryStage
from workflows.ports import Task

FILE = "sentry.trimmed.openapi.json"
HOST = "https://us.sentry.io"


def test_a_look_is_as_sentry_describes_it(stage: SentryStage) -> None:
    stage.crowd(101)
    kept: list[Exchange] = []
    stage.faults.exchanges = kept
    source = stage.open()
    source.fetch(Task())
    source.validate()
    assert hold(FILE, HOST, kept) == len(kept) >= 15
    paths = {each.path.removesuffix("/").rpartition("/")[2] for each in kept}
    assert paths == {"projects", "teams", "members", "ownership", "issues", "stats_v2", "releases"}
    assert all(each.status == 200 for each in kept)
