"""Fixtures of the browser tests: `tabs` opens pages in Chromium, `workspace` is a playground with an app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.small_app import SmallWorkspace
from tests.browser.stage import Stage, Tabs, find_chromium

_STAGE = pytest.StashKey[Stage]()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that asked for the browser on the browser's thread."""
    if "tabs" not in pyfuncitem.fixturenames:
        return None
    stage = pyfuncitem.config.stash[_STAGE]
    wanted = pyfuncitem._fixtureinfo.argnames
    stage.run(pyfuncitem.obj, **{name: pyfuncitem.funcargs[name] for name in wanted})
    return True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser."""
    for item in items:
        if isinstance(item, pytest.Function) and "tabs" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The worker's Chromium; tests that need it are skipped where there is none."""
    program = find_chromium()
    if program is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on PATH")
    made = request.config.stash[_STAGE] = Stage(program)
    yield made
    made.close()


@pytest.fixture
def tabs(stage: Stage) -> Iterator[Tabs]:
    """Open pages; the test fails when one of them logged an error or broke the content policy."""
    opened = Tabs(stage)
    yield opened
    stage.run(opened.close)
    assert opened.complaints == []


@pytest.fixture
def workspace() -> Iterator[SmallWorkspace]:
    """A workspace of three people and an app that does what the test tells it."""
    with SmallWorkspace() as made:
        yield made
