"""How a secret key that identifies a thing in a tool becomes a name for it: by a hash, never by itself."""

from __future__ import annotations

import hashlib

LENGTH = 16
"""Characters of the hash: enough to tell keys apart, and no way back to a key of 32 random ones."""


def key_alias(vendor: str, key: str) -> str:
    """Return the alias of whatever has a vendor's key: `pagerduty-key:1f0c…`, the start of its SHA-256."""
    return f"{vendor}-key:{hashlib.sha256(key.strip().encode()).hexdigest()[:LENGTH]}"
