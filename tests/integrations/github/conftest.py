"""Fixtures for GitHub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.integrations.github.stage import Stage


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
