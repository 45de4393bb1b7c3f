"""What the blocks of tools in `idp.yaml` have in common: an address that a credential may go to, and lists.

Asks nobody.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator


def plain_address(value: str, write: str, comes_from: str = "the token comes from token_env") -> str:
    """Return an address without a slash at its end.

    Raises ValueError for one that is none (`write` says what would be), that holds a credential (`comes_from`
    says where that has its place), or that would carry one over the network in clear.
    """
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise ValueError(f"write {write}") from None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise ValueError(f"write {write}")
    if parts.username or parts.password:
        raise ValueError(f"leave credentials out of the address: {comes_from}")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("write https://: the credential would go over the network for everybody to read")
    return value.rstrip("/")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, without asking anybody."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def one_or_many(value: object) -> object:
    """Take one for a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(one_or_many)]
"""One text, or a list of texts."""
