"""Fixtures of this folder."""

from __future__ import annotations

from tests.integrations.gitlab.gitlab_on_loopback import acme, serve, server

__all__ = ["acme", "serve", "server"]
