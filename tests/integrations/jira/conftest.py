"""Fixtures of this folder."""

from __future__ import annotations

from tests.integrations.jira.jira_on_loopback import cloud, datacenter, servers, stage

__all__ = ["cloud", "datacenter", "servers", "stage"]
