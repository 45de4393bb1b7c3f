"""Who runs the command line, as change sets name them."""

from __future__ import annotations

import getpass
import os


def acting_user() -> str:
    """Return `cli:` and the user's name, or number."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # in a container the user may be a number without a name
        return f"cli:{os.getuid()}"
