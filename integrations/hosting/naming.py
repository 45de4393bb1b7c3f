"""Names in the catalog for what a host calls by a path, so that every source can carry them.

Settles no clash of two names: the claim's `scope` is what the store takes for that.
"""

from __future__ import annotations

import re

LONGEST = 63
"""Characters of a name in Backstage's model."""

_GAPS = re.compile(r"[^a-z0-9_.]+")
_ENDS = "-_."

GENERIC = frozenset({
    "api", "app", "apps", "backend", "bff", "client", "cmd", "core", "frontend", "gateway", "jobs", "lib",
    "main", "server", "service", "site", "src", "ui", "web", "website", "worker",
})  # fmt: skip
"""Names of folders that say nothing outside their repository."""


def plain(words: str) -> str:
    """Return a path's part as a name: lower case, letters and digits at its ends; else `unnamed`."""
    return _GAPS.sub("-", words.lower()).strip(_ENDS)[:LONGEST].rstrip(_ENDS) or "unnamed"


def last(path: str) -> str:
    """Return the last part of a path: `acme/money/pay` is `pay`."""
    return path.rpartition("/")[2]


def scope_of(slug: str) -> str:
    """Return the namespace for what has a name that is taken: `acme/money/pay` has `acme-money`."""
    return _GAPS.sub("-", slug.rpartition("/")[0].lower().replace(".", "-").replace("_", "-")).strip("-")


def part_name(repository: str, folder: str, called: str, repeated: frozenset[str]) -> str:
    """Return the name of a part of a monorepo, which is called so by its manifest or else by its folder.

    `repeated` are the names that several parts of the repository would have. A part with one of these, or
    with one that says nothing by itself (`api`), is called after the repository, too.
    """
    if called in repeated:
        return plain(f"{last(repository)}-{folder.replace('/', '-')}")
    return plain(f"{last(repository)}-{called}") if called in GENERIC else called
