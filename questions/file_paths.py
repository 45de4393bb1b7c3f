"""Reads the ways of pointing at a file: its page on a host, `repo:path`, `owner/repo/path`, `path in repo`.

Looks nothing up: it says which repository and which path may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from domain.entities import KINDS

_LINE = re.compile(r"(?::\d+){1,2}$|#L?\d.*$")
_IN = re.compile(
    r"(?:the )?(?:(?:file|folder|directory|path) )?(\S+) (?:in|from|of|inside|within) (.+)", re.I
)
_FILE = re.compile(r"(?:the )?(?:file|folder|directory|path) ", re.I)
_PAGES = frozenset(("blob", "tree", "edit", "blame", "raw", "commits", "src"))
"""What stands before the branch in the address of a file's page."""
_BRANCHES = frozenset((
    "feature", "feat", "features", "fix", "bugfix", "hotfix", "release", "releases", "chore", "dependabot",
    "renovate", "user", "users", "dev",
))  # fmt: skip
"""What a branch's name begins with when it has a slash in it."""
_VENDORS = ("github", "gitlab", "bitbucket")
_NO_REPOSITORIES = frozenset(kind.lower() for kind in KINDS) | {
    *_VENDORS, "repo", "http", "https", "mailto", "slack", "host", "pagerduty", "datadog", "sentry", "jira",
    "kubernetes",
}  # fmt: skip
"""What stands before a colon in refs and in vendors' ids."""
_RAW = "raw.githubusercontent.com"
_LONGEST_SLUG = 6
"""Groups of a GitLab project's path that are tried, its own name with them."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file's place as far as the words tell."""

    repository: str
    """A slug (`acme/pay`), or the name of a thing whose file it is."""
    path: str
    """From the top, behind the branch where there is one; a slash at its end says that it is a folder."""
    aliases: tuple[str, ...] = ()
    """The host's names of the repository; none where it is only named."""
    branched: bool = False
    """Whether `path` begins with a branch, which may have slashes in it."""
    named: bool = False
    """Whether `repository` names a thing of the catalog, in whose folder the path may begin."""
    sure: bool = False
    """Whether it can be nothing but a file."""

    def cut(self, default_branch: str) -> tuple[str, str]:
        """Return the branch (empty: none) and the path behind it."""
        if not self.branched:
            return "", self.path
        rest = self.path.removeprefix("refs/heads/")
        if default_branch and rest.startswith(f"{default_branch}/"):
            return default_branch, rest[len(default_branch) + 1 :]
        first, _, below = rest.partition("/")
        second, _, deeper = below.partition("/")
        if first.lower() in _BRANCHES and deeper:
            return f"{first}/{second}", deeper
        return first, below


def read_file_place(text: str) -> Iterator[FilePlace]:
    """Yield where a file may be by what was typed, the surest first; nothing where no file is meant."""
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].partition("|")[0]
    if "/" not in text and ":" not in text and " " not in text:
        return
    if (page := _page(text)) is not None:
        yield page
        return
    if "://" in text or "@" in text.partition("/")[0]:
        return
    if said := _IN.fullmatch(text):
        if _has_ending(said[1]):
            yield from _named(said[2], said[1], sure=True)
        return
    yield from _bare(_FILE.sub("", text, count=1))


def _bare(text: str) -> Iterator[FilePlace]:
    """Yield the readings of what has no blank in it: `repo:path`, `owner/repo/path`."""
    if " " in text:
        return
    text = _LINE.sub("", text)
    repository, colon, path = text.rpartition(":")
    if colon and path and repository.lower() not in _NO_REPOSITORIES and not path[0].isdigit():
        yield from _named(repository, path, sure=_has_ending(path))
    if ":" in text:
        return
    parts = [each for each in text.split("/") if each]
    end = "/" if text.endswith("/") else ""
    for length in range(min(len(parts) - 1, _LONGEST_SLUG), 1, -1):
        slug = "/".join(parts[:length])
        yield FilePlace(slug, "/".join(parts[length:]) + end, _aliases(slug))
    if len(parts) > 1 and (len(parts) > 2 or _has_ending(parts[-1])):
        yield FilePlace(parts[0], "/".join(parts[1:]) + end, named=True)


def _named(repository: str, path: str, *, sure: bool) -> Iterator[FilePlace]:
    path = _LINE.sub("", path).lstrip("/")
    slug = repository.strip()
    if not path:
        return
    if "/" in slug and ":" not in slug:
        yield FilePlace(slug.strip("/"), path, _aliases(slug.strip("/")), sure=sure)
    elif slug.partition(":")[0].lower() in (*_VENDORS, "repo") and ":" in slug:
        yield FilePlace(slug.partition(":")[2], path, (slug,), sure=sure)
    else:
        yield FilePlace(slug, path, named=True, sure=sure)


def _page(text: str) -> FilePlace | None:
    """Read the address of a file's page; None: it is none, or a repository's own."""
    host, slash, rest = text.partition("://")[2].partition("/") if "://" in text else text.partition("/")
    if not slash or "." not in host or " " in text:
        return None
    try:
        address = urlsplit(f"https://{host}/{rest}")
    except ValueError:
        return None
    host = (address.hostname or "").lower()
    parts = [each for each in unquote(address.path).split("/") if each]
    if host == _RAW and len(parts) > 3:
        slug, below = parts[:2], parts[2:]
    else:
        at = next((at for at in range(2, len(parts)) if parts[at] in _PAGES), 0)
        slug, below = [each for each in parts[:at] if each != "-"], parts[at + 1 :]
    if len(slug) < 2 or len(below) < 2:
        return None
    name = "/".join(slug)
    end = "/" if "tree" in parts[len(slug) : len(slug) + 2] or text.endswith("/") else ""
    vendor = "github" if host == _RAW else next((each for each in _VENDORS if each in host), host)
    return FilePlace(name, "/".join(below) + end, _aliases(name, vendor), branched=True, sure=True)


def _aliases(slug: str, vendor: str = "") -> tuple[str, ...]:
    """Return what the repository is called; without a vendor, at any host. A host of no vendor's name is
    mostly a GitLab of the company's own."""
    vendors = _VENDORS if not vendor else (vendor,) if vendor in _VENDORS else (vendor, "gitlab")
    return tuple(f"{each}:{slug}" for each in (*vendors, "repo"))


def _has_ending(path: str) -> bool:
    name = path.rstrip("/").rpartition("/")[2]
    return "." in name[1:] or path.endswith("/") or "/" in path
