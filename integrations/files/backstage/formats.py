"""The formats of Backstage's names, keys, tags and URLs, as its `makeValidator` defines them.

Pure predicates; the words for a person are `envelope`'s.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = re.compile(r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_DNS_LABEL = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_TAG = re.compile(r"[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*")
_KIND = re.compile(r"[a-zA-Z][a-z0-9A-Z]*")
_VERSION = re.compile(r"[a-z0-9A-Z]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WITH_HOST = re.compile(r"(?:https?|wss?|ftp):", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[^/?#@]*@)?(?:\[[0-9a-fA-F:.]+\]|[^\s/?#@:<>\[\]\\^|%]+)(?::(?P<port>[0-9]*))?(?:[/?#\\]|\Z)"
)


def is_name(text: str) -> bool:
    """Tell whether a text may be an entity's name, a label's value or an icon."""
    return len(text) <= 63 and _NAME.fullmatch(text) is not None


def is_dns_label(text: str) -> bool:
    """Tell whether a text may be a namespace."""
    return len(text) <= 63 and _DNS_LABEL.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_tag(text: str) -> bool:
    """Tell whether a text may be a tag."""
    return len(text) <= 63 and _TAG.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_key(text: str) -> bool:
    """Tell whether a text may be the key of a label or annotation: `name`, or `dns.domain/name`."""
    prefix, slash, name = text.rpartition("/")
    return is_name(name) and (not slash or _is_dns_subdomain(prefix))


@lru_cache(maxsize=64)
def is_api_version(text: str) -> bool:
    """Tell whether a text may be an apiVersion: `v1`, or `dns.domain/v1`."""
    prefix, slash, version = text.rpartition("/")
    fits = len(version) <= 63 and _VERSION.fullmatch(version) is not None
    return fits and (not slash or _is_dns_subdomain(prefix))


def is_kind(text: str) -> bool:
    """Tell whether a text may be a kind."""
    return len(text) <= 63 and _KIND.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Tell whether the URL standard's parser takes a text without a base."""
    text = text.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    scheme = _SCHEME.match(text)
    if scheme is None:
        return False
    if not _WITH_HOST.fullmatch(scheme[0]):
        return True
    host = _HOST.match(text[scheme.end() :].lstrip("/\\"))
    return host is not None and int(host["port"] or 0) <= 65_535


def _is_dns_subdomain(text: str) -> bool:
    return 1 <= len(text) <= 253 and all(is_dns_label(part) for part in text.split("."))
