"""Which addresses a source may ask: its own host, by https unless it is this machine. Asks none itself."""

from __future__ import annotations

import httpx

_PORTS = {"http": 80, "https": 443}


def same_place(one: httpx.URL, other: httpx.URL) -> bool:
    """Tell whether credentials for `one` may go to `other`: the same scheme, host and port, or https now."""
    if one.host != other.host or not one.host or other.userinfo:
        return False
    if one.scheme == other.scheme:
        return _port(one) == _port(other)
    return (one.scheme, other.scheme) == ("http", "https") and (_port(one), _port(other)) == (80, 443)


def shown(url: httpx.URL) -> str:
    """Return an address as errors and findings show it: without its query."""
    return str(url.copy_with(query=None, fragment=None, userinfo=b""))


def _port(url: httpx.URL) -> int | None:
    return url.port or _PORTS.get(url.scheme)
