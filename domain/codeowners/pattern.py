"""Matches a path against one CODEOWNERS pattern, as GitHub or as GitLab does.

Both follow gitignore with exceptions: square brackets are literal, and `dir/*` does not reach below `dir`.
No pattern makes a match slow: each wildcard is settled once and never tried again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile


@lru_cache(maxsize=65_536)
def compiled(pattern: str, gitlab: bool = False) -> re.Pattern[str]:
    """Return the regular expression of a pattern, for `fullmatch` on a path without its leading slash.

    GitHub: a pattern with a slash inside or in front starts at the repository's root, and what it names is
    covered with all that lies below. GitLab: only a slash in front binds it to the root, and only one at the
    end covers what lies below; `*` alone is everything.
    """
    segments = [each for each in pattern.split("/") if each]
    rooted = pattern.startswith("/") if gitlab else "/" in pattern.rstrip("/")
    if not rooted:
        segments.insert(0, "**")
    if not any(each != "**" for each in segments) or pattern == "*":
        return re.compile(_below(pattern, gitlab) if pattern else "(?!)", re.DOTALL)
    stretches = _stretches(segments)
    return re.compile(_joined(stretches) + _tail(pattern, segments, rooted, gitlab), re.DOTALL)


def matches(pattern: str, path: str, gitlab: bool = False) -> bool:
    """Tell whether a pattern covers a file, by its path below the repository."""
    return compiled(pattern, gitlab).fullmatch(path.lstrip("/")) is not None


def stem(pattern: str, gitlab: bool = False) -> tuple[str, ...]:
    """Return the folders that all which a pattern covers lies in, from the root; empty when that is anywhere.

    The last segment counts when it is literal, though it may name a file.
    """
    rooted = pattern.startswith("/") if gitlab else "/" in pattern.rstrip("/")
    segments = [each for each in pattern.split("/") if each] if rooted else []
    return tuple(takewhile(_WILD.isdisjoint, segments))


def landmark(pattern: str) -> str:
    """Return what a folder or file of every path that a pattern covers is called, or (`*.py`) ends in.

    Empty when the pattern has no such part. Literal parts go first: fewer paths have them.
    """
    segments = [each for each in pattern.split("/") if each]
    endings = (each for each in segments if each[:2] == "*." and _WILD.isdisjoint(each[1:]))
    literal = next((each for each in segments if _WILD.isdisjoint(each)), "")
    return literal or next(endings, "")


_WILD = frozenset("*?\\")


def _tail(pattern: str, segments: list[str], rooted: bool, gitlab: bool) -> str:
    """Say what may follow the last segment's own match."""
    if segments[-1] == "**":
        return _below(pattern, gitlab)
    if pattern.endswith("/"):
        return "/.+"
    one_level = segments[-1] == "*" and rooted
    return "" if gitlab or one_level else "(?:/.*)?"


def _below(pattern: str, gitlab: bool) -> str:
    """Say what a last `**` covers: all that is below, of `**/` on GitHub only what is in a folder there."""
    return ".+/.+" if pattern.endswith("/") and not gitlab else ".+"


def _stretches(segments: list[str]) -> list[str]:
    """Return the expressions of the stretches between `**`; an empty one first when the pattern starts so."""
    stretches: list[list[str]] = [[]]
    for segment in segments:
        if segment != "**":
            stretches[-1].append(_segment(segment))
        elif stretches[-1] or len(stretches) == 1:
            stretches.append([])
    return ["/".join(each) for each in stretches]


def _joined(stretches: list[str]) -> str:
    """Join stretches by any number of folders. All but the last settle where they first fit."""
    first, *others = stretches
    if not others:
        return first
    result = f"{first}/" if first else ""
    for stretch in others[:-1]:
        result += f"(?>(?:[^/]*/)*?{stretch}/)"
    return result + (f"(?:.*/)?{others[-1]}" if others[-1] else "")


def _segment(text: str) -> str:
    """Translate what stands between two slashes: `*` and `?` stay within it, a backslash makes literal."""
    pieces = [""]
    escaped = False
    for char in text:
        if escaped or char not in "\\*?":
            pieces[-1] += re.escape(char)
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "?":
            pieces[-1] += "[^/]"
        else:
            pieces.append("")
    if escaped:
        pieces[-1] += re.escape("\\")
    first, *others = pieces
    if not others:
        return first
    middle = "".join(f"(?>[^/]*?{piece})" for piece in others[:-1] if piece)
    return f"{first}{middle}[^/]*{others[-1]}"
