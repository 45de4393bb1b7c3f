"""Reads what a site's `mkdocs.yml` and a page's front matter say of titles and order.

Obeys no tag and runs nothing: what is more than plain YAML counts as not there. Never raises for what a
file holds.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from catalog_store.passages.pieces import one_line

MOST_PAGES = 1_000
_LONGEST = 100_000
_LONGEST_FRONT = 10_000
_DEEPEST = 10
_TITLE = 200


class _Plain(yaml.SafeLoader):
    """Takes `!ENV`, `!!python/name:…` and every other tag for nothing."""


_Plain.add_multi_constructor("", lambda _loader, _tag, _node: None)
_Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, _node: None)


def navigation(path: str, text: str) -> dict[str, tuple[int, str]]:
    """Return the pages of a `mkdocs.yml`, by paths from the repository's top: place, and title if given."""
    read = _read(text[:_LONGEST])
    if not isinstance(read, Mapping):
        return {}
    folder = read.get("docs_dir")
    top = posixpath.join(posixpath.dirname(path), folder if isinstance(folder, str) and folder else "docs")
    pages: dict[str, tuple[int, str]] = {}
    for title, page in _pages(read.get("nav"), 0):
        if len(pages) >= MOST_PAGES:
            break
        where = posixpath.normpath(posixpath.join(top, page))
        pages.setdefault(where, (len(pages), one_line(title)[:_TITLE]))
    return pages


def _pages(nav: object, depth: int, title: str = "") -> Iterator[tuple[str, str]]:
    """Yield title and path of each page of a part of the navigation; links to other sites are none."""
    if isinstance(nav, str):
        if "://" not in nav and len(nav) < _LONGEST_FRONT:
            yield title, nav.partition("#")[0]
    elif depth < _DEEPEST and isinstance(nav, list):
        for each in nav[:MOST_PAGES]:
            yield from _pages(each, depth + 1)
    elif depth < _DEEPEST and isinstance(nav, Mapping):
        for name, below in list(nav.items())[:MOST_PAGES]:
            yield from _pages(below, depth + 1, name if isinstance(name, str) else "")


def front_matter(text: str) -> tuple[str, str]:
    """Return the title that a page's front matter gives (empty: none), and the page without it."""
    if not text.startswith("---\n"):
        return "", text
    end = text.find("\n---\n", 3, _LONGEST_FRONT)
    if end < 0:
        return "", text
    read = _read(text[4:end])
    if not isinstance(read, Mapping):
        # Two rules with prose between them are no front matter.
        return ("", text) if text[4:end].strip() else ("", text[end + 5 :])
    title = read.get("title")
    return one_line(title)[:_TITLE] if isinstance(title, str) else "", text[end + 5 :]


def _read(text: str) -> Any:
    try:
        return yaml.load(text, _Plain)  # noqa: S506 -- a SafeLoader that knows fewer tags
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, KeyError, OverflowError):
        return None
