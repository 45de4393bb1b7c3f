"""A Sentry on this machine: one organization behind API version 0, whose errors can be thrown and resolved.

Takes no event from any SDK: what is thrown is thrown by a call of `changes`.
"""

from __future__ import annotations

from playground.vendors.sentry.seed import SentrySeed, load_sentry
from playground.vendors.sentry.server import SCOPES, Sentry

__all__ = ["SCOPES", "Sentry", "SentrySeed", "load_sentry"]
