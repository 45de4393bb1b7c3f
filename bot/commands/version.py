"""`idp --version`."""

from __future__ import annotations

from importlib.metadata import version


def current() -> str:
    """Return the installed version, as `idp 0.1.0`."""
    return f"idp {version('idp')}"
