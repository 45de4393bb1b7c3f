"""The environment of a measured process: this one's, without what would point idp somewhere else."""

from __future__ import annotations

import os


def plain_environment() -> dict[str, str]:
    """Return the environment without the variables that idp reads."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("IDP_", "SLACK_"))}
