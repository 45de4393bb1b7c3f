"""Fixtures for GitHub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from integrations.calling import retrying
from tests.integrations.github.stage import Stage


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let retries come at once; return how many seconds each would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waited.append(seconds))
    return waited


@pytest.fixture
def new_stage() -> Iterator[Callable[..., Stage]]:
    with ExitStack() as stack:

        def make(*arguments: object, **settings: object) -> Stage:
            made = Stage(*arguments, **settings)  # type: ignore[arg-type]
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def stage(new_stage: Callable[..., Stage]) -> Stage:
    return new_stage()
