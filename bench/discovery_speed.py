"""What discovering an organization of 5,000 repositories takes: requests, and time after the last answer.

The organization is the one of the adapter's tests, on a GitHub of the playground.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bench.figures import Figure
from bench.pipeline_speed import fresh
from catalog_store.catalog import Catalog
from integrations.hosting.looks import look_of
from tests.integrations.github.crowd import crowd
from tests.integrations.github.stage import Stage
from workflows.categorizing import categorize
from workflows.deriving.rules import Rules

REPOSITORIES = 5_000
REQUESTS = 250


def measure() -> list[Figure]:
    stage = Stage()
    try:
        mine, others = stage.github.organization, crowd(REPOSITORIES)
        mine.people, mine.teams, mine.repositories = others.people, others.teams, others.repositories
        seen = stage.source().facts()
    finally:
        stage.close()
    now = datetime.now(UTC)
    began = time.perf_counter()
    look = look_of(seen.facts, source="github", observed_at=now)
    mapped = time.perf_counter()
    with fresh("SQLite") as url, Catalog.open(url) as catalog:
        catalog.apply_all(look.snapshots, actor="bench")
        applied = time.perf_counter()
        categorize(catalog, Rules.of(), now=now)
        derived = time.perf_counter()
        catalog.apply_all(look.snapshots, actor="bench")
        again = time.perf_counter()
    what = f"{REPOSITORIES:,} repositories"
    return [
        Figure(f"{what}, GraphQL requests of a complete look", seen.requests, "requests", REQUESTS),
        Figure(f"{what}, facts to claims, files read", mapped - began, "s"),
        Figure(f"{what}, first apply", applied - mapped, "s"),
        Figure(f"{what}, categorized", derived - applied, "s"),
        Figure(f"{what}, unchanged apply", again - derived, "s"),
    ]
