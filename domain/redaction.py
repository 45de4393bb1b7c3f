"""Blanks out what no log and no message may hold: credentials by shape, and by value those that were read.

Keeps the beginning of what has a vendor's prefix, so that a reader sees what was there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

BLANK = "…"
SHORTEST = 8
"""Characters; a shorter value is not remembered, since it may be a word."""
SHORTEST_LINE = 16
"""Characters of a line of a longer value, such as a private key's, that are blanked by themselves, too."""

_AFTER_A_NAME = r"""["']?\s*[:=,]\s*(?:b(?=["']))?+["']?+"""
"""What stands between a header's name and its value, in HTTP, JSON, Python and YAML."""
_SHAPES: tuple[tuple[str, str, str], ...] = (
    ("private key", "key-----", r"(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?:-----END [A-Z ]*KEY-----|\Z)"),
    ("Slack token", "xox xapp-", r"\b(xox[a-z]-|xoxe\.|xapp-)[\w.-]+"),
    ("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"\b(gh[pousr]_|github_pat_)[\w.-]{16,}"),
    ("GitLab token", "gl", r"\b(gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|wt|soat|ffct)-)[\w.-]{16,}"),
    ("Sentry token", "sntry", r"\b(sntry[su]_)[\w+/=.-]{16,}"),
    ("Atlassian token", "atatt3 atctt3 atstt3", r"\b(AT(?:ATT|CTT|STT))3[\w+/=-]{16,}"),
    ("PagerDuty key", "token=", r"(?i:\b(token token=))[\"']?[\w+-]{8,}"),
    (
        "Datadog key",
        "dd",
        rf"(?i:\b(dd[-_ ]?(?:api|app|application)[-_ ]key{_AFTER_A_NAME}))[0-9a-fA-F]{{32,40}}\b",
    ),
    ("AWS key", "akia asia", r"\b(A(?:KIA|SIA))[A-Z0-9]{16}\b"),
    ("AWS key", "aws_secret", rf"(?i:\b(aws_secret_access_key{_AFTER_A_NAME}))[A-Za-z0-9+/]{{40}}"),
    ("web token (JWT)", "eyj", r"\b(eyJ)[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    (
        "Authorization header",
        "authorization",
        rf"(?i:\b(authorization{_AFTER_A_NAME}(?:(?:bearer|basic|token|digest)\s+)?+))(?![$…])[^\s\"',;)}}\]]+",
    ),
    ("bearer token", "bearer", r"(?i:\b(bearer\s+))(?=[\w.~+/=-]*[0-9])[\w.~+/=-]{16,}"),
    ("basic credentials", "basic", r"(?i:\b(basic\s+))(?=[\w+/]*[0-9])[A-Za-z0-9+/]{16,}={0,2}"),
    (
        "credential in a header",
        "token key",
        rf"(?i:\b((?:(?:private|job)-token|x-[a-z-]*(?:token|key)){_AFTER_A_NAME}))(?![$…])[^\s\"',;)}}\]]{{8,}}",
    ),
    (
        "credential in an address",
        "token= key= apikey= secret= password= signature=",
        r"(?i:([?&](?:[a-z_-]*token|api_?key|secret|client_secret|password|signature)=))(?![$…])[^\s&\"'#]+",
    ),
    ("password in an address", "://", r"(://[^\s/:@]*:)(?![$…]|password@)[^\s/@]+(?=@)"),
    # Whoever has a response URL, or a webhook's, can post with it.
    (
        "Slack address",
        "/response/ hooks.slack",
        r"(https?://\S+?/response/|https?://hooks\.slack[\w.-]*/[a-z]+/)[^\s\"'\\]+",
    ),
)
"""What each is called, of which texts one (in lower case) is in it, and its pattern, whose group is kept."""
_PATTERNS = tuple(
    (kind, tuple(hints.split()), re.compile(pattern, re.DOTALL)) for kind, hints, pattern in _SHAPES
)
_TELLTALE = re.compile(
    r"(?:.*[_.-])?(?:token|password|passwd|passphrase|secret|credentials?|api[_-]?key|app(?:lication)?[_-]?key"
    r"|access[_-]?key|private[_-]?key|secret[_-]?key|authorization|cookie)",
    re.IGNORECASE,
)


class _Known:
    """The values that were read as credentials by this process, in every way in which they may be written."""

    def __init__(self) -> None:
        self._written: frozenset[str] = frozenset()
        self.pattern: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        """Know one more."""
        new = frozenset(_spellings(value))
        if not new <= self._written:
            self._written |= new
            longest_first = sorted(self._written, key=len, reverse=True)
            self.pattern = re.compile("|".join(map(re.escape, longest_first)))


_known = _Known()


def remember(value: str) -> None:
    """Have a credential's value blanked wherever it may come up from now on in this process."""
    _known.add(value)


def redacted(text: str) -> str:
    """Return the text with `…` in the place of each secret."""
    if (known := _known.pattern) is not None:
        text = known.sub(BLANK, text)
    for _, shape in _likely(text):
        text = shape.sub(rf"\1{BLANK}", text)
    return text


def credential_in(text: str) -> str:
    """Return what kind of credential a text holds, by its shape: `GitHub token`; empty: none."""
    return next((kind for kind, shape in _likely(text) if shape.search(text)), "")


def _likely(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the shapes that may be in a text; to try all of them takes a hundred times as long."""
    low = text.lower()
    for kind, hints, shape in _PATTERNS:
        if any(hint in low for hint in hints):
            yield kind, shape


def names_a_secret(name: str) -> bool:
    """Tell whether what has this name is a credential: `token`, `api_key`, `x-api-key`, `client_secret`."""
    return _TELLTALE.fullmatch(name) is not None


def _spellings(value: str) -> Iterator[str]:
    lines = [each.strip() for each in value.splitlines()]
    long = [each for each in lines if len(each) >= SHORTEST_LINE] if len(lines) > 1 else []
    for each in (value.strip(), *long):
        if len(each) >= SHORTEST:
            yield from (each, json.dumps(each)[1:-1], repr(each)[1:-1], quote(each, safe=""))
