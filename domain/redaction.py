"""Blanks out what no log may hold: tokens, passwords in URLs, and the addresses by which anybody can post."""

from __future__ import annotations

import re

_SECRETS = (
    re.compile(r"\b(xox[a-z]-|xapp-)[\w-]+"),
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),  # a password in a URL
    # Whoever has a response URL can post with it.
    re.compile(r"(https?://\S+?/(?:response|commands|actions|services)/)[^\s\"'\\]+"),
)


def redacted(text: str) -> str:
    """Return the text with `…` in the place of each secret."""
    for secret in _SECRETS:
        text = secret.sub(r"\1…", text)
    return text
