"""Fixtures of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.seed import Seed
from playground.server import Playground
from tests.integrations.sentry.stage import SentryStage, new_sentry


@pytest.fixture
def stage() -> Iterator[SentryStage]:
    sentry = new_sentry()
    with Playground(Seed(), vendors=[sentry]) as playground:
        it = SentryStage(sentry, playground)
        yield it
        for each in it.opened:
            each.close()
