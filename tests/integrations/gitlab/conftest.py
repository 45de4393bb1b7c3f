"""Fixtures of this folder."""

from __future__ import annotations

import pytest

from integrations.calling import retrying
from tests.integrations.gitlab.gitlab_on_loopback import acme, serve, server

__all__ = ["acme", "serve", "server"]


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let retries come at once; return how many seconds each would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waited.append(seconds))
    return waited
