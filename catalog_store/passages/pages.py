"""Tells which files are documentation, and gives each its title and its place among the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from catalog_store.passages.cutting import Cut, cut
from catalog_store.passages.light import asciidoc, rst
from catalog_store.passages.markdown import pieces
from catalog_store.passages.navigation import front_matter, navigation
from catalog_store.passages.pieces import LONGEST_PAGE, MOST_LINES, Piece, Text
from domain.entities import FileText

_EDITION = "1"
"""Of the cutting: another one cuts every page anew when it is next seen."""
_PAGE = re.compile(r".*\.(md|mdx|markdown|rst|adoc|asciidoc)|(.*/)?readme(\.txt)?", re.IGNORECASE)
_SITE = re.compile(r"(.*/)?mkdocs\.ya?ml", re.IGNORECASE)
_README = re.compile(r"readme(\.\w+)?", re.IGNORECASE)
_RUNBOOK = re.compile(r"(.*/)?(runbooks?/.*|[^/]*(run-?book|playbook)[^/]*)", re.IGNORECASE)
_LAST = 1_000_000
_MOST_PAGES = 500
"""Pages of one thing; the others are kept as files, and not found."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of documentation of one claim."""

    claim: str
    path: str
    title: str
    """As the site's navigation or the front matter says; empty: by its first heading, or its name."""
    place: int
    """Its place among the pages of the claim."""
    text: str
    digest: str


def pages_of(files: Iterable[FileText]) -> Iterator[Page]:
    """Yield the pages among the files, claim by claim: the README, what the navigation has, then by path."""
    by_claim: dict[str, list[FileText]] = {}
    for each in files:
        by_claim.setdefault(each.claim, []).append(each)
    for claim, some in by_claim.items():
        yield from _pages_of_claim(claim, some)


def _pages_of_claim(claim: str, files: list[FileText]) -> Iterator[Page]:
    placed: dict[str, tuple[int, str]] = {}
    for site in sorted((each for each in files if _SITE.fullmatch(each.path)), key=lambda each: each.path):
        for path, found in navigation(site.path, site.text).items():
            placed.setdefault(path, found)
    written = [each for each in files if _PAGE.fullmatch(each.path)]
    first = _own_readme([each.path for each in written])
    order = sorted(
        written, key=lambda each: (*_rank(each.path, first, placed), each.path.count("/"), each.path)
    )
    for place, each in enumerate(order[:_MOST_PAGES]):
        _, title = placed.get(each.path, (0, ""))
        text = "\n".join(each.text[:LONGEST_PAGE].replace("\0", "").splitlines()[:MOST_LINES])
        told = "\0".join((_EDITION, each.path, title, text))
        yield Page(claim, each.path, title, place, text, sha256(told.encode("utf-8", "replace")).hexdigest())


def _own_readme(paths: Sequence[str]) -> str:
    """Return the README that lies beside or above all other pages; empty when none does."""
    readmes = [path for path in paths if _README.fullmatch(path.rpartition("/")[2])]
    first = min(readmes, key=lambda path: (path.count("/"), path), default="")
    folder = first[: first.rfind("/") + 1]
    return first if all(path.startswith(folder) for path in paths) else ""


def _rank(path: str, first: str, placed: dict[str, tuple[int, str]]) -> tuple[int, int]:
    if path == first:
        return (0, 0)
    return (1, placed.get(path, (_LAST, ""))[0])


def cut_page(page: Page) -> tuple[list[Cut], str]:
    """Return the passages of a page, and its title, which is never empty."""
    told, text = front_matter(page.text)
    ending = page.path.rpartition(".")[2].lower()
    if _binary(text):
        return [], _named(page.path)
    found: Iterable[Piece]
    if ending == "rst":
        found = rst(text)
    elif ending in ("adoc", "asciidoc"):
        found = asciidoc(text)
    elif ending in ("md", "mdx", "markdown"):
        found = pieces(text)
    else:
        found = (Text(each) for each in text.split("\n\n") if each.strip())
    cuts, title = cut(found, page.title or told)
    return cuts, title or _named(page.path)


def _binary(text: str) -> bool:
    """Tell what is no text from what is, by its beginning."""
    head = text[:4_000]
    return (
        sum((letter < " " and letter not in "\n\t\f\r\x1b") or letter == "\ufffd" for letter in head)
        > len(head) / 50
    )


def _named(path: str) -> str:
    """Return a title for a page that has none: its name in words."""
    name = posixpath.splitext(posixpath.basename(path))[0]
    if name.lower() in ("index", "readme"):
        folder = posixpath.basename(posixpath.dirname(path))
        name = folder if folder and name.lower() == "index" else "README"
    return name.replace("_", " ").replace("-", " ") or path


def is_runbook(path: str) -> bool:
    """Tell a page on what to do when something is wrong, by its path."""
    return _RUNBOOK.fullmatch(path) is not None


def is_readme(path: str) -> bool:
    """Tell a README, of whichever folder."""
    return _README.fullmatch(path.rpartition("/")[2]) is not None
